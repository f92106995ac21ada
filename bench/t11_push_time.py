#!/usr/bin/env python3
"""T11: time of the same updates over that of rsync, at 8 Mbit/s and 1 % loss. Targets: at most 0.35 for the course, 0.15 for
the pack, which stands last."""
import line


def main() -> None:
    line.build()
    ratios = []
    for name, made in (("course of 200 MB", line.course()), ("pack of 500 files", line.pack())):
        link = line.Line(8_000, 1)
        ours, theirs = line.updates(link, made)
        link.close()
        ratios.append(ours["seconds"] / theirs["seconds"])
        print(f"{name}: {ours['seconds']:.1f} s, rsync {theirs['seconds']:.1f} s: {ratios[-1]:.3f}", flush=True)
    print(f"T11 ratio {ratios[1]:.3f} (course: {ratios[0]:.3f})")


main()
