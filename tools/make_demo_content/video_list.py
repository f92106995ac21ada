"""The videos: each scene draws the inside of a 640×360 SVG at time t from 0 to 1."""
from math import cos, exp, pi, sin

from figures import cloud
from svg import (BLUE, BROWN, DEEP, GREEN, GREY, INK, LINE, MINT, PALE, RED, SAND, arrow, circle, ellipse, grid, line, path,
                 poly, rect, text)


def part(t, begin, end):
    """Progress from 0 to 1 between two moments, soft at both ends."""
    k = max(0.0, min(1.0, (t - begin) / (end - begin)))
    return k * k * (3 - 2 * k)


def head(words):
    return text(320, 28, words, 26, INK, True)


def cut_paste(t):
    u, x, y, b, h, s = 30, 60, 270, 240, 150, 90
    move, cut = part(t, 0.4, 0.72) * b, t > 0.2
    body = [head("平行四边形变成长方形"), grid(30, 90, 13, 7, u)]
    if not cut:
        body.append(poly([(x, y), (x + b, y), (x + b + s, y - h), (x + s, y - h)], width=4))
    else:
        body += [poly([(x + s, y), (x + b, y), (x + b + s, y - h), (x + s, y - h)], width=4),
                 poly([(x + move, y), (x + s + move, y), (x + s + move, y - h)], SAND, BROWN, 4)]
    body += [line(x + s, y, x + s, y - h * part(t, 0.08, 0.2), RED, 4), text(x + s + 38, y - 75, "高 5", 24, RED, True) if t > 0.2 else "",
             text(x + b / 2 + (s if t > 0.72 else 0), y + 20, "长 8" if t > 0.72 else "底 8", 24, INK, True)]
    if t > 0.76:
        body += [text(535, 130, "长 × 宽", 26), text(535, 170, "底 × 高", 28, DEEP, True)]
    if t > 0.86:
        body.append(text(535, 225, "8 × 5 = 40", 28, INK, True))
    return "".join(body) + text(320, 335, "画高" if t < 0.2 else "沿高剪开" if t < 0.4 else "平移" if t < 0.74 else "面积不变", 24, GREEN, True)


def half_turn(t):
    x, y, b, h, s = 110, 290, 250, 180, 90
    px, py = x + (b + s) / 2, y - h / 2
    turn = 180 * part(t, 0.2, 0.65)
    corners = [(x, y), (x + b, y), (x + s, y - h)]
    body = [head("两个一样的三角形"), poly(corners, SAND, BROWN, 4, f'transform="rotate({turn:.1f} {px} {py})"'), poly(corners, width=4), circle(px, py, 5, INK)]
    if t > 0.72:
        body.append(text(500, 330, "底 × 高 ÷ 2", 28, DEEP, True))
    return "".join(body)


def frame(t):
    a, x, y = (90 - 55 * (0.5 - 0.5 * cos(2 * pi * t))) * pi / 180, 130, 290
    dx, dy = 180 * cos(a), 180 * sin(a)
    return "".join([head("拉一拉：周长不变,面积变化"), poly([(x, y), (x + 260, y), (x + 260 + dx, y - dy), (x + dx, y - dy)], PALE, BROWN, 9),
                    line(x + dx, y, x + dx, y - dy, RED, 3, 'stroke-dasharray="8 6"'), text(x + dx + 50, y - dy / 2, f"高 {6 * sin(a):.1f}", 24, RED, True),
                    text(320, 330, f"面积 10 × {6 * sin(a):.1f} = {60 * sin(a):.0f}", 26, DEEP, True)])


def fraction(t):
    n = [1, 2, 3, 4, 6, 8][min(5, int(t * 6))]
    body = [head("平均分"), text(320, 320, f"平均分成 {n} 份,每份是 1/{n}" if n > 1 else "一个整体", 28, DEEP, True)]
    for i in range(n):
        a, b = 2 * pi * i / n - pi / 2, 2 * pi * (i + 1) / n - pi / 2
        fill = BLUE if i == 0 and n > 1 else PALE
        body.append(circle(320, 170, 110, PALE, INK, 4) if n == 1 else
                    path(f"M320 170L{320 + 110 * cos(a):.1f} {170 + 110 * sin(a):.1f}A110 110 0 0 1 {320 + 110 * cos(b):.1f} {170 + 110 * sin(b):.1f}z", INK, 4, fill))
    return "".join(body)


