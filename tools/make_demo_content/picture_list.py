"""The pictures: each draws the inside of a 1280×720 SVG."""
from math import cos, pi, sin

from figures import grid_cut, half_moon_leaf, water_cycle
from svg import (BLUE, BROWN, DEEP, GREEN, GREY, INK, LINE, MINT, PALE, RED, SAND, arrow, circle, ellipse, grid, label, line,
                 path, poly, rect, text)


def _head(words):
    return text(640, 52, words, 48, INK, True)


def cut_move():
    return _head("平行四边形的面积 = 底 × 高") + f'<g transform="translate(0 130) scale(0.71)">{grid_cut(8, 5, 3, 40)}</g>'


def polygon_family():
    shapes = [([(0, 0), (260, 0), (260, -160), (0, -160)], "长方形", "a b"), ([(0, 0), (240, 0), (310, -160), (70, -160)], "平行四边形", "a h"),
              ([(0, 0), (280, 0), (90, -160)], "三角形", "a h ÷ 2"), ([(0, 0), (280, 0), (220, -160), (50, -160)], "梯形", "(a + b) h ÷ 2")]
    body = [_head("多边形的面积公式")]
    for i, (corners, name, formula) in enumerate(shapes):
        x, y = 220 + (i % 2) * 560, 280 + (i // 2) * 310
        body += [poly([(x + a, y + b) for a, b in corners]), text(x + 140, y + 34, name, 36), text(x + 140, y + 84, "S = " + formula, 40, DEEP, True)]
    return "".join(body)


def angles():
    body = [_head("角的分类")]
    for i, (degrees, name) in enumerate([(40, "锐角"), (90, "直角"), (130, "钝角"), (180, "平角")]):
        x, y, a = [90, 330, 660, 1050][i], 460, degrees * pi / 180
        body += [line(x, y, x + 170, y, INK, 7), line(x, y, x + 170 * cos(a), y - 170 * sin(a), INK, 7),
                 path(f"M{x + 50} {y}A50 50 0 0 0 {x + 50 * cos(a):.1f} {y - 50 * sin(a):.1f}", RED, 5),
                 text(x + 40, y + 60, name, 44, INK, True), text(x + 40, y + 115, f"{degrees}°", 40, RED)]
    return "".join(body)


def fraction_wall():
    body, fills = [_head("分数墙")], [PALE, SAND, MINT, "#fbe3e1", "#eee7fb", "#fff3d6"]
    for row in range(6):
        n = row + 1
        for i in range(n):
            x = 90 + 1100 * i / n
            body += [rect(x, 110 + row * 96, 1100 / n, 90, fills[row]), text(x + 550 / n, 156 + row * 96, "1" if n == 1 else f"1/{n}", 40)]
    return "".join(body)


def circle_parts():
    x, y, r = 460, 390, 260
    return "".join([_head("圆各部分的名称"), circle(x, y, r, PALE, BLUE, 7), circle(x, y, 9, INK), line(x, y, x + r * cos(0.7), y - r * sin(0.7), RED, 7),
                    line(x - r, y, x + r, y, GREEN, 7), label(x, y, "圆心 O", 850, 560, 44), label(x + 110, y - 92, "半径 r", 850, 220, 44, RED),
                    label(x + 180, y, "直径 d = 2r", 850, 390, 44, GREEN)])


def number_line():
    body = [_head("数轴:原点、正方向、单位长度"), arrow(80, 380, 1210, 380, INK, 6, 0, 28)]
    for v in range(-5, 6):
        x = 640 + v * 100
        body += [line(x, 355, x, 380, INK, 5), text(x, 420, str(v).replace("-", "−"), 40)]
    body += [circle(640, 380, 12, RED, RED), text(640, 500, "原点", 44, RED, True), path("M640 300v-20h100v20", DEEP, 4),
             text(690, 250, "单位长度", 40, DEEP, True), text(1160, 320, "正方向", 40, GREEN, True)]
    return "".join(body)


def water():
    return _head("水的循环") + f'<g transform="translate(60 100) scale(0.69)">{water_cycle(1680, 760)}</g>'


def plant_parts():
    body = [_head("植物的六大器官"), rect(0, 560, 1280, 160, "#d9c3a0", "none", 0), path("M560 560Q550 380 560 200", "#3f7d2b", 16)]
    body += [half_moon_leaf(480, 380, 25), half_moon_leaf(640, 330, -25), half_moon_leaf(490, 480, 20)]
    body += [path(f"M560 560Q{560 + d} 620 {560 + d * 1.6} 700", "#a07a4a", 8) for d in (-60, -25, 0, 25, 60)]
    body += [ellipse(560 + 46 * cos(a), 180 + 46 * sin(a), 34, 24, "#f29bb5", "#c55b7d", 3, f'transform="rotate({a * 180 / pi:.0f} {560 + 46 * cos(a):.1f} {180 + 46 * sin(a):.1f})"') for a in [i * pi / 3 for i in range(6)]]
    body += [circle(560, 180, 24, "#f7c948", "#c48f00", 3), path("M560 290Q640 250 680 260", "#3f7d2b", 7), circle(700, 262, 30, "#d9534f", "#9c2f2b", 4)]
    body += [label(600, 170, "花", 860, 150, 44), label(725, 262, "果实(内有种子)", 860, 260, 44), label(680, 325, "叶", 860, 380, 44),
             label(562, 440, "茎", 860, 480, 44), label(590, 640, "根", 860, 630, 44)]
    return "".join(body)


def plant_cell():
    return "".join([_head("植物细胞模式图"), rect(180, 130, 560, 520, "#cfe6c0", "#3f7d2b", 16, 50), rect(196, 146, 528, 488, "#eef8e8", "#8a6d3b", 4, 40),
                    ellipse(520, 420, 160, 170, "#d6ebfa", "#2b7bb9", 4), circle(320, 270, 76, "#f6d9e2", "#a4506d", 5), circle(320, 270, 26, "#a4506d", "#a4506d"),
                    *[ellipse(x, y, 34, 20, "#6fb04f", "#3f7d2b", 3) for x, y in [(260, 420), (290, 540), (450, 200), (600, 220), (250, 490)]],
                    label(736, 200, "细胞壁", 900, 160, 40), label(722, 280, "细胞膜", 900, 250, 40), label(600, 220, "叶绿体", 900, 340, 40),
                    label(520, 430, "液泡", 900, 430, 40), label(350, 290, "细胞核", 900, 520, 40), label(430, 600, "细胞质", 900, 610, 40)])


def staff():
    body, y0 = [_head("五线谱上的 C 大调音阶")], 420
    body += [line(100, y0 - i * 40, 1190, y0 - i * 40, INK, 3) for i in range(5)]
    body += [path("M150 470q-40 10-34-26q20-30 46 6l-24-210q2-70 36-86q22 50-26 106q-70 70-40 130q50 60 90 10q16-60-44-60q-46 14-26 50", INK, 7)]
    for i, (name, solfa) in enumerate(zip("CDEFGABC", ["do", "re", "mi", "fa", "sol", "la", "si", "do"])):
        x, y = 320 + i * 110, y0 + 40 - i * 20
        body += [ellipse(x, y, 27, 19, INK, INK, 1, f'transform="rotate(-18 {x} {y})"'), line(x + 25, y, x + 25, y - 120, INK, 5) if i < 6 else line(x - 25, y, x - 25, y + 120, INK, 5),
                 text(x, 560, name, 46, DEEP, True), text(x, 620, solfa, 40, GREY)]
    body.append(line(280, y0 + 40, 360, y0 + 40, INK, 4))
    return "".join(body)


def note_values():
    body = [_head("音符的时值(以四分音符为一拍)")]
    for i, (name, beats, hollow, stem, flag) in enumerate([("全音符", "4 拍", 1, 0, 0), ("二分音符", "2 拍", 1, 1, 0), ("四分音符", "1 拍", 0, 1, 0), ("八分音符", "半拍", 0, 1, 1)]):
        x, y = 200 + i * 295, 380
        body += [ellipse(x, y, 44, 30, "#fff" if hollow else INK, INK, 9, f'transform="rotate(-18 {x} {y})"'), line(x + 40, y - 10, x + 40, y - 190, INK, 8) if stem else "",
                 path(f"M{x + 40} {y - 190}q10 60 60 90q10 30-10 60", INK, 8) if flag else "", text(x, 500, name, 42, INK, True), text(x, 570, beats, 42, RED)]
    return "".join(body)


def periodic():
    rows = ["H 氢 1 1 1|He 氦 2 8 1", "Li 锂 3 1 2|Be 铍 4 2 2|B 硼 5 3 2|C 碳 6 4 2|N 氮 7 5 2|O 氧 8 6 2|F 氟 9 7 2|Ne 氖 10 8 2",
            "Na 钠 11 1 3|Mg 镁 12 2 3|Al 铝 13 3 3|Si 硅 14 4 3|P 磷 15 5 3|S 硫 16 6 3|Cl 氯 17 7 3|Ar 氩 18 8 3"]
    body = [_head("元素周期表(前三周期)")]
    metals, noble = {"Li", "Be", "Na", "Mg", "Al"}, {"He", "Ne", "Ar"}
    for cell in "|".join(rows).split("|"):
        symbol, name, number, column, row = cell.split()
        x, y = 60 + (int(column) - 1) * 145, 130 + (int(row) - 1) * 180
        fill = SAND if symbol in metals else "#eee7fb" if noble & {symbol} else PALE
        body += [rect(x, y, 135, 170, fill), text(x + 24, y + 26, number, 26, GREY), text(x + 68, y + 80, symbol, 60, INK, True), text(x + 68, y + 140, name, 34)]
    body += [text(640, 692, "橙:金属    蓝:非金属    紫:稀有气体", 30, GREY)]
    return "".join(body)


def wetlands():
    body = [_head("洞庭湖湿地示意图"), rect(0, 100, 1280, 620, "#eef4e4", "none", 0)]
    body += [path("M40 180Q300 140 560 200T1080 150L1270 130", "#4f9fdc", 26), text(300, 130, "长江", 38, DEEP, True)]
    body += [path("M560 330Q700 250 860 300Q1020 290 1060 400Q1080 500 960 540Q820 600 700 540Q540 560 500 450Q500 370 560 330z", "#2b7bb9", 4, "#8cc4ee"),
             path("M1000 310Q1060 230 1090 160", "#4f9fdc", 20), text(790, 430, "湖 面", 56, "#ffffff", True)]
    body += [path(d, "#4f9fdc", 14) for d in ("M60 420Q300 380 520 430", "M180 700Q360 600 560 520", "M760 710Q780 640 770 560", "M60 260Q300 300 560 350")]
    body += [text(170, 455, "澧水", 32, DEEP), text(230, 630, "沅江", 32, DEEP), text(720, 660, "资江", 32, DEEP), text(1010, 640, "湘江", 32, DEEP), path("M1080 710Q1000 620 960 520", "#4f9fdc", 14)]
    body += [ellipse(x, y, 66, 28, "#a9cf7c", "#6b9a3e", 3) for x, y in [(580, 470), (660, 330), (940, 370), (880, 520)]]
    body += [path(f"M{x + i * 12} {y}q-4-22 4-40", "#557a2f", 4) for x, y in [(555, 468), (635, 328), (915, 368), (855, 518)] for i in range(5)]
    body += [label(660, 335, "芦苇洲滩", 430, 260, 32), label(940, 372, "候鸟越冬地", 1090, 330, 32), text(1000, 700, "示意图,不作量算和划界依据", 26, GREY)]
    return "".join(body)


def food_web():
    spots = {"芦苇和水草": (220, 600), "浮游生物": (640, 600), "虾": (480, 440), "草鱼": (200, 400), "小鱼": (780, 440), "鹭": (420, 200), "江豚": (860, 200), "分解者": (1080, 600)}
    pairs = ["芦苇和水草 草鱼", "浮游生物 虾", "浮游生物 小鱼", "虾 小鱼", "小鱼 江豚", "小鱼 鹭", "草鱼 鹭", "虾 鹭"]
    body = [_head("湖泊食物网(箭头指向捕食者)")]
    for pair in pairs:
        (x1, y1), (x2, y2) = (spots[n] for n in pair.split())
        k = 62 / ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        body.append(arrow(x1 + (x2 - x1) * k, y1 + (y2 - y1) * k, x2 - (x2 - x1) * k, y2 - (y2 - y1) * k, BROWN, 5))
    for name, (x, y) in spots.items():
        body += [rect(x - 115, y - 40, 230, 80, MINT if y == 600 else PALE, GREEN if y == 600 else BLUE, 4, 16), text(x, y, name, 36)]
    return "".join(body)


def food_pyramid():
    body, rows = [_head("平衡膳食宝塔(五层)")], ["油、盐:少放", "奶、豆、坚果:每天有", "鱼、禽、蛋、瘦肉:适量", "蔬菜、水果:多吃", "谷类、薯类:主食"]
    fills = ["#fbe3e1", "#fff3d6", SAND, MINT, PALE]
    for i, words in enumerate(rows):
        y, w0, w1 = 110 + i * 112, 90 + i * 190, 90 + (i + 1) * 190
        body += [poly([(640 - w0 / 2, y), (640 + w0 / 2, y), (640 + w1 / 2, y + 106), (640 - w1 / 2, y + 106)], fills[i], INK, 3),
                 text(640, y + 60, words, 38) if i > 1 else text(640 + w1 / 2 + 30, y + 60, words, 38, anchor="start")]
    return "".join(body)


def circuits():
    body = [_head("串联电路与并联电路")]
    lamp = lambda x, y: circle(x, y, 34, "#ffe680", INK, 5) + path(f"M{x - 24} {y - 24}l48 48m0-48l-48 48", INK, 4)
    cell = lambda x, y: rect(x - 30, y - 45, 60, 90, "#fff", "#fff", 0) + path(f"M{x - 18} {y - 45}v90M{x + 18} {y - 24}v48M{x - 60} {y}h42M{x + 18} {y}h42", INK, 6)
    body += [rect(120, 220, 440, 320), lamp(240, 220), lamp(440, 220), cell(340, 540), text(340, 640, "串联:一条路", 42, DEEP, True)]
    body += [rect(720, 220, 440, 320), path("M720 380H1160", INK), lamp(940, 220), lamp(940, 380), cell(940, 540), text(940, 640, "并联:两条支路", 42, DEEP, True)]
    return "".join(body)


def lens():
    f, y = 170, 380
    body = [_head("凸透镜成像:物距大于二倍焦距"), line(60, y, 1220, y, GREY, 3), ellipse(560, y, 30, 220, "#d6ebfa", BLUE, 5)]
    body += [circle(560 + k * f, y, 7, INK) + text(560 + k * f, y + 40, n, 34) for k, n in [(-2, "2F"), (-1, "F"), (1, "F"), (2, "2F")]]
    u, v = 440, f * 440 / (440 - f)
    h, hi = 140, 140 * v / 440
    body += [arrow(560 - u, y, 560 - u, y - h, RED, 8), arrow(560 + v, y, 560 + v, y + hi, RED, 8),
             path(f"M{560 - u} {y - h}H560L{560 + v:.0f} {y + hi:.0f}M{560 - u} {y - h}L{560 + v:.0f} {y + hi:.0f}", BROWN, 4),
             text(560 - u, y + 50, "物", 44, RED, True), text(500 + v, y + 150, "倒立、缩小的实像", 38, RED, True, "start")]
    return "".join(body)


def colour_wheel():
    hues = [("红", "#d7263d"), ("橙", "#f46036"), ("黄", "#f5c518"), ("绿", "#2e9e4f"), ("蓝", "#1f6feb"), ("紫", "#7d3cae")]
    body = [_head("色环:三原色与三间色")]
    for i, (name, fill) in enumerate(hues):
        a, b = (i * 60 - 120) * pi / 180, (i * 60 - 60) * pi / 180
        m = (a + b) / 2
        body += [path(f"M640 400L{640 + 260 * cos(a):.1f} {400 + 260 * sin(a):.1f}A260 260 0 0 1 {640 + 260 * cos(b):.1f} {400 + 260 * sin(b):.1f}z", "#fff", 6, fill),
                 text(640 + 180 * cos(m), 400 + 180 * sin(m), name, 52, "#fff" if name != "黄" else INK, True)]
    body += [text(200, 300, "原色", 44, INK, True), text(200, 360, "红 黄 蓝", 40, GREY), text(1080, 300, "间色", 44, INK, True), text(1080, 360, "橙 绿 紫", 40, GREY)]
    return "".join(body)


def perspective():
    body = [_head("平行透视:近大远小"), rect(0, 100, 1280, 260, "#dcecfb", "none", 0), rect(0, 360, 1280, 360, "#dfeccb", "none", 0),
            poly([(620, 360), (660, 360), (1000, 720), (280, 720)], "#c9ccd1", GREY, 3)]
    for k in (1, 0.62, 0.38, 0.22):
        for side in (-1, 1):
            x, y = 640 + side * 520 * k, 360 + 330 * k
            body += [line(x, y, x, y - 300 * k, "#7a5a32", 16 * k + 2), circle(x, y - 330 * k, 100 * k, "#7bb661", "#3f7d2b", 3)]
    body += [circle(640, 360, 9, RED, RED), text(640, 320, "消失点", 36, RED, True)]
    return "".join(body)


def terraces():
    body = [_head("中国地势三级阶梯剖面示意"), path("M60 600V190L330 180L400 330L640 350L720 380L760 500L1000 520L1080 560L1240 590V640H60z", BROWN, 4, SAND),
            rect(1080, 566, 160, 70, "#8cc4ee", "none", 0)]
    body += [text(200, 150, "第一级:青藏高原", 36, INK, True), text(560, 290, "第二级:高原、盆地", 36, INK, True), text(940, 460, "第三级:平原、丘陵", 36, INK, True),
             text(1165, 602, "海洋", 34, DEEP, True), text(110, 680, "西", 44), text(1200, 680, "东", 44), text(640, 680, "西高东低,呈阶梯状分布(示意)", 36, GREY)]
    return "".join(body)


def silk_road():
    body = [_head("丝绸之路(陆路)路线示意"), rect(40, 110, 1200, 540, "#f7efdf", LINE, 3)]
    stops = [(1090, 480, "长安"), (960, 400, "河西走廊"), (800, 330, "敦煌"), (610, 260, "西域"), (420, 340, "中亚"), (240, 420, "西亚"), (100, 360, "欧洲")]
    body.append(path("M" + "L".join(f"{x} {y}" for x, y, _ in stops), RED, 7, more='stroke-dasharray="20 12"'))
    body += [circle(x, y, 12, RED, "#fff", 4) + text(x, y + 48, n, 38, INK, True) for x, y, n in stops]
    return "".join(body + [text(640, 690, "示意图,不作划界依据", 26, GREY)])


def computer_parts():
    body = [_head("信息是怎样流动的")]
    for x, y, w, name, note in [(70, 300, 260, "输入设备", "键盘 鼠标"), (460, 300, 360, "处理器", "运算和控制"), (950, 300, 260, "输出设备", "屏幕 音箱"), (460, 510, 360, "存储器", "内存 硬盘")]:
        body += [rect(x, y, w, 130, PALE, BLUE, 5, 16), text(x + w / 2, y + 45, name, 44, INK, True), text(x + w / 2, y + 96, note, 34, GREY)]
    return "".join(body + [arrow(335, 365, 450, 365, BROWN, 7), arrow(825, 365, 940, 365, BROWN, 7), arrow(590, 435, 590, 505, BROWN, 7), arrow(690, 505, 690, 435, BROWN, 7)])


PICTURES = [
    ("parallelogram-cut-move", "平行四边形剪拼图", "Cutting and moving a parallelogram", "14", 5, "maths-5a-6-1", cut_move),
    ("polygon-formulas", "多边形面积公式图", "Area formulas", "14", 5, "maths-5a-6-8", polygon_family),
    ("angles", "角的分类", "Kinds of angle", "14", 4, "maths-4a-3-2", angles),
    ("fraction-wall", "分数墙", "Fraction wall", "14", (3, 5), "maths-3a-7-1", fraction_wall),
    ("circle-parts", "圆各部分的名称", "Parts of a circle", "14", 6, "maths-6a-5-1", circle_parts),
    ("number-line", "数轴", "The number line", "14", 7, "maths-7a-1-2", number_line),
    ("water-cycle", "水的循环", "The water cycle", "15", 5, "science-5a-5-2", water),
    ("plant-parts", "植物的六大器官", "Organs of a plant", "18", 7, "biology-7a-3-2", plant_parts),
    ("plant-cell", "植物细胞模式图", "A plant cell", "18", 7, "biology-7a-2-2", plant_cell),
    ("c-major-staff", "C 大调音阶五线谱", "C major on the staff", "24", (3, 5), "music-5a-2-1", staff),
    ("note-values", "音符的时值", "Note values", "24", 3, "music-3a-1-1", note_values),
    ("periodic-extract", "元素周期表(前三周期)", "Periodic table, first three rows", "17", 9, "chemistry-9a-3-3", periodic),
    ("wetlands-map", "洞庭湖湿地示意图", "Sketch map of the lake wetlands", "20", 8, "geography-8a-2-3", wetlands),
    ("food-web", "湖泊食物网", "A lake food web", "18", 7, "biology-7a-1-3", food_web),
    ("food-pyramid", "平衡膳食宝塔", "Balanced diet", "15", 4, "science-4a-2-2", food_pyramid),
    ("circuits", "串联与并联电路图", "Series and parallel", "16", 9, "physics-9a-3-3", circuits),
    ("convex-lens", "凸透镜成像光路", "Image by a convex lens", "16", 8, "physics-8a-5-2", lens),
    ("colour-wheel", "色环", "Colour wheel", "25", 3, "art-3a-1-1", colour_wheel),
    ("perspective-road", "平行透视的路", "One-point perspective", "25", 5, "art-5a-2-1", perspective),
    ("three-steps", "地势三级阶梯", "Three steps of relief", "20", 8, "geography-8a-2-1", terraces),
    ("silk-road", "丝绸之路路线示意", "The Silk Road, sketch", "21", 7, "history-7a-3-3", silk_road),
    ("information-flow", "计算机的组成", "Parts of a computer", "61", 3, "it-3a-1-1", computer_parts),
]
