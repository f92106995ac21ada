"""Very small SVG writing kit shared by figures, pictures and videos."""
from punctuate import wide

INK, GREY, LINE, PALE, BLUE, DEEP, RED, BROWN, SAND, GREEN, MINT = (
    "#1b2430", "#5b6675", "#d5dbe3", "#e7f0fd", "#1f6feb", "#0b4cc0", "#c0362c", "#9a6200", "#f0c48c",
    "#1a7f45", "#e3f5ea")
FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'.replace('"', "'")


def svg(width, height, *body, background=None):
    back = f'<rect width="{width}" height="{height}" fill="{background}"/>' if background else ""
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="{FONT}">{back}{"".join(body)}</svg>')


def text(x, y, words, size=44, fill=INK, bold=False, anchor="middle", more=""):
    weight = ' font-weight="700"' if bold else ""
    return (f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" '
            f'dominant-baseline="central"{weight} {more}>{wide(str(words))}</text>')


def poly(corners, fill=PALE, stroke=BLUE, width=5, more=""):
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<polygon points="{points}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round" {more}/>'


def line(x1, y1, x2, y2, stroke=INK, width=4, more=""):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width}" {more}/>'


def path(d, stroke=INK, width=4, fill="none", more=""):
    return f'<path d="{d}" stroke="{stroke}" stroke-width="{width}" fill="{fill}" stroke-linecap="round" stroke-linejoin="round" {more}/>'


def circle(x, y, r, fill="none", stroke=INK, width=4, more=""):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" {more}/>'


def ellipse(x, y, rx, ry, fill="none", stroke=INK, width=4, more=""):
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" {more}/>'


def rect(x, y, w, h, fill="none", stroke=INK, width=4, rx=0, more=""):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{rx}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" {more}/>'


def grid(x, y, columns, rows, unit):
    d = "".join(f"M{x + i * unit:g} {y:g}v{rows * unit:g}" for i in range(columns + 1))
    d += "".join(f"M{x:g} {y + j * unit:g}h{columns * unit:g}" for j in range(rows + 1))
    return path(d, LINE, 2)


def arrow(x1, y1, x2, y2, stroke=INK, width=5, bend=0, head=20):
    """An arrow, straight or bent sideways by `bend`."""
    from math import atan2, cos, sin
    mx, my = (x1 + x2) / 2, (y1 + y2) / 2
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1
    cx, cy = mx - (y2 - y1) / length * bend, my + (x2 - x1) / length * bend
    a = atan2(y2 - cy, x2 - cx)
    tips = "".join(f"M{x2:.1f} {y2:.1f}L{x2 - head * cos(a + s):.1f} {y2 - head * sin(a + s):.1f}" for s in (0.45, -0.45))
    return path(f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}{tips}", stroke, width)


def label(x, y, words, tx, ty, size=36, fill=INK):
    """Words at (tx, ty) with a thin line to the thing at (x, y)."""
    anchor = "start" if tx > x else "end"
    gap = -10 if anchor == "start" else 10
    return line(x, y, tx + gap, ty, GREY, 2.5) + circle(x, y, 5, GREY, GREY, 1) + text(tx, ty, words, size, fill, anchor=anchor)