def circle_area(t):
    n, k = 16, part(t, 0.3, 0.7)
    body = [head("圆转化成近似的长方形")]
    for i in range(n):
        a = 2 * pi / n
        up = i % 2 == 0
        tx, ty, turn = 170 + i * 20, (250 if up else 150), (0 if up else 180)
        x, y, r = 180 * (1 - k) + tx * k, 190 * (1 - k) + ty * k, (i * 360 / n) * (1 - k) + turn * k
        half = 100 * sin(a / 2)
        body.append(f'<g transform="translate({x:.1f} {y:.1f}) rotate({r:.1f})">' + path(f"M0 0L{-half:.1f} -98A100 100 0 0 1 {half:.1f} -98z", INK, 2, PALE if up else SAND) + "</g>")
    if t > 0.85:
        body += [text(320, 300, "长 ≈ πr    宽 = r    面积 = πr²", 28, DEEP, True)]
    return "".join(body)


def water(t):
    body = [head("水的循环"), rect(0, 60, 640, 300, "#dcecfb", "none", 0), circle(70, 110, 30, "#ffcf4d", "#f2a900", 3),
            path("M400 290L500 150L560 220L640 160V290z", "#7d8b6a", 2, "#9bb07f"), rect(0, 285, 640, 75, "#4f9fdc", "none", 0)]
    for i in range(8):
        k = (t * 3 + i / 8) % 1
        body.append(circle(90 + (i % 4) * 60 + 6 * sin(9 * k), 285 - 170 * k, 6, "#fff", BLUE, 2, f'opacity="{1 - k:.2f}"'))
    body.append(cloud(200 + 250 * part(t, 0.25, 0.6), 105, 0.45, "#ffffff" if t < 0.55 else "#b7c3d0"))
    if t > 0.6:
        body += [line(460 + i * 22, 135 + 120 * ((t * 6 + i * 0.37) % 1), 455 + i * 22, 150 + 120 * ((t * 6 + i * 0.37) % 1), DEEP, 3) for i in range(6)]
    words = "阳光照射,湖水蒸发" if t < 0.3 else "水蒸气上升,凝结成云" if t < 0.6 else "水滴变大,形成降水" if t < 0.85 else "流回湖里,循环往复"
    return "".join(body) + text(320, 330, words, 26, "#ffffff", True)


def seed(t):
    grow, leaf = part(t, 0.3, 0.85), part(t, 0.65, 1)
    root = part(t, 0.15, 0.6)
    body = [head("种子发芽"), rect(0, 230, 640, 130, "#d9c3a0", "none", 0), ellipse(320, 262, 22, 15, "#b9853f", "#7a5a32", 3),
            path(f"M320 270Q{310} {290} 322 {272 + 70 * root:.1f}", "#f3ead8", 6) if root > 0.02 else "",
            path(f"M320 255Q312 230 320 {255 - 150 * grow:.1f}", "#3f7d2b", 7) if grow > 0.02 else ""]
    if leaf > 0.03:
        y = 255 - 150 * grow
        body += [ellipse(320 + d * 38 * leaf, y - 8, 40 * leaf, 16 * leaf, "#7bb661", "#3f7d2b", 3, f'transform="rotate({-20 * d} {320 + d * 38 * leaf:.1f} {y - 8:.1f})"') for d in (-1, 1)]
    return "".join(body) + text(320, 338, "吸水膨胀" if t < 0.2 else "长出胚根" if t < 0.45 else "茎破土而出" if t < 0.7 else "子叶展开", 26, INK, True)


def earth(t):
    a = 2 * pi * t
    x, y = 320 + 220 * cos(a), 190 + 110 * sin(a)
    season = ["春分前后", "夏至前后", "秋分前后", "冬至前后"][int((t * 4 + 0.5) % 4)]
    return "".join([head("地球绕太阳公转"), ellipse(320, 190, 220, 110, "none", LINE, 3), circle(320, 190, 40, "#ffcf4d", "#f2a900", 4), text(320, 190, "太阳", 20),
                    circle(x, y, 22, "#4f9fdc", DEEP, 3), line(x - 12, y + 30, x + 12, y - 30, RED, 3), text(320, 335, f"北半球：{season}", 26, DEEP, True)])


