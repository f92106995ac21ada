"""PDF sheets: lesson plans, worksheets with answers, reading sheets. Printed by Chromium."""
import json
import os
import re
from pathlib import Path

from common import HERE, entry, run, target, thumb_path, thumbnail
from exercise_list import EXERCISES
from plan_list import PLANS
from punctuate import wide
from reading_list import POEMS, READINGS

FONTS = Path(os.environ.get("DEMO_FONTS", "/usr/share/fonts/truetype/noto-sans-sc"))
POETRY = HERE / "data" / "poems.json"
STYLE = """
@font-face { font-family: Sheet; src: url("file://FONTS/NotoSansSC_400Regular.ttf"); }
@font-face { font-family: Sheet; font-weight: 700; src: url("file://FONTS/NotoSansSC_700Bold.ttf"); }
@page { size: A4; margin: 16mm 18mm; }
body { font: 11.5pt/1.65 Sheet; color: #1b2430; margin: 0; }
h1 { font-size: 20pt; text-align: center; margin: 0 0 2mm; }
.meta { text-align: center; color: #5b6675; font-size: 10pt; margin-bottom: 5mm; }
h2 { font-size: 13pt; margin: 5mm 0 1.5mm; border-left: 1.6mm solid #1f6feb; padding-left: 2.5mm; break-after: avoid; }
table { border-collapse: collapse; width: 100%; font-size: 10.5pt; }
td, th { border: 0.3mm solid #8a97a6; padding: 1.6mm 2.4mm; vertical-align: top; text-align: left; }
th { background: #e7f0fd; } tr { break-inside: avoid; }
td:first-child { white-space: nowrap; } .name { display: flex; justify-content: space-between; margin: 0 0 4mm; }
ol, ul { margin: 0; padding-left: 7mm; } li { margin-bottom: 1.2mm; break-inside: avoid; }
.work li { margin-bottom: 10mm; } .sums { columns: 2; } .sums li { margin-bottom: 9mm; }
.poem { text-align: center; font-size: 15pt; line-height: 2; margin: 4mm 0; }
.rule { border-bottom: 0.3mm solid #8a97a6; height: 9mm; } .answers { break-before: page; } .board svg { width: 130mm !important; } .figure svg { width: 70mm; height: auto; } svg { display: block; margin: 2mm auto; font-family: Sheet; }
"""


def page(title, meta, body):
    """A whole HTML page for printing."""
    return (f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{wide(title)}</title>'
            f'<style>{STYLE.replace("FONTS", str(FONTS))}</style><h1>{wide(title)}</h1><div class="meta">{wide(meta)}</div>{wide(body)}')


def items(rows, tag="ol", css="", start=1):
    first = f' start="{start}"' if start > 1 else ""
    return f'<{tag} class="{css}"{first}>' + "".join(f"<li>{row}</li>" for row in rows) + f"</{tag}>"


def lines(text):
    return [row.strip() for row in text.strip().splitlines() if row.strip()]


def plan_body(plan):
    """Aims, weight, tools, steps table, board plan, homework."""
    body = "<h2>教学目标</h2>" + items(lines(plan["aims"])) + "<h2>重点与难点</h2>" + items(lines(plan["weight"]), "ul")
    body += "<h2>教学准备</h2><p>" + plan["tools"] + "</p><h2>教学过程</h2><table><tr><th>环节</th><th>教师活动</th><th>学生活动与预设</th></tr>"
    for row in lines(plan["steps"]):
        stage, teacher, pupils = row.split("|")
        body += f"<tr><td>{stage.strip()}</td><td>{teacher.strip()}</td><td>{pupils.strip()}</td></tr>"
    body += "</table><h2>板书设计</h2>" + f'<div class="figure board">{plan.get("figure", "")}</div>' + items(lines(plan["board"]), "ul") + "<h2>作业</h2>" + items(lines(plan["homework"]))
    return body + "<h2>课后反思</h2>" + '<div class="rule"></div>' * 3


