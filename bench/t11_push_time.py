#!/usr/bin/env python3
"""T11: time of the same updates over that of rsync, at 8 Mbit/s and 1 % loss. Targets: at most 0.35 for a course, 0.15 for
the pack, which stands last. Of a course in one file rsync, too, sends little more than what is new: there nobody can be
much faster than it is (about 1). What the new bits alone take stands beside each."""
import line


def main() -> None:
    line.build()
    ratios = []
    for name, made in line.editions():
        link = line.Line(8_000, 1)
        ours, theirs = line.updates(link, made)
        link.close()
        ratios.append(ours["seconds"] / theirs["seconds"])
        print(f"{name}: {ours['seconds']:.1f} s, rsync {theirs['seconds']:.1f} s: {ratios[-1]:.3f}; the new bits alone "
              f"{made[2] * 8 / 8_000_000:.1f} s", flush=True)
    print(f"T11 ratio {ratios[2]:.3f} (films: {ratios[1]:.3f}, course in one file: {ratios[0]:.3f})")


main()