def pendulum(t):
    a = 0.6 * cos(2 * pi * t * 4)
    b = 0.6 * cos(2 * pi * t * 4 / 1.5)
    body = [head("摆长越长,摆得越慢"), line(120, 70, 520, 70, INK, 6)]
    for x, length, angle, name in ((210, 110, a, "短摆"), (430, 210, b, "长摆")):
        body += [line(x, 70, x + length * sin(angle), 70 + length * cos(angle), INK, 3), circle(x + length * sin(angle), 70 + length * cos(angle), 17, RED, INK, 3), text(x, 335, name, 26, INK, True)]
    return "".join(body)


def wave(t):
    points = " ".join(f"{60 + i * 4:.0f},{180 - 60 * sin(i * 0.16 * (1 + part(t, 0.4, 0.6)) - t * 40):.1f}" for i in range(131))
    return "".join([head("声音的高低与频率"), line(60, 180, 590, 180, LINE, 2), f'<polyline points="{points}" fill="none" stroke="{BLUE}" stroke-width="5"/>',
                    text(320, 310, "频率小,声音低" if t < 0.5 else "频率大,声音高", 28, DEEP, True)])


def circuit(t):
    on = t > 0.3
    body = [head("开关闭合,灯泡发光"), rect(140, 110, 360, 180, "none", BROWN if on else INK, 5), rect(270, 270, 100, 40, MINT, GREEN, 4), text(320, 291, "电池", 22),
            circle(320, 110, 55, "#ffe680", "none", 0, f'opacity="{0.7 if on else 0}"'), circle(320, 110, 28, "#ffe680" if on else "#fff", INK, 4), path("M301 91l38 38m0-38l-38 38", INK, 3),
            rect(100, 165, 80, 70, "#fff", "#fff", 0), line(140, 230, 140 + (0 if on else 45), 170, GREEN if on else RED, 7), circle(140, 232, 6, INK), circle(140, 168, 6, INK)]
    if on:
        for i in range(12):
            d = (t * 900 + i * 90) % 1080
            x, y = (140 + d, 110) if d < 360 else (500, 110 + d - 360) if d < 540 else (500 - d + 540, 290) if d < 900 else (140, 290 - d + 900)
            body.append(circle(x, y, 6, BLUE, "#fff", 1.5))
    return "".join(body)


def sort_bars(t):
    values, swaps = [5, 2, 7, 3, 6, 1, 4], []
    for end in range(6, 0, -1):
        for j in range(end):
            swaps.append((j, values[j] > values[j + 1], end))
            if values[j] > values[j + 1]:
                values[j], values[j + 1] = values[j + 1], values[j]
    values, step = [5, 2, 7, 3, 6, 1, 4], int(t * 1.08 * len(swaps))
    for j, swap, _ in swaps[:step]:
        if swap:
            values[j], values[j + 1] = values[j + 1], values[j]
    active = swaps[step][0] if step < len(swaps) else -9
    return head("冒泡排序") + "".join(rect(90 + i * 68, 310 - v * 34, 52, v * 34, RED if i in (active, active + 1) else GREEN if active < 0 else BLUE, "none", 0, 6)
                                  + text(116 + i * 68, 330, v, 24) for i, v in enumerate(values))


def stroke_yong(t):
    strokes = ["M176 66L196 84", "M130 112L190 110L190 236L172 222", "M100 150L158 148Q150 190 92 226", "M272 104Q248 132 206 146", "M196 132Q226 190 292 222"]
    names = ["点", "横折钩", "横撇", "撇", "捺"]
    body = [head("“永”字的笔顺"), rect(80, 50, 230, 230, "#fffdf7", RED, 3), path("M80 165h230M195 50v230", "#e8a9a4", 1.5)]
    for i, d in enumerate(strokes):
        k = part(t, 0.06 + i * 0.17, 0.2 + i * 0.17)
        body.append(path(d, "#e8ebef", 17))
        if k > 0:
            body += [path(d, INK, 17, more=f'pathLength="100" stroke-dasharray="{100 * k:.0f} 200"'), text(460, 90 + i * 48, f"{i + 1} {names[i]}", 30, RED if k < 1 else INK, True)]
    return "".join(body)


