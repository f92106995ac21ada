"""A hub and a box with a thin line between them, for T9 to T12: the chunked transfer and rsync over the same line."""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

from served import free_port, temporary

HOME = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SANTONG_TRANSFER", str(HOME / "build/santong_transfer"))
HUB, BOX = "127.77.0.1", "127.77.0.2"


def build() -> None:
    if "SANTONG_TRANSFER" not in os.environ:
        subprocess.run([str(HOME / "tools/build"), "release", "santong_transfer"], check=True, stdout=subprocess.DEVNULL)


class Line:
    """tools/linkem: two network namespaces and what lies between them."""

    def __init__(self, kbit: int, loss: float, delay: int = 20):
        self.kbit = kbit
        self.child = subprocess.Popen(
            [str(HOME / "tools/linkem"), "--to", f"{HUB}:1", "--rate", str(kbit), "--loss", str(loss), "--delay", str(delay)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.says = {}
        for line in self.child.stdout:
            word, _, value = line.strip().partition(" ")
            self.says[word] = value
            if word == "ready":
                break
        if self.says.get("mode") != "tun":
            sys.exit("network namespaces are not allowed here: this figure needs them")

    def tell(self, word: str) -> None:
        self.child.stdin.write(word + "\n")
        self.child.stdin.flush()

    def down_bytes(self) -> int:
        """Bytes that went down so far, with everything that IP and TCP add."""
        self.tell("count")
        for line in self.child.stdout:
            words = line.split()
            if words and words[0] == "count":
                return int(words[2])
        sys.exit("linkem ended")

    def inside(self, side: str, command: list[str], **how) -> subprocess.Popen:
        return subprocess.Popen(["nsenter", "--net=" + self.says[side], *command], **how)

    def close(self) -> None:
        self.tell("end")
        self.child.wait(20)


class Transfer:
    """Files at a hub, wanted at a box where some lie already; `before` is an edition that the hub has as well."""

    def __init__(self, line: Line, files: list[str], before: list[str] = ()):
        self.line, self.folder, self.port = line, temporary(), free_port()
        self.box = f"{self.folder}/box"
        self.giver = line.inside("hub", [PROGRAM, "give", f"{self.folder}/hub", self.box, HUB, str(self.port), *files, "--", *before],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.giver.stdout.readline() == "ready\n", "the giver does not begin"

    def take(self, known: list[str] = ()) -> subprocess.Popen:
        taker = self.line.inside("box", [PROGRAM, "take", self.box, *known], stdout=subprocess.PIPE, text=True)
        assert taker.stdout.readline() == "ready\n", "the taker does not begin"
        return taker

    def run(self, known: list[str] = ()) -> dict:
        """{seconds, crossed, contents, bytes}: `bytes` is what the line carried down."""
        taker = self.take(known)
        before = self.line.down_bytes()
        said = json.loads(taker.stdout.readline())
        taker.wait()
        return {**said, "bytes": self.line.down_bytes() - before}

    def close(self) -> None:
        self.giver.stdin.close()
        self.giver.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


def rsync(line: Line, new: str, old: str = "") -> dict:
    """rsync from a daemon at the hub, onto what lies at the box: {seconds, bytes}."""
    folder, port = temporary(), free_port()
    target = f"{folder}/box"
    shutil.copytree(old, target) if old else os.mkdir(target)
    conf = f"{folder}/rsyncd.conf"
    pathlib.Path(conf).write_text(f"use chroot = no\n[new]\npath = {new}\nread only = yes\n", encoding="utf-8")
    daemon = line.inside("hub", ["rsync", "--daemon", "--no-detach", "--config", conf, "--address", HUB, "--port", str(port)],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        before, began = line.down_bytes(), time.monotonic()
        done = line.inside("box", ["rsync", "-rtz", f"rsync://{HUB}:{port}/new/", target + "/"], stdout=subprocess.DEVNULL).wait()
        if done != 0:
            raise RuntimeError(f"rsync ended with {done}: its figure would be none")
        seconds = time.monotonic() - began
        return {"seconds": seconds, "bytes": line.down_bytes() - before}
    finally:
        daemon.terminate()
        daemon.wait()
        shutil.rmtree(folder, ignore_errors=True)


def write(folder: str, name: str, data: bytes) -> str:
    path = pathlib.Path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def files_in(folder: str) -> list[str]:
    return sorted(str(path) for path in pathlib.Path(folder).rglob("*") if path.is_file())


def course() -> tuple[str, str, int]:
    """A course of 200 MB in one file and its next edition, ten places of which grew by 2 MB: folders, new bytes."""
    old, new, chance = temporary(), temporary(), random.Random(9)
    data = chance.randbytes(200_000_000)
    write(old, "course.bin", data)
    parts, grown = [], 0
    for i in range(10):
        fresh = chance.randbytes(2_000_000)
        parts += [data[i * 20_000_000:(i + 1) * 20_000_000], fresh]
        grown += len(fresh)
    write(new, "course.bin", b"".join(parts))
    return old, new, grown


def films() -> tuple[str, str, int]:
    """A course of 20 films (200 MB), a file each under its number, and its next edition: two new lessons stand behind the
    fourteenth, so that the six behind them have other numbers. As much is new as in `course`."""
    old, new, chance = temporary(), temporary(), random.Random(11)
    lessons = [chance.randbytes(10_000_000) for _ in range(20)]
    for number, data in enumerate(lessons, 1):
        write(old, f"lesson{number:02}.mp4", data)
    for number, data in enumerate(lessons[:14] + [chance.randbytes(10_000_000) for _ in range(2)] + lessons[14:], 1):
        write(new, f"lesson{number:02}.mp4", data)
    for path in files_in(new):
        os.utime(path, (time.time() + 60, time.time() + 60))
    return old, new, 20_000_000


def pack() -> tuple[str, str, int]:
    """A pack of 500 files (100 MB) and its next edition: a new unit of five files stands in front, so that all others move
    one folder on; 20 files are changed in one place each by 1 KB. Every file is written anew, as unpacking does."""
    old, new, chance = temporary(), temporary(), random.Random(10)
    grown = 0
    for i in range(500):
        data = chance.randbytes(chance.randrange(4_000, 400_000))
        write(old, f"unit{i // 25}/file{i}.bin", data)
        if i % 25 == 0:
            place = len(data) // 2
            data = data[:place] + chance.randbytes(1_000) + data[place:]
            grown += 1_000
        write(new, f"unit{i // 25 + 1}/file{i}.bin", data)
    for i in range(5):
        write(new, f"unit0/new{i}.bin", chance.randbytes(100_000))
        grown += 100_000
    for path in files_in(new):
        os.utime(path, (time.time() + 60, time.time() + 60))
    return old, new, grown


def editions() -> Iterator[tuple[str, tuple[str, str, int]]]:
    """What T10 and T11 bring: a name, and folders and new bytes."""
    for name, make in (("course of 200 MB in one file", course), ("course of 20 films, renumbered", films),
                       ("pack of 500 files", pack)):
        made = make()
        yield name, made
        for folder in made[:2]:
            shutil.rmtree(folder)


def updates(line: Line, made: tuple[str, str, int]) -> tuple[dict, dict]:
    """Both ways of bringing an edition to a box that has the one before."""
    old, new, _ = made
    ours = Transfer(line, files_in(new), files_in(old))
    figures = ours.run(files_in(old))
    ours.close()
    return figures, rsync(line, new, old)
