"""name, program, English title, subject, grades, chapter, configuration."""

_BINS_GARBAGE = [
    {"name": "可回收物", "items": ["旧报纸", "饮料瓶", "易拉罐", "旧衣服"]},
    {"name": "厨余垃圾", "items": ["菜叶", "果皮", "鱼骨", "剩饭"]},
    {"name": "有害垃圾", "items": ["旧灯管", "废药品", "纽扣电池", "油漆桶"]},
    {"name": "其他垃圾", "items": ["脏纸巾", "陶瓷碎片", "大骨头", "灰土"]},
]
_BINS_ANIMALS = [
    {"name": "鱼类", "items": ["鲤鱼", "草鱼", "鲫鱼", "鳙鱼"]},
    {"name": "两栖类", "items": ["青蛙", "蟾蜍", "大鲵"]},
    {"name": "鸟类", "items": ["白鹭", "天鹅", "家鸭", "大雁"]},
    {"name": "哺乳类", "items": ["江豚", "麋鹿", "水牛", "蝙蝠"]},
]
_BINS_WORDS = [
    {"name": "动物 animals", "items": ["duck", "fish", "rabbit", "goat"]},
    {"name": "食物 food", "items": ["rice", "bread", "noodles", "egg"]},
    {"name": "文具 things", "items": ["ruler", "pencil", "eraser", "notebook"]},
    {"name": "颜色 colour", "items": ["red", "blue", "yellow", "green"]},
]
_BINS_MIXTURE = [
    {"name": "单质", "items": ["氧气 O₂", "铁 Fe", "铜 Cu", "氢气 H₂"]},
    {"name": "化合物", "items": ["水 H₂O", "CO₂", "食盐 NaCl", "CaO"]},
    {"name": "混合物", "items": ["空气", "糖水", "河水", "石灰水"]},
]
_BINS_INSTRUMENTS = [
    {"name": "吹管", "items": ["笛子", "唢呐", "笙"]},
    {"name": "拉弦", "items": ["二胡", "板胡", "高胡"]},
    {"name": "弹拨", "items": ["琵琶", "古筝", "扬琴", "阮"]},
    {"name": "打击", "items": ["大鼓", "铜锣", "木鱼", "镲"]},
]
_STROKES = [
    {"word": "大", "pinyin": "dà", "strokes": [["横", "M14 38L86 34"], ["撇", "M50 10L49 36Q44 68 12 90"], ["捺", "M50 38Q60 68 90 88"]]},
    {"word": "木", "pinyin": "mù", "strokes": [["横", "M12 34L88 31"], ["竖", "M50 8L50 94"], ["撇", "M48 34Q36 60 10 78"], ["捺", "M52 34Q66 60 92 76"]]},
    {"word": "水", "pinyin": "shuǐ", "strokes": [["竖钩", "M50 8L50 88L40 80"], ["横撇", "M14 34L40 32Q34 58 10 76"], ["撇", "M84 22Q74 36 56 46"], ["捺", "M52 42Q66 66 92 80"]]},
    {"word": "天", "pinyin": "tiān", "strokes": [["横", "M22 20L78 17"], ["横", "M12 46L88 43"], ["撇", "M50 20L49 44Q42 72 12 90"], ["捺", "M51 46Q62 72 90 88"]]},
]
_STROKES_2 = [
    {"word": "土", "pinyin": "tǔ", "strokes": [["横", "M24 42L76 40"], ["竖", "M50 12L50 84"], ["横", "M10 86L90 84"]]},
    {"word": "山", "pinyin": "shān", "strokes": [["竖", "M50 12L50 80"], ["竖折", "M18 40L18 82L82 80"], ["竖", "M82 36L82 88"]]},
    {"word": "田", "pinyin": "tián", "strokes": [["竖", "M20 20L20 88"], ["横折", "M20 22L80 20L80 88"], ["横", "M20 52L80 51"], ["竖", "M50 22L50 84"], ["横", "M20 84L80 83"]]},
    {"word": "禾", "pinyin": "hé", "strokes": [["撇", "M68 10Q52 20 26 24"], ["横", "M10 42L90 39"], ["竖", "M50 20L50 94"], ["撇", "M48 42Q36 66 10 82"], ["捺", "M52 42Q66 66 92 80"]]},
]
_NOTES = [[-1, "结冰的天气,注意路滑"], [10, "冷,要穿厚衣服"], [22, "凉爽,适合户外活动"], [30, "温暖"], [99, "炎热,注意防暑"]]
_PHONICS = [["a", "apple", "a 在闭音节里"], ["e", "egg", "e 在闭音节里"], ["i", "pig", "i 在闭音节里"], ["o", "dog", "o 在闭音节里"],
            ["u", "duck", "u 在闭音节里"], ["sh", "ship", "两个字母一个音"], ["ch", "chair", "两个字母一个音"],
            ["th", "three", "舌尖轻触上齿"], ["ee", "tree", "长音"], ["oo", "moon", "长音"]]
