#!/usr/bin/env python3
"""Which C++ files can be read together. usage: tools/grouping.py SIZE FILE…   prints GROUP;FILE a line.

Files of one folder whose unnamed namespaces share no name go into groups of SIZE: their headers and templates, which cost
most of a compiler's time, are then read once a group.
"""
import os
import pathlib
import re
import sys


def own_names(name: str) -> set[str]:
    """Names of a file's unnamed namespace: two files that share one cannot be read together."""
    found, inside = set(), False
    for line in pathlib.Path(name).read_text(encoding="utf-8").splitlines():
        if line == "namespace {":
            inside = True
        elif line == "}  // namespace":
            inside = False
        elif line.startswith(("using namespace ", "namespace ")) or re.match(r"using [\w:]+::\w+;", line):
            continue
        elif inside or line.startswith(("static ", "const", "TEST_CASE", "using ")):
            if match := re.match(r"(?:struct|class|enum class|using|concept) (\w+)", line):
                found.add(match[1])
            elif re.match(r"[\w:\[]", line):  # what is declared before the first bracket: one function, or several values
                found.update(re.findall(r"[ &*]([A-Za-z_]\w*)(?=\(|\{| =|\[|;|,)", line[:line.find("(") + 1] or line))
    return found


def words(name: str) -> set[str]:
    """What a file says without naming its owner: the unnamed namespace of a neighbour would come between."""
    text = re.sub(r'//.*|"(?:[^"\\]|\\.)*"', " ", pathlib.Path(name).read_text(encoding="utf-8"))
    return set(re.findall(r"(?<![\w.>:])[A-Za-z_]\w*", text))


def groups(names: list[str], size: int) -> list[list[str]]:
    """Files of one folder, a few together, in the order of their first file."""
    made: list[tuple[str, list[str], set[str], set[str]]] = []
    for name in names:
        folder, own, said = os.path.dirname(name), own_names(name), words(name)
        place = next((one for one in made if one[0] == folder and len(one[1]) < size and not one[2] & said and not own & one[3]), None)
        if place is None:
            place = (folder, [], set(), set())
            made.append(place)
        place[1].append(name)
        place[2].update(own)
        place[3].update(said)
    return [one[1] for one in made]


if __name__ == "__main__":
    for number, group in enumerate(groups(sys.argv[2:], int(sys.argv[1]))):
        for file in group:
            print(f"{number};{file}")
