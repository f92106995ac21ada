#!/usr/bin/env python3
"""T9: a first copy over a thin, lossy line: time over what the new bits alone would take; rsync in the same run. Targets:
at most 1.10 at 1 % loss and 1.20 at 3 %. The ratio at the end is the one at 1 %."""
import random
import statistics
import sys

import line

KBIT, SIZE = 8_000, 20_000_000


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    line.build()
    folder = line.temporary()
    line.write(folder, "film.bin", random.Random(1).randbytes(SIZE))
    least = SIZE * 8 / (KBIT * 1000)
    ratios = {}
    for loss in (1, 3):
        ours, theirs = [], []
        for _ in range(runs):
            link = line.Line(KBIT, loss)
            transfer = line.Transfer(link, line.files_in(folder))
            ours.append(transfer.run()["seconds"] / least)
            transfer.close()
            theirs.append(line.rsync(link, folder)["seconds"] / least)
            link.close()
        ratios[loss] = statistics.median(ours)
        print(f"loss {loss} %: {ratios[loss]:.3f} of {[round(x, 3) for x in ours]}; "
              f"rsync {statistics.median(theirs):.3f} of {[round(x, 3) for x in theirs]}", flush=True)
    print(f"T9 ratio {ratios[1]:.3f} (3 %: {ratios[3]:.3f})")


main()