def conduct(t):
    k = (t * 6) % 1
    spots = [(320, 90), (320, 250), (210, 190), (430, 190), (320, 90)]
    i = min(3, int(k * 4))
    f = k * 4 - i
    x, y = spots[i][0] * (1 - f) + spots[i + 1][0] * f, spots[i][1] * (1 - f) + spots[i + 1][1] * f
    return "".join([head("四拍子指挥图式"), path("M" + "L".join(f"{a} {b}" for a, b in spots), LINE, 6), circle(x, y, 16, RED, "#fff", 3),
                    *[text(a, b + 30, n, 26, DEEP, True) for (a, b), n in zip(spots[1:], ["1 强", "2 弱", "3 次强", "4 弱"])],
                    text(320, 335, ["强", "弱", "次强", "弱"][i], 30, RED, True)])


def birds(t):
    body = [head("候鸟南飞"), rect(0, 60, 640, 200, "#dcecfb", "none", 0), rect(0, 260, 640, 100, "#8cc4ee", "none", 0)]
    body += [path(f"M{x} 300q-4-40 6-{60 + x % 23}", "#557a2f", 5) for x in range(10, 640, 34)]
    for i in range(7):
        side = (i + 1) // 2 * (1 if i % 2 else -1)
        x, y = -120 + 900 * t - abs(side) * 38, 140 + side * 22 + 6 * sin(12 * t)
        flap = 16 * sin(40 * t + i)
        body.append(path(f"M{x - 20:.1f} {y - flap:.1f}Q{x - 8:.1f} {y - 6:.1f} {x:.1f} {y:.1f}Q{x + 8:.1f} {y - 6:.1f} {x + 20:.1f} {y - flap:.1f}", INK, 4))
    return "".join(body) + text(320, 330, "秋天,大雁排着队飞到湖边过冬", 26, INK, True)


def density(t):
    body = [head("物体在水中的沉浮"), rect(140, 120, 360, 190, "#cfe6fa", "none", 0), path("M140 90V310H500V90", INK, 5)]
    k = part(t, 0.15, 0.6)
    for x, low, fill, name in ((210, 284, "#7c8794", "铁块"), (320, 200, "#e9c46a", "悬浮"), (430, 122 + 4 * sin(20 * t), "#c78b52", "木块")):
        y = 70 + (low - 70) * k
        body += [rect(x - 24, y - 24, 48, 48, fill, INK, 3, 6), text(x, 335, name, 22, INK, True)]
    return "".join(body)


VIDEOS = [
    ("parallelogram-cut-paste", "平行四边形的剪拼 动画", "Cutting and moving a parallelogram", "14", 5, "maths-5a-6-1", 12, cut_paste),
    ("triangle-half-turn", "两个三角形拼一拼 动画", "Two triangles make a parallelogram", "14", 5, "maths-5a-6-3", 8, half_turn),
    ("frame-stretch", "拉动木框 动画", "Stretching a frame", "14", 5, "maths-5a-6-2", 8, frame),
    ("fraction-circle", "平均分一个圆 动画", "Sharing a circle", "14", 3, "maths-3a-7-1", 9, fraction),
    ("circle-to-rectangle", "圆的面积 动画", "Area of a circle", "14", 6, "maths-6a-5-3", 7, circle_area),
    ("water-cycle", "水的循环 动画", "The water cycle", "15", 5, "science-5a-5-2", 12, water),
    ("seed-sprouting", "种子发芽 动画", "A seed sprouts", "18", 7, "biology-7a-3-1", 8, seed),
    ("earth-orbit", "地球的公转 动画", "The earth goes round the sun", "20", 7, "geography-7a-1-2", 8, earth),
    ("pendulum", "摆的快慢 动画", "Pendulums", "15", 5, "science-5a-3-2", 8, pendulum),
    ("sound-frequency", "声音的特性 动画", "Pitch and frequency", "16", 8, "physics-8a-2-2", 8, wave),
    ("simple-circuit", "点亮小灯泡 动画", "Lighting a lamp", "15", 4, "science-4a-4-1", 7, circuit),
    ("bubble-sort", "冒泡排序 动画", "Bubble sort", "61", (6, 8), "it-6a-2-1", 10, sort_bars),
    ("stroke-yong", "“永”字笔顺 动画", "Stroke order of 永", "13", 1, "chinese-1a-1-4", 8, stroke_yong),
    ("conducting-four", "四拍子指挥图式 动画", "Conducting in four", "24", 8, "music-8a-1-1", 9, conduct),
    ("wild-geese", "候鸟南飞 动画", "Wild geese fly south", "15", (5, 6), "science-5a-5-3", 8, birds),
    ("float-sink", "物体的沉浮 动画", "Floating and sinking", "16", 8, "physics-8a-6-2", 6, density),
]