_ELEMENTS = [["H", "氢", "1 号元素"], ["He", "氦", "2 号元素"], ["C", "碳", "6 号元素"], ["N", "氮", "7 号元素"], ["O", "氧", "8 号元素"],
             ["Na", "钠", "11 号元素"], ["Mg", "镁", "12 号元素"], ["Al", "铝", "13 号元素"], ["Cl", "氯", "17 号元素"],
             ["Ca", "钙", "20 号元素"], ["Fe", "铁", "26 号元素"], ["Cu", "铜", "29 号元素"]]
_PINYIN = [["ā", "阿姨的阿", "一声平"], ["ó", "公鸡打鸣 o o o", "二声扬"], ["ě", "白鹅的 e", "三声拐弯"], ["ì", "衣服的 i", "四声降"],
           ["bà", "爸爸", "b — à — bà"], ["mǎ", "小马", "m — ǎ — mǎ"], ["yú", "小鱼", "整体认读"], ["hú", "湖水", "h — ú — hú"]]

PACKAGES = [
    ("parallelogram-cut-move", "cutmove", "Area of a parallelogram: cut and move", "14", 5, "maths-5a-6-1",
     {"title": "剪一剪,移一移", "base": 8, "height": 5, "slant": 3}),
    ("parallelogram-frame", "frame", "A stretchable frame: same perimeter, changing area", "14", 5, "maths-5a-6-1",
     {"title": "拉一拉:周长和面积", "long": 10, "short": 6}),
    ("triangle-doubling", "doubling", "Area of a triangle by doubling", "14", 5, "maths-5a-6-3",
     {"title": "两个三角形拼一拼", "bottom": 7, "top": 0, "height": 5, "slant": 2}),
    ("trapezium-doubling", "doubling", "Area of a trapezium by doubling", "14", 5, "maths-5a-6-5",
     {"title": "两个梯形拼一拼", "bottom": 7, "top": 4, "height": 5, "slant": 1}),
    ("number-line-integers", "numberline", "Integers on the number line", "14", 7, "maths-7a-1-2",
     {"title": "数轴上的整数", "min": -10, "max": 10, "step": 1, "unit": 1}),
    ("number-line-decimals", "numberline", "Decimals on the number line", "14", (4, 5), "maths-5a-8-1",
     {"title": "数轴上的小数", "min": 0, "max": 3, "step": 0.1, "unit": 1}),
    ("fraction-bars", "fraction", "Fraction bars", "14", 3, "maths-3a-7-2",
     {"title": "分数条", "first": [1, 2], "second": [2, 4]}),
    ("fraction-compare", "fraction", "Comparing fractions", "14", (5, 6), "maths-6a-3-2",
     {"title": "比一比分数的大小", "first": [2, 3], "second": [3, 5]}),
    ("pair-position", "coords", "Positions by pairs of numbers", "14", 5, "maths-5a-2-2",
     {"title": "用数对找位置", "min": 0, "max": 8, "rule": "先列后行:(列, 行)"}),
    ("coordinate-plane", "coords", "Points of the coordinate plane", "14", 7, None,
     {"title": "坐标平面找点", "min": -5, "max": 5, "rule": "先横坐标,后纵坐标"}),
    ("times-table-drill", "drill", "Times table drill", "14", (2, 3), "maths-2a-6-2", {"title": "乘法口诀练一练", "kind": "times"}),
    ("decimal-drill", "drill", "Decimal times whole number drill", "14", 5, "maths-5a-1-1", {"title": "小数乘整数口算", "kind": "decimal"}),
    ("signed-drill", "drill", "Signed number drill", "14", 7, "maths-7a-1-4", {"title": "有理数加减口算", "kind": "signed"}),
    ("clock-setting", "clock", "Setting the clock", "14", (1, 2), "maths-2a-7-1", {"title": "拨一拨钟面", "step": 5, "showTime": False}),
    ("thermometer", "gauge", "Reading a thermometer", "15", 3, "science-3a-3-2",
     {"title": "认识气温计", "min": -20, "max": 50, "small": 2, "big": 10, "notes": _NOTES}),
    ("garbage-sorting", "classify", "Sorting garbage", "E1", 4, "morals-4a-2-1",
     {"title": "垃圾分类", "hint": "把卡片拖进正确的桶", "bins": _BINS_GARBAGE}),
    ("lake-animals", "classify", "Animals of the lake", "18", 8, "biology-8a-1-2",
     {"title": "湖区的脊椎动物", "hint": "按类群拖进框里", "bins": _BINS_ANIMALS}),
    ("english-word-groups", "classify", "Word groups", "41", (3, 4), "english-4a-2-1",
     {"title": "英语单词分组", "hint": "读出单词,再拖进所属的一组", "bins": _BINS_WORDS}),
    ("matter-sorting", "classify", "Elements, compounds, mixtures", "17", 9, "chemistry-9a-4-2",
     {"title": "单质、化合物和混合物", "hint": "想一想它由几种物质、几种元素组成", "bins": _BINS_MIXTURE}),
    ("chinese-instruments", "classify", "Chinese instruments", "24", (3, 7), "music-3a-3-1",
     {"title": "民族乐器分一分", "hint": "按演奏方法拖进框里", "bins": _BINS_INSTRUMENTS}),
    ("phonics-cards", "flash", "Phonics cards", "41", (3, 5), "english-5a-2-2", {"title": "自然拼读卡片", "cards": _PHONICS}),
    ("element-cards", "flash", "Element symbol cards", "17", 9, "chemistry-9a-3-3", {"title": "元素符号卡片", "cards": _ELEMENTS}),
    ("pinyin-cards", "flash", "Pinyin cards", "13", 1, "chinese-1a-2-1", {"title": "拼音卡片", "cards": _PINYIN}),
    ("stroke-order-1", "stroke", "Stroke order: 大 木 水 天", "13", 1, "chinese-1a-1-4",
     {"title": "笔顺:大 木 水 天", "characters": _STROKES}),
    ("stroke-order-2", "stroke", "Stroke order: 土 山 田 禾", "13", 1, "chinese-1a-1-2",
     {"title": "笔顺:土 山 田 禾", "characters": _STROKES_2}),
    ("simple-circuit", "circuit", "Series and parallel circuits", "16", 9, "physics-9a-3-3", {"title": "串联和并联", "parallel": False}),
    ("poem-jiangnan", "poem", "Poem with gaps: Jiangnan", "13", 1, "chinese-1a-3-3",
     {"title": "《江南》填一填", "lines": ["江南可[采莲]，", "莲叶何[田田]。", "鱼戏莲叶[间]。", "鱼戏莲叶[东]，鱼戏莲叶[西]，", "鱼戏莲叶[南]，鱼戏莲叶[北]。"],
      "extra": ["上"], "note": "汉乐府,古代作品"}),
]
