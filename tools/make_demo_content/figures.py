"""Figures used in more than one place: slides, worksheets and pictures."""
from svg import (BLUE, BROWN, DEEP, GREEN, GREY, INK, MINT, PALE, RED, SAND, arrow, circle, ellipse, grid, line, path, poly,
                 rect, svg, text)


def _corners(x, y, base, height, slant):
    return [(x, y), (x + base, y), (x + base + slant, y - height), (x + slant, y - height)]


def parallelogram(base, height, slant, grid=False, wrong=False):
    """A labelled parallelogram of `base` × `height` units; `wrong` marks the slanting side."""
    from svg import grid as make_grid
    u, x, y = 64, 60, 420
    b, h, s = base * u, height * u, slant * u
    body = [make_grid(x - u / 2 - 28, y - h - u - 4, base + slant + 1, height + 2, u) if grid else "",
            poly(_corners(x, y, b, h, s), fill=PALE, more='fill-opacity="0.8"'),
            line(x + s, y, x + s, y - h, RED, 6), path(f"M{x + s} {y - 26}h26v26", RED, 4),
            text(x + s + 70, y - h / 2, f"高 {height}", 48, RED, True), text(x + b / 2, y + 40, f"底 {base}", 48, INK, True)]
    if wrong:
        body += [line(x, y, x + s, y - h, BROWN, 10), text(x + s / 2 - 40, y - h / 2 - 50, "斜边", 48, BROWN, True)]
    return svg(820, 500, *body)


def grid_cut(base, height, slant, result="?"):
    """The cut-and-move picture with the formula beside it."""
    u, x, y = 86, 120, 620
    b, h, s = base * u, height * u, slant * u
    body = [grid(x - 86, y - h - 86, 13, height + 2, u),
            poly([(x, y), (x + s, y), (x + s, y - h)], SAND, BROWN, 5, 'fill-opacity="0.45" stroke-dasharray="16 12"'),
            poly([(x + s, y), (x + b, y), (x + b + s, y - h), (x + s, y - h)]),
            poly([(x + b, y), (x + b + s, y), (x + b + s, y - h)], SAND, BROWN, 5, 'fill-opacity="0.85"'),
            line(x + s, y, x + s, y - h, RED, 7), path(f"M{x + s} {y - 34}h34v34", RED, 4),
            arrow(x + s * 0.6, y - h * 0.3, x + b + s * 0.55, y - h * 0.3, BROWN, 8, -110, 40),
            text(x + s + 84, y - h + 120, f"高 {height}", 58, RED, True), text(x + b / 2, y + 46, f"底 {base}", 58, INK, True),
            text(1180, 250, "长方形 = 长 × 宽", 60, INK, anchor="start"),
            text(1180, 360, "平行四边形 = 底 × 高", 60, DEEP, True, "start"),
            text(1180, 490, f"{base} × {height} = {result}", 88, INK, True, "start")]
    return svg(1800, 730, *body)


def heap_of_parallelograms():
    """Two vegetable plots to compare."""
    return svg(820, 560, poly(_corners(40, 320, 330, 220, 0), MINT, GREEN), poly(_corners(400, 540, 330, 220, 80), PALE),
               text(205, 210, "6 × 4", 48), text(600, 430, "底 6 高 4", 48),
               line(480, 540, 480, 320, RED, 4, 'stroke-dasharray="12 8"'))


def double_triangle():
    """A triangle and its half-turn copy."""
    x, y, b, h, s = 200, 620, 700, 480, 220
    return svg(1680, 740, poly([(x + s, y - h), (x + b, y), (x + b + s, y - h)], SAND, BROWN, 6),
               poly([(x, y), (x + b, y), (x + s, y - h)]), line(x + s, y, x + s, y - h, RED, 6),
               text(x + s + 60, y - h / 2 + 60, "高", 60, RED, True), text(x + b / 2, y + 50, "底", 60, INK, True),
               text(1180, 300, "拼成平行四边形", 60, INK, anchor="start"), text(1180, 400, "一个三角形是它的一半", 60, DEEP, True, "start"))


def cloud(x, y, k=1, fill="#ffffff"):
    parts = [(0, 0, 70), (75, -25, 85), (160, 5, 65), (80, 25, 75)]
    return "".join(circle(x + a * k, y + b * k, r * k, fill, fill, 0) for a, b, r in parts)


def water_cycle(width, height):
    """Evaporation, condensation, rain and run-off."""
    body = [rect(0, 0, 1680, 760, "#dcecfb", "none", 0), circle(190, 140, 80, "#ffcf4d", "#f2a900", 6),
            path("M900 620L1180 260L1340 430L1440 330L1680 620z", "#7d8b6a", 3, "#9bb07f"),
            path("M0 560H860Q920 600 980 600L1680 620V760H0z", "#2b7bb9", 3, "#4f9fdc"),
            path("M1250 380Q1180 480 1080 540Q980 580 900 590", "#2b7bb9", 14),
            cloud(760, 130), cloud(1190, 120, 0.9, "#c9d3de")]
    body += [arrow(250 + i * 110, 530, 270 + i * 110, 330, RED, 7, 20 * (-1) ** i, 26) for i in range(4)]
    body += [line(1210 + i * 45, 220, 1190 + i * 45, 280, BLUE, 7) for i in range(5)]
    body += [arrow(960, 90, 1130, 90, GREY, 7, 0, 26), text(440, 270, "蒸发", 60, RED, True), text(840, 140, "凝结成云", 52, INK, True),
             text(1500, 220, "降水", 60, DEEP, True), text(980, 470, "地表径流", 48, DEEP, True),
             text(400, 660, "湖泊", 60, "#ffffff", True), text(1330, 560, "山地", 52, "#ffffff", True)]
    return svg(1680, 760, *body).replace('width="1680" height="760" viewBox', f'width="{width}" height="{height}" viewBox', 1)


def half_moon_leaf(x, y, turn, fill="#7bb661"):
    return ellipse(x, y, 70, 28, fill, "#3f7d2b", 4, f'transform="rotate({turn} {x} {y})"')
