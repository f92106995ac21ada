"""Where things go, and the one record every made file leaves behind."""
import hashlib
import json
import subprocess
import zipfile
from pathlib import Path

from punctuate import wide, wide_all

HERE = Path(__file__).parent
OUT = HERE.parent.parent / "demo" / "content"
STAMP = (2024, 9, 1, 8, 0, 0)
MEDIA = {".pdf": "application/pdf", ".zip": "application/zip", ".png": "image/png", ".mp4": "video/mp4",
         ".mp3": "audio/mpeg",
         ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
         ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
ATTRIBUTION = "三通演示内容"

files = []


def entry(path, title, title_en, kind, subject, grades, chapter=None, **more):
    """Record one file of the library; sizes and hashes are filled in at the end."""
    low, high = grades if isinstance(grades, tuple) else (grades, grades)
    record = {"file": path, "title": wide(title), "title_en": title_en, "kind": kind,
              "media_type": MEDIA[Path(path).suffix], "subject": subject, "grade_from": low, "grade_to": high,
              "chapter": chapter, "licence": "CC-BY-4.0", "source": "own", "attribution": ATTRIBUTION,
              "duration_seconds": None, "pages": None}
    record.update(more)
    files.append(record)
    return record


def target(path):
    """The place of a made file, its folder made ready."""
    full = OUT / path
    full.parent.mkdir(parents=True, exist_ok=True)
    return full


def write(path, data):
    target(path).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))


def zip_bytes(path, members):
    """A zip whose bytes depend on its members only: fixed order and time."""
    with zipfile.ZipFile(target(path), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)


def run(*command):
    """Run a tool; its words are shown only when it fails."""
    done = subprocess.run([str(c) for c in command], capture_output=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode()[-800:]}")
    return done.stdout


def thumbnail(image, path, crop="0x0+0+0", gravity="center"):
    """A 320×180 webp of at most 6 KB made from an image file."""
    for quality in (70, 55, 40, 25, 12):
        run("convert", image, "-background", "white", "-flatten", "-resize", "320x180", "-gravity", gravity,
            "-extent", "320x180", "-strip", "-quality", quality, "-define", "webp:method=6", f"webp:{target(path)}")
        if target(path).stat().st_size <= 6000:
            return


def thumb_path(path):
    return "thumb/" + path.replace("/", "-").rsplit(".", 1)[0] + ".webp"


def finish(books, templates, extensions):
    """Write manifest.json."""
    for record in files:
        data = (OUT / record["file"]).read_bytes()
        record["bytes"] = len(data)
        record["sha256"] = hashlib.sha256(data).hexdigest()
        record["thumbnail"] = thumb_path(record["file"])
        assert (OUT / record["thumbnail"]).exists(), record["thumbnail"]
    manifest = {"files": files, "textbooks": [{**wide_all(b), "edition": b["edition"]} for b in books],
                "lesson_templates": wide_all(templates), "subject_extensions": wide_all(extensions)}
    write("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
