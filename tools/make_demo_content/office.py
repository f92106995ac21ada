"""Office originals: two slide shows, two documents, two workbooks."""
import ooxml
from common import OUT, entry, run, target, thumb_path, thumbnail
from punctuate import wide_all
from svg import BLUE, GREEN, RED, path, rect, svg, text

_POSITION = [("用数对表示位置", ["数学 五年级上册 第二单元"]), ("怎样说清座位", ["竖排叫列,横排叫行。", "从左往右数列,从前往后数行。"]),
             ("写成数对", ["第 3 列第 2 行写作 (3, 2)", "先写列,再写行,中间用逗号隔开。"]), ("练一练", ["写出自己和同桌的数对。", "(2, 3) 和 (3, 2) 是同一个位置吗?"])]
_SAFETY = [("防溺水安全班会", ["道德与法治  主题班会"]), ("六个不", ["不私自下水", "不擅自结伴游泳", "不在没有大人带领时游泳", "不到没有救生员的水域", "不到不熟悉的水域", "不盲目下水施救"]),
           ("看到有人落水", ["大声呼救,快找大人", "拨打 110 或 120", "抛绳子、竹竿、救生圈", "人不下水"]), ("我的承诺", ["把今天学到的讲给家人听。"])]
_DIARY = ["# 观察要求", "选一种植物或动物,连续观察七天,每天在同一时间记录。", [["日期", "天气", "看到了什么", "变化"]] + [["第 %d 天" % i, "", "", ""] for i in range(1, 8)],
          "# 写一写", "把七天的记录连成一篇短文,写清先后顺序和变化。"]
_LAB = ["# 实验目的", "练习测量物体的质量和体积,计算密度。", "# 器材", "天平、量筒、水、小石块、细线。", "# 数据记录",
        [["次数", "质量 m/g", "水面 V1/cm³", "水面 V2/cm³", "密度 ρ/(g/cm³)"]] + [[str(i), "", "", "", ""] for i in (1, 2, 3)], "# 分析", "三次结果不同的原因可能是:"]
_SCORES = [["实验", "第1次", "第2次", "第3次", "平均"]] + [[n, a, b, c, f"=AVERAGE(B{i}:D{i})"] for i, (n, a, b, c) in enumerate(
    [("摆长20厘米", 67, 68, 67), ("摆长40厘米", 47, 48, 47), ("摆长60厘米", 39, 38, 39), ("摆长80厘米", 33, 34, 33)], 2)]
_WEATHER = [["日期", "最低气温/℃", "最高气温/℃", "温差/℃"]] + [[f"11月{d}日", low, high, f"=C{d + 1}-B{d + 1}"] for d, (low, high) in enumerate(
    [(9, 17), (8, 18), (10, 19), (11, 16), (7, 13), (5, 14), (6, 16)], 1)] + [["平均", "=AVERAGE(B2:B8)", "=AVERAGE(C2:C8)", "=AVERAGE(D2:D8)"]]

_FILES = [
    ("position.pptx", "用数对表示位置 演示文稿", "Positions by pairs (slides)", "slides", "14", 5, "maths-5a-2-1", ooxml.pptx, (_POSITION,)),
    ("water-safety.pptx", "防溺水安全班会 演示文稿", "Water safety class meeting", "slides", "E1", (3, 6), "morals-3a-2-2", ooxml.pptx, (_SAFETY,)),
    ("observation-diary.docx", "观察日记表", "Observation diary form", "document", "13", 4, "chinese-4a-3-3", ooxml.docx, ("连续观察记录表", _DIARY)),
    ("density-lab.docx", "测量密度 实验报告单", "Density lab report", "document", "16", 8, "physics-8a-6-2", ooxml.docx, ("测量固体的密度", _LAB)),
    ("pendulum-data.xlsx", "摆的快慢 数据记录", "Pendulum data", "document", "15", 5, "science-5a-3-2", ooxml.xlsx, ("一分钟摆动次数", _SCORES, [16, 10, 10, 10, 10])),
    ("weather-table.xlsx", "气温记录与统计", "Temperature table", "document", "61", 7, "it-7a-2-2", ooxml.xlsx, ("一周气温", _WEATHER, [14, 14, 14, 12])),
]


def _card(browser, file_path, title):
    """A plain card as thumbnail: kind and title."""
    kind = file_path.rsplit(".", 1)[1]
    colour = {"pptx": RED, "docx": BLUE, "xlsx": GREEN}[kind]
    card = target("office/.card.html")
    card.write_text('<!doctype html><meta charset="utf-8"><style>body{margin:0}</style>' + svg(
        640, 360, rect(30, 30, 90, 110, "#fff", colour, 8, 10), path("M50 70h50M50 95h50M50 118h30", colour, 6),
        text(140, 86, kind.upper(), 56, colour, True, "start"), text(320, 235, title, 44 if len(title) < 13 else 34, bold=True), background="#f7f9fb"), encoding="utf-8")
    browser.size(640, 360)
    browser.open(card)
    shot = target("office/.card.png")
    shot.write_bytes(browser.shot())
    thumbnail(shot, thumb_path(file_path))
    card.unlink()
    shot.unlink()


def _preview(file_path):
    """What browsers show of it: a PDF of the same name in preview/."""
    made = target("preview/" + file_path.rsplit("/", 1)[1].rsplit(".", 1)[0] + ".pdf")
    run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(made.parent), str(OUT / file_path))


def make(browser):
    """All office files."""
    for name, title, title_en, kind, subject, grades, chapter, write, arguments in _FILES:
        path_ = f"office/{name}"
        write(path_, *wide_all(arguments))
        _card(browser, path_, title)
        _preview(path_)
        entry(path_, title, title_en, kind, subject, grades, chapter, pages=len(arguments[0]) if write is ooxml.pptx else 1)
