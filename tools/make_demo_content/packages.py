"""Interactive HTML packages: one small program, many parameter sets."""
import json
import tempfile
from pathlib import Path

import slide_decks
from common import HERE, entry, target, thumb_path, thumbnail, zip_bytes
from package_list import PACKAGES
from punctuate import wide, wide_all

SOURCE = HERE / "packages"
PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
{body}
{scripts}
</body>
</html>
"""


def _page(title, scripts, body=""):
    tags = "\n".join(f'<script src="{name}"></script>' for name in scripts)
    return PAGE.format(title=title, body=body, scripts=tags)


def members(program, config):
    """The files of one package."""
    config = wide_all(config)
    settings = "window.CONFIG = " + json.dumps(config, ensure_ascii=False, indent=1) + ";\n"
    return [("index.html", _page(config["title"], ["config.js", "base.js", "main.js"])),
            ("style.css", (SOURCE / "base.css").read_text()), ("config.js", settings),
            ("base.js", (SOURCE / "base.js").read_text()), ("main.js", wide((SOURCE / f"{program}.js").read_text()))]


def deck_members(deck):
    body = "<main>\n" + "\n".join(f"<section{a}>{b}</section>" for a, b in deck["pages"]) + "\n</main>"
    return [("index.html", wide(_page(deck["title"], ["main.js"], body))),
            ("style.css", (SOURCE / "slides.css").read_text()), ("main.js", (SOURCE / "slides.js").read_text())]


def _photograph(browser, path, content, action=None):
    """Open the unpacked package in the browser and keep a small picture of it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in content:
            (Path(folder) / name).write_text(data, encoding="utf-8")
        browser.size(1920, 1080)
        browser.open(Path(folder) / "index.html")
        if action:
            browser.evaluate(action)
        shot = Path(folder) / "shot.png"
        shot.write_bytes(browser.shot())
        thumbnail(shot, thumb_path(path))
    problems = browser.problems()
    assert not problems, (path, problems)


def make(browser):
    """All packages and slide decks."""
    for name, program, title_en, subject, grades, chapter, config in PACKAGES:
        path = f"html/{name}.zip"
        content = members(program, config)
        zip_bytes(path, content)
        _photograph(browser, path, content)
        entry(path, config["title"] + " 互动", title_en, "interactive", subject, grades, chapter)
    for deck in slide_decks.DECKS:
        path = f"html/{deck['name']}.zip"
        content = deck_members(deck)
        zip_bytes(path, content)
        _photograph(browser, path, content, f"Slides.go({deck['cover']})")
        entry(path, deck["title"] + " 课件", deck["title_en"], "slides", deck["subject"], deck["grade"],
              deck["chapter"], pages=len(deck["pages"]))
