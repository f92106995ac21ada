#!/usr/bin/python3
"""Make demo/content anew: all files and manifest.json. See README.md."""
import importlib
import sys

import common
import textbooks
from chromium import Chromium

PARTS = ["sheets", "packages", "pictures", "videos", "audio", "office", "scorm"]


def main(names):
    """Make the named parts, or all parts and the manifest."""
    with Chromium() as browser:
        for name in names or PARTS:
            importlib.import_module(name).make(browser)
            print(name, len(common.files))
    if names:
        return
    books = textbooks.load()
    known = textbooks.keys(books)
    lost = [f["chapter"] for f in common.files if f["chapter"] and f["chapter"] not in known]
    assert not lost, lost
    common.finish(books, textbooks.LESSON_TEMPLATES, textbooks.EXTENSION_SUBJECTS)


if __name__ == "__main__":
    main(sys.argv[1:])
