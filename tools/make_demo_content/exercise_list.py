"""Exercise sheets. A row: question => answer. Sums are drawn with a fixed seed."""
import random

from figures import parallelogram

_dice = random.Random(20240901)


def _sums(count, make):
    return ["{} => {}".format(*make()) for _ in range(count)]


def _tidy(value):
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _decimal_times():
    a, b = (_dice.randint(1, 9) * 10 + _dice.randint(1, 9)) / 10, _dice.randint(2, 9)
    return f"{a} × {b} =", _tidy(a * b)


def _decimal_both():
    a, b = (_dice.randint(1, 4) * 10 + _dice.randint(1, 9)) / 10, _dice.randint(2, 29) / 10
    return f"{a} × {_tidy(b)} =", _tidy(a * b)


def _decimal_divide():
    q, b = _dice.randint(11, 79) / 10, _dice.randint(2, 9)
    return f"{_tidy(q * b)} ÷ {b} =", _tidy(q)


def _equation():
    a, x, b = _dice.randint(2, 9), _dice.randint(2, 12), _dice.randint(1, 20)
    return f"{a}x + {b} = {a * x + b}", f"x = {x}"


def _signed():
    a, b = _dice.randint(-15, 15), _dice.randint(-15, -1)
    show = lambda v: str(v).replace("-", "−")
    return (f"{show(a)} + (−{-b}) =", show(a + b)) if _dice.random() < 0.5 else (f"{show(a)} − (−{-b}) =", show(a - b))


def _two_digits():
    a, b = _dice.randint(102, 398), _dice.randint(2, 9)
    return f"{a} × {b} =", a * b


_PARALLELOGRAM = """底 9 厘米,高 6 厘米的平行四边形,面积是____平方厘米。=> 54
平行四边形剪拼成长方形后,____变了,____没有变。=> 形状；面积
平行四边形的底是 2.5 米,高是 4 米,面积是____平方米。=> 10
面积 48 平方分米,底 8 分米,高是____分米。=> 6"""
_PARALLELOGRAM_2 = """沿着平行四边形任意一条高剪开,都能拼成长方形。（　　） => 对
平行四边形的面积等于相邻两边长度的乘积。（　　） => 错
两个平行四边形面积相等,它们的底和高一定分别相等。（　　） => 错
把长方形木框拉成平行四边形,周长不变,面积变小。（　　） => 对"""
_PARALLELOGRAM_3 = """一块平行四边形菜地,底 25 米,高 16 米。每平方米收菜 3 千克,一共收多少千克? => 25×16×3=1200(千克)
停车场的一个车位是平行四边形,底 5 米,高 2.5 米。20 个这样的车位占地多少平方米? => 5×2.5×20=250(平方米)
一个平行四边形相邻两边长 10 厘米和 6 厘米,10 厘米边上的高是 4.8 厘米。6 厘米边上的高是多少? => 10×4.8÷6=8(厘米)
一条宽 2 米的小路斜着穿过长 30 米、宽 20 米的草坪,小路与草坪长边相交的部分长 2 米,两边平行。草坪还剩多少平方米? => 30×20−2×20=560(平方米)"""

