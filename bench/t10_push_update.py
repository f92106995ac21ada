#!/usr/bin/env python3
"""T10: bytes that an update sends down the line over the bytes that are truly new; rsync in the same run. Targets: at most
1.10 beside the index (the lists of chunks), for courses of 200 MB and a pack of 500 files. The worst one stands last."""
import line


def main() -> None:
    line.build()
    worst = 0.0
    for name, made in line.editions():
        link = line.Line(20_000, 0)
        ours, theirs = line.updates(link, made)
        link.close()
        ratio = ours["crossed"] / made[2]
        worst = max(worst, ratio)
        print(f"{name}: {made[2]} new bytes, chunks {ours['crossed']} ({ratio:.3f}), with the index and all headers "
              f"{ours['bytes']} ({ours['bytes'] / made[2]:.3f}); rsync {theirs['bytes']} ({theirs['bytes'] / made[2]:.2f})",
              flush=True)
    print(f"T10 ratio {worst:.3f}")


main()
