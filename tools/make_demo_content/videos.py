"""Short silent animations: SVG frames photographed by Chromium, joined by ffmpeg."""
import base64
import shutil
import tempfile
from pathlib import Path

from common import entry, run, target, thumb_path, thumbnail
from svg import svg
from video_list import VIDEOS

W, H, RATE = 640, 360, 15
PAGE = '<!doctype html><meta charset="utf-8"><style>body{margin:0}</style><body></body>'


def _frames(browser, folder, draw, seconds):
    """Write every frame; equal neighbours are photographed once."""
    count, last, picture = seconds * RATE, None, None
    for i in range(count):
        source = svg(W, H, draw(i / (count - 1)), background="#ffffff")
        if source != last:
            browser.evaluate(f"document.body.innerHTML = new TextDecoder().decode(Uint8Array.from(atob('"
                             + base64.b64encode(source.encode()).decode() + "'), c => c.charCodeAt(0))); 1")
            picture, last = browser.shot(), source
        (folder / f"{i:04}.png").write_bytes(picture)


def make(browser):
    """All videos."""
    for name, title, title_en, subject, grades, chapter, seconds, draw in VIDEOS:
        path = f"video/{name}.mp4"
        folder = Path(tempfile.mkdtemp(prefix="demo-frames-"))
        page = folder / "page.html"
        page.write_text(PAGE, encoding="utf-8")
        browser.size(W, H)
        browser.open(page)
        _frames(browser, folder, draw, seconds)
        run("ffmpeg", "-y", "-framerate", RATE, "-i", folder / "%04d.png", "-c:v", "libx264", "-preset", "slow", "-crf", 27,
            "-tune", "animation", "-profile:v", "main", "-pix_fmt", "yuv420p", "-g", RATE * 5, "-threads", 1,
            "-map_metadata", -1, "-fflags", "+bitexact", "-movflags", "+faststart", target(path))
        thumbnail(folder / f"{int(seconds * RATE * 0.7):04}.png", thumb_path(path))
        shutil.rmtree(folder)
        entry(path, title, title_en, "video", subject, grades, chapter, duration_seconds=seconds)
