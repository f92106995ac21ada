#!/usr/bin/env python3
"""T12: what is sent again after a cut, in chunks. The box is killed in the middle of a transfer, again and again; what lies
there then is not fetched again. Target: at most one chunk."""
import json
import pathlib
import random
import sys
import time

import line

KBIT, SIZE, CUTS = 16_000, 30_000_000, 8
LARGEST_CHUNK = 64 << 10


def lying(box: str) -> int:
    """Bytes that lie at the box: chunks are written whole, the rest of the file is a hole."""
    return sum(path.stat().st_blocks * 512 for path in pathlib.Path(box, "arriving").glob("*.chunks"))


def transfer_bytes(link: line.Line, folder: str) -> int:
    """What the line carries for the same without a cut."""
    transfer = line.Transfer(link, line.files_in(folder))
    try:
        return transfer.run()["bytes"]
    finally:
        transfer.close()


def main() -> None:
    line.build()
    folder = line.temporary()
    line.write(folder, "film.bin", random.Random(2).randbytes(SIZE))
    link = line.Line(KBIT, 0)
    transfer = line.Transfer(link, line.files_in(folder))
    whole = transfer_bytes(link, folder)
    taker, before, kept = transfer.take(), link.down_bytes(), []
    for _ in range(CUTS):
        time.sleep(1.2)
        if taker.poll() is not None:
            sys.exit("it was whole before the cuts were over")
        taker.kill()
        taker.wait()
        kept.append(lying(transfer.box))
        taker = transfer.take()
    said = json.loads(taker.stdout.readline())
    taker.wait()
    again = said["crossed"] - (SIZE - kept[-1])
    extra = (link.down_bytes() - before - whole) / CUTS
    print(f"{CUTS} kills, each {[round((b - a) / 1e6, 1) for a, b in zip([0] + kept, kept)]} MB on; the last run fetched "
          f"{said['crossed']} bytes where {SIZE - kept[-1]} were missing")
    print(f"on the line each kill cost {extra:.0f} bytes, with what was on its way and with the questions of a new start")
    print(f"T12 ratio {max(0, again) / LARGEST_CHUNK:.2f}")
    transfer.close()
    link.close()


main()