EXERCISES = [
    {"name": "parallelogram", "title": "平行四边形的面积", "title_en": "Area of a parallelogram", "subject": "14", "grade": 5, "chapter": "maths-5a-6-1",
     "meta": "数学 五年级上册  第六单元  共 12 题  20 分钟", "figure": parallelogram(8, 5, 3, grid=True),
     "parts": [("一、填空(每题 2 分)", "", _PARALLELOGRAM), ("二、判断(每题 2 分)", "", _PARALLELOGRAM_2), ("三、解决问题(每题 6 分)", "work", _PARALLELOGRAM_3)]},
    {"name": "triangle", "title": "三角形的面积", "title_en": "Area of a triangle", "subject": "14", "grade": 5, "chapter": "maths-5a-6-4", "meta": "数学 五年级上册  练习课",
     "parts": [("一、填空", "", """底 8 厘米、高 5 厘米的三角形,面积是____平方厘米。=> 20
一个三角形和一个平行四边形等底等高,三角形面积 18 平方厘米,平行四边形面积是____。=> 36 平方厘米
直角三角形的三条边是 3、4、5 厘米,面积是____平方厘米。=> 6
面积 30 平方米,底 12 米,高是____米。=> 5"""), ("二、解决问题", "work", """做一面底 40 厘米、高 30 厘米的三角形小旗,要多少平方厘米的布?做 50 面呢? => 600；30000
三角形地的底是 120 米,高是底的一半,面积是多少平方米?合多少公顷? => 3600；0.36
一张长 20 厘米、宽 12 厘米的纸,最多能剪几个底 4 厘米、高 3 厘米的直角三角形? => 40 个""")]},
    {"name": "combined-area", "title": "组合图形的面积", "title_en": "Combined figures", "subject": "14", "grade": 5, "chapter": "maths-5a-6-6", "meta": "数学 五年级上册",
     "parts": [("先画草图,再计算", "work", """一面墙由长 6 米、宽 3 米的长方形和底 6 米、高 2 米的三角形组成,面积是多少? => 18+6=24(平方米)
边长 10 分米的正方形板,剪去一个底 4 分米、高 5 分米的三角形,还剩多少? => 100−10=90(平方分米)
梯形堤坝横截面上底 5 米、下底 13 米、高 6 米,面积是多少? => 54(平方米)
一块田由平行四边形(底 30 米、高 20 米)和三角形(底 30 米、高 8 米)拼成,面积是多少? => 720(平方米)""")]},
    {"name": "decimal-times", "title": "小数乘法", "title_en": "Multiplying decimals", "subject": "14", "grade": 5, "chapter": "maths-5a-1-2", "meta": "数学 五年级上册  第一单元",
     "parts": [("一、小数乘整数", "sums", _sums(8, _decimal_times)), ("二、小数乘小数", "sums", _sums(8, _decimal_both))]},
    {"name": "decimal-divide", "title": "小数除法", "title_en": "Dividing decimals", "subject": "14", "grade": 5, "chapter": "maths-5a-3-1", "meta": "数学 五年级上册  第三单元",
     "parts": [("一、直接计算", "sums", _sums(12, _decimal_divide)), ("二、解决问题", "work", """6 瓶水共 10.8 元,每瓶多少元? => 1.8 元
一根 7.2 米长的竹竿,每 0.9 米锯一段,要锯几次? => 7 次""")]},
    {"name": "equation", "title": "解方程", "title_en": "Simple equations", "subject": "14", "grade": 5, "chapter": "maths-5a-5-4", "meta": "数学 五年级上册  第五单元",
     "parts": [("一、解方程", "sums", _sums(12, _equation)), ("二、列方程解决问题", "work", """某数的 4 倍加 7 是 39,求这个数。=> 4x+7=39,x=8
两筐鱼共 54 千克,第一筐是第二筐的 2 倍,各多少千克? => 36 千克和 18 千克""")]},
    {"name": "multi-digit", "title": "多位数乘一位数", "title_en": "Multiplying by one digit", "subject": "14", "grade": 3, "chapter": "maths-3a-5-2", "meta": "数学 三年级上册",
     "parts": [("竖式计算", "sums", _sums(16, _two_digits))]},
    {"name": "signed-numbers", "title": "有理数的加减法", "title_en": "Adding signed numbers", "subject": "14", "grade": 7, "chapter": "maths-7a-1-4", "meta": "数学 七年级上册",
     "parts": [("一、计算", "sums", _sums(14, _signed)), ("二、应用", "work", """湖水位上周上升 12 厘米,本周又下降 17 厘米,两周一共变化多少? => −5 厘米,即下降 5 厘米
早晨气温 −2 ℃,中午升高 9 ℃,夜里又降低 11 ℃,夜里是多少? => −4 ℃""")]},
    {"name": "english-words", "title": "Food and Drink", "title_en": "Food and drink", "subject": "41", "grade": 5, "chapter": "english-5a-3-1", "meta": "英语 五年级上册",
     "parts": [("一、Read and fill: some / any / a", "", """I'd like ____ noodles, please. => some
Is there ____ milk in the glass? => any
She has ____ egg and ____ apple. (a / an) => an；an"""), ("二、Put the words in order", "work", """like / would / what / you / eat / to => What would you like to eat?
favourite / my / is / fish / food => My favourite food is fish.
some / have / water / can / I => Can I have some water?"""), ("三、Write", "work", "Write five sentences about your lunch. => 答案不唯一")]},
    {"name": "matter-change", "title": "物质的变化和性质", "title_en": "Changes and properties of matter", "subject": "17", "grade": 9, "chapter": "chemistry-9a-1-1", "meta": "化学 九年级上册",
     "parts": [("一、判断是物理变化还是化学变化", "", """冰融化成水 => 物理变化
铁钉生锈 => 化学变化
木柴燃烧 => 化学变化
酒精挥发 => 物理变化
食物变质 => 化学变化"""), ("二、简答", "work", """怎样判断一个变化是不是化学变化? => 看有没有新物质生成
写出氧气的两条物理性质和一条化学性质。=> 无色无味气体,不易溶于水；能支持燃烧""")]},
    {"name": "relief-rivers", "title": "地形与河湖", "title_en": "Relief, rivers and lakes", "subject": "20", "grade": 8, "chapter": "geography-8a-2-3", "meta": "地理 八年级上册",
     "parts": [("一、填空", "", """我国地势西____东____,呈____级阶梯状分布。=> 高；低；三
流入洞庭湖的四条主要河流是____、____、____、____。=> 湘江、资江、沅江、澧水
湖泊湿地可以____洪水,被称为“天然____”。=> 调蓄；水库"""), ("二、读图与简答", "work", """在湿地示意图上标出湖水流入长江的方向。=> 由湖的东北部流入长江
退耕还湖对防洪有什么作用?请写两条。=> 增大蓄水面积；减轻下游压力(言之有理即可)""")]},
    {"name": "safety", "title": "平安出行", "title_en": "Safe travel", "subject": "E1", "grade": 3, "chapter": "morals-3a-2-2", "meta": "道德与法治 三年级上册",
     "parts": [("一、选一选", "", """过没有信号灯的路口,应当先看____再看____。(左/右) => 左；右
乘船要穿好____。=> 救生衣
未满____周岁不能骑自行车上路。=> 12"""), ("二、说一说", "work", """上学路上有哪些要当心的地方?画一张路线图并标出来。=> 答案不唯一
看到有人落水,应当怎样做? => 大声呼救、找大人、抛漂浮物,不下水施救""")]},
]