def exercise_body(exercise):
    """Questions with room to write; answers on a page of their own."""
    body = '<div class="name"><span>班级 ____________</span><span>姓名 ____________</span><span>得分 ____________</span></div>'
    body += f'<div class="figure">{exercise["figure"]}</div>' if "figure" in exercise else ""
    answers, number = [], 1
    for head, css, rows in exercise["parts"]:
        pairs = [r.split("=>") for r in (lines(rows) if isinstance(rows, str) else rows)]
        body += f"<h2>{head}</h2>" + items([q.strip() for q, _ in pairs], "ol", css, number)
        answers.append(f"<h2>{head}</h2>" + items([a.strip() for _, a in pairs], "ol", "", number))
        number += len(pairs)
    return body + '<div class="answers"><h1>参考答案</h1>' + "".join(answers) + "</div>"


def poem_body(poem, source):
    text = "".join(f"<div>{row}</div>" for row in source["paragraphs"])
    return (f'<div class="poem">{text}</div><h2>词语小助手</h2>' + items(lines(poem["words"]), "ul")
            + "<h2>读一读,想一想</h2>" + items(lines(poem["questions"]), "ol", "work")
            + "<h2>抄写最喜欢的一句</h2>" + '<div class="rule"></div>' * 2)


def reading_body(reading):
    text = "".join(f"<p>{row}</p>" for row in lines(reading["text"]))
    return text + "<h2>练习</h2>" + items(lines(reading["questions"]), "ol", "work")


def _print(browser, path, html):
    """Print one page; returns the number of pages."""
    work = target("pdf/.page.html")
    work.write_text(html, encoding="utf-8")
    browser.size(800, 1100)
    browser.open(work)
    target(path).write_bytes(browser.pdf())
    work.unlink()
    stem = target("pdf/.thumb")
    run("pdftoppm", "-png", "-r", "50", "-f", "1", "-l", "1", "-singlefile", target(path), stem)
    picture = stem.with_suffix(".png")
    run("convert", picture, "-gravity", "north", "-crop", "100%x48%+0+0", "+repage", picture)
    thumbnail(picture, thumb_path(path), gravity="north")
    picture.unlink()
    return int(re.search(rb"Pages:\s+(\d+)", run("pdfinfo", target(path)))[1])


def _make_plans(browser):
    for p in PLANS:
        path = f"pdf/{p['name']}-plan.pdf"
        pages = _print(browser, path, page(p["title"], p["meta"], plan_body(p)))
        entry(path, p["title"] + " 教案", p["title_en"] + " (lesson plan)", "plan", p["subject"], p["grade"], p["chapter"], pages=pages)


def _make_exercises(browser):
    for e in EXERCISES:
        path = f"pdf/{e['name']}-exercise.pdf"
        pages = _print(browser, path, page(e["title"] + " 练习", e["meta"], exercise_body(e)))
        entry(path, e["title"] + " 练习", e["title_en"] + " (exercises)", "exercise", e["subject"], e["grade"], e["chapter"], pages=pages)


def _make_readings(browser):
    for r in READINGS:
        path = f"pdf/{r['name']}-reading.pdf"
        pages = _print(browser, path, page(r["title"], r["meta"], reading_body(r)))
        entry(path, r["title"] + " 阅读单", r["title_en"] + " (reading)", "document", r["subject"], r["grade"], r["chapter"], pages=pages)


def _make_poems(browser):
    collection = json.loads(POETRY.read_text(encoding="utf-8"))
    for p in POEMS:
        source = next(s for s in collection if s["author"] == p["author"] and s["paragraphs"][0].startswith(p["first"]))
        path = f"pdf/poem-{p['name']}.pdf"
        title = source["rhythmic"].split("・")[0] + "·" + p["first"]
        pages = _print(browser, path, page(title, f"宋 · {p['author']}   诵读单", poem_body(p, source)))
        entry(path, title + " 诵读单", p["title_en"], "document", "13", p["grade"], p["chapter"], pages=pages, licence="MIT",
              source="chinese-poetry (JackeyGao), 宋词三百首", attribution="词文:chinese-poetry,MIT;导读与问题:三通演示内容")


def make(browser):
    """All PDF sheets."""
    _make_plans(browser)
    _make_exercises(browser)
    _make_readings(browser)
    _make_poems(browser)
