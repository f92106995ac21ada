"""Textbook catalogues and lesson templates of the manifest, read from data/textbooks_*.txt."""
import re
from pathlib import Path

HERE = Path(__file__).parent
EDITION = "通用版(演示)"

# Subjects the code table of 2012 does not have; X… marks an extension of this demo.
EXTENSION_SUBJECTS = [
    {"code": "E1", "name": "道德与法治", "stages": "小学、初中", "note": "2012 年代码表无此课程,沿用 11、12 的位置"},
    {"code": "E2", "name": "信息科技", "stages": "小学、初中", "note": "新课标名称;演示教材仍用 61 信息技术"},
    {"code": "E3", "name": "劳动", "stages": "小学、初中、普通高中", "note": "新课标名称;代码表中为 62 劳动与技术"},
]


def _lessons(chapter_key, text):
    """'小数乘整数*2, 解决问题*1' to a list of lessons."""
    found = []
    for number, part in enumerate(re.split(r", (?=[^,]+?\*\d)|, (?=.)", text), 1):
        title, _, hours = part.partition("*")
        found.append({"key": f"{chapter_key}-{number}", "title": title, "hours": int(hours or 1)})
    return found


def _book(line):
    key, subject, grade, title = line[1:].split("|")
    return {"key": key, "subject": subject, "grade": int(grade), "term": 1, "edition": EDITION,
            "title": title, "chapters": []}


def load():
    """All textbooks, in the order of the data files."""
    books = []
    for path in sorted((HERE / "data").glob("textbooks_*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@"):
                books.append(_book(line))
            elif line and not line.startswith("#"):
                title, text = line.split(": ", 1)
                book = books[-1]
                key = f"{book['key']}-{len(book['chapters']) + 1}"
                book["chapters"].append({"key": key, "title": title, "lessons": _lessons(key, text)})
    return books


def keys(books):
    """Every chapter and lesson key."""
    return {k["key"] for b in books for c in b["chapters"] for k in [c, *c["lessons"]]}


def _sections(text):
    """'导入 5 看图说话; …' to a list of sections."""
    rows = [part.strip().split(" ", 2) for part in text.split(";")]
    return [{"title": t, "minutes": int(m), "hint": h} for t, m, h in rows]


LESSON_TEMPLATES = [
    {"name": name, "subject": subject, "sections": _sections(text)} for name, subject, text in [
        ("通用新授课", None,
         "导入 5 用一个生活问题引出课题; 新知探究 15 学生先试,再讲清道理; 例题示范 6 一题讲透,板书步骤;"
         "课堂练习 10 由易到难三个层次; 小结与作业 4 学生说收获,布置分层作业"),
        ("通用复习课", None,
         "知识梳理 10 学生画知识图,小组互补; 典型例题 12 每类一题,说清易错点; 综合练习 13 限时独立完成; 反馈订正 5 当堂批改,记错因"),
        ("数学 图形面积课", "14",
         "情境与猜想 5 从要算面积的实际问题开始; 动手转化 12 剪、移、拼,记录前后变化; 推导公式 8 对应关系说完整;"
         "分层练习 11 基本、变式、提高; 总结与作业 4 回到转化的方法"),
        ("语文 阅读课", "13",
         "读准读通 8 自由读、指名读,正音; 整体感知 6 一句话说内容; 品读词句 15 圈画批注,有感情地读; 读写结合 8 仿写一两句; 作业 3 背诵或摘抄"),
        ("英语 会话课", "41",
         "Warm-up 5 歌谣或问候; Presentation 10 图片引出句型; Practice 12 两人一组操练; Production 10 换情境表演; Homework 3 听读课文"),
        ("科学 探究实验课", "15",
         "提出问题 5 从现象说起; 作出假设 4 写下预测与理由; 设计与实验 18 说清变量和安全; 记录与交流 9 用数据说话; 拓展 4 联系生活"),
        ("物理 演示实验课", "16",
         "现象引入 5 先看一个反常的现象; 实验探究 18 控制变量,记录数据; 得出规律 8 文字、公式、图象; 应用练习 12 解释生活现象; 小结 2 画概念图"),
        ("音乐 唱歌课", "24",
         "发声练习 5 呼吸与音阶; 节奏练习 7 拍、读、唱; 学唱 15 分句教,唱准难点; 表现 10 加动作或打击乐; 小结 3 互评"),
        ("专递课堂 双师课", None,
         "连线与点名 3 主讲教师问候听课班; 共同导入 5 两端各请一名学生; 主讲讲授 14 语速放慢,画面停留; 本地活动 12 听课端教师组织;"
         "互动反馈 4 提问听课端; 总结 2 说明课后任务"),
    ]
]
