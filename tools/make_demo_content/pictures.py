"""Still pictures: SVG drawn here, photographed by Chromium, reduced to a small palette."""
from common import entry, run, target, thumb_path, thumbnail
from picture_list import PICTURES
from svg import svg

W, H = 1280, 720


def render(browser, path, source, width=W, height=H, colours=64):
    """One SVG text to a palette PNG."""
    page = target("html/.page.html")
    page.write_text(f'<!doctype html><meta charset="utf-8"><body id="b">{source}', encoding="utf-8")
    browser.size(width, height)
    browser.open(page)
    browser.evaluate("document.body.style.margin = 0")
    raw = target("html/.page.png")
    raw.write_bytes(browser.shot())
    run("convert", raw, "-strip", "+dither", "-colors", colours, "-define", "png:compression-level=9",
        "-define", "png:exclude-chunks=date,time,tIME", f"png8:{target(path)}")
    page.unlink()
    raw.unlink()


def make(browser):
    """All pictures."""
    for name, title, title_en, subject, grades, chapter, draw in PICTURES:
        path = f"picture/{name}.png"
        render(browser, path, svg(W, H, draw(), background="#ffffff"))
        thumbnail(target(path), thumb_path(path))
        entry(path, title, title_en, "picture", subject, grades, chapter)
