"""Slide decks as HTML: (attributes, body) for each page of 1920×1080."""
from figures import double_triangle, grid_cut, heap_of_parallelograms, parallelogram, water_cycle

_BLANK = '<span class="answer">{}</span>'


def _answer(words):
    return _BLANK.format(words)


PARALLELOGRAM = {
    "name": "parallelogram-slides", "title": "平行四边形的面积", "title_en": "Area of a parallelogram (slides)",
    "subject": "14", "grade": 5, "chapter": "maths-5a-6-1", "cover": 3,
    "pages": [
        (' class="cover"', '<h1>平行四边形的面积</h1><p>数学 五年级上册 · 第六单元 第 1 课时</p>'),
        ("", '<h2>哪块菜地大?</h2><div class="two">' + heap_of_parallelograms()
         + '<div><p>左边是长方形,长 6 米,宽 4 米。</p><p>右边是平行四边形,底 6 米,高 4 米。</p>'
           '<p class="big blue">先猜,再想办法验证。</p></div></div>'),
        ("", '<h2>先数一数</h2><div class="two">' + parallelogram(8, 5, 3, grid=True)
         + '<div><p>1 格表示 1 平方厘米。</p><p>不满一格的,怎么数?</p><p>' + _answer("把左边移到右边,凑成整格") + "</p></div></div>"),
        ("", '<h2 class="center">剪下三角形,平移到右边</h2>' + grid_cut(8, 5, 3)),
        ("", "<h2>变了没有?</h2><table><tr><th></th><th>剪拼前</th><th>剪拼后</th><th>变化</th></tr>"
             "<tr><td>形状</td><td>平行四边形</td><td>长方形</td><td>" + _answer("变了") + "</td></tr>"
             "<tr><td>面积</td><td>?</td><td>长 × 宽</td><td>" + _answer("没有变") + "</td></tr>"
             "<tr><td>底 → 长</td><td>8 厘米</td><td>8 厘米</td><td>" + _answer("相等") + "</td></tr>"
             "<tr><td>高 → 宽</td><td>5 厘米</td><td>5 厘米</td><td>" + _answer("相等") + "</td></tr></table>"),
        ("", '<h2>得到公式</h2><p class="center">长方形的面积 = 长 × 宽</p><p class="center">↓  ↓  ↓</p>'
             '<p class="center big blue">平行四边形的面积 = 底 × 高</p>'
             '<p class="center">' + _answer('用字母表示:<span class="big">S = a h</span>') + "</p>"),
        ("", '<h2>底和高要“配对”</h2><div class="two">' + parallelogram(8, 5, 3, wrong=True)
         + '<div><p>斜边长 6 厘米左右,能用 8 × 6 吗?</p><p>' + _answer("不能。斜边不是高。")
         + "</p><p>" + _answer("高要和底互相垂直。") + "</p></div></div>"),
        ("", '<h2>例题</h2><p>一块平行四边形花坛,底 6 米,高 4 米。它的面积是多少?</p><p class="big">' + _answer("S = a h")
         + '</p><p class="big">' + _answer("= 6 × 4") + '</p><p class="big">' + _answer("= 24(平方米)") + "</p>"),
        ("", '<h2>练一练</h2><table><tr><th>底</th><th>高</th><th>面积</th></tr>'
             "<tr><td>12 厘米</td><td>7 厘米</td><td>" + _answer("84 平方厘米") + "</td></tr>"
             "<tr><td>2.5 米</td><td>4 米</td><td>" + _answer("10 平方米") + "</td></tr>"
             "<tr><td>9 分米</td><td>" + _answer("6 分米") + "</td><td>54 平方分米</td></tr></table>"),
        ("", '<h2>拉一拉</h2><p>把长 10 厘米、宽 6 厘米的长方形木框拉成平行四边形。</p>'
             "<p>周长 " + _answer("不变,还是 32 厘米") + "</p><p>高 " + _answer("变矮了") + "</p><p>面积 " + _answer("变小了") + "</p>"),
        ("", '<h2>想一想</h2><p>两条平行线之间,同一条底边上的三个平行四边形,哪个面积大?</p><p class="big">'
         + _answer("同底等高,面积相等。") + "</p>"),
        ("", '<h2>今天的收获</h2><ol><li>剪 — 移 — 拼,把新图形变成学过的图形。</li><li>平行四边形的面积 = 底 × 高。</li>'
             '<li>底和高要互相垂直。</li></ol><p class="big blue center">三角形能不能也这样想?</p>'),
    ],
}
TRIANGLE = {
    "name": "triangle-slides", "title": "三角形的面积", "title_en": "Area of a triangle (slides)",
    "subject": "14", "grade": 5, "chapter": "maths-5a-6-3", "cover": 2,
    "pages": [
        (' class="cover"', "<h1>三角形的面积</h1><p>数学 五年级上册 · 第六单元 第 3 课时</p>"),
        ("", "<h2>想一想</h2><p>平行四边形是怎样变成长方形的?</p><p>" + _answer("沿高剪开,平移。")
         + '</p><p>三角形能不能变成学过的图形?</p>'),
        ("", '<h2 class="center">两个一样的三角形拼一拼</h2>' + double_triangle()),
        ("", '<h2>得到公式</h2><p class="center">平行四边形的面积 = 底 × 高</p>'
             '<p class="center big blue">三角形的面积 = 底 × 高 ÷ 2</p><p class="center big">' + _answer("S = a h ÷ 2") + "</p>"),
        ("", '<h2>例题</h2><p>一条红领巾的底是 100 厘米,高是 33 厘米。</p><p class="big">' + _answer("100 × 33 ÷ 2 = 1650(平方厘米)") + "</p>"),
        ("", "<h2>小结</h2><ol><li>两个完全一样的三角形,能拼成一个平行四边形。</li><li>别忘了除以 2。</li></ol>"),
    ],
}
WATER = {
    "name": "water-cycle-slides", "title": "水的循环", "title_en": "The water cycle (slides)",
    "subject": "15", "grade": 5, "chapter": "science-5a-5-2", "cover": 1,
    "pages": [
        (' class="cover"', "<h1>水的循环</h1><p>科学 五年级上册</p>"),
        ("", '<h2 class="center">一滴水的旅行</h2>' + water_cycle(1680, 760)),
        ("", "<h2>三个环节</h2><ol><li>蒸发:湖水变成看不见的水蒸气。</li><li>凝结:水蒸气遇冷变成小水滴,成为云。</li>"
             "<li>降水:水滴变大,落回地面。</li></ol>"),
        ("", "<h2>做个小实验</h2><ol><li>透明盒里放少量热水,盖上保鲜膜。</li><li>膜上放几块冰。</li><li>五分钟后看膜的内侧。</li></ol>"
             "<p>" + _answer("内侧有小水滴:水蒸气凝结了。") + "</p>"),
        ("", '<h2>湿地有什么用?</h2><ul><li>雨多时蓄水,雨少时补水。</li><li>芦苇等植物能净化水。</li><li>候鸟在这里过冬。</li></ul>'),
    ],
}
def _deck(name, title, title_en, subject, grade, chapter, under, pages):
    """A short deck: a cover, then pages of a heading and what stands under it."""
    cover = (' class="cover"', f"<h1>{title}</h1><p>{under}</p>")
    return {"name": name, "title": title, "title_en": title_en, "subject": subject, "grade": grade, "chapter": chapter,
            "cover": 1, "pages": [cover] + [("", f"<h2>{head}</h2>{body}") for head, body in pages]}


def _list(*lines):
    return "<ol>" + "".join(f"<li>{line}</li>" for line in lines) + "</ol>"


def _table(*rows):
    return "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"


SHORT = [
    _deck("jiangnan-slides", "江南", "South of the river (slides)", "13", 1, "chinese-1a-3-3", "语文 一年级上册 · 汉乐府", [
        ("读一读", '<p class="big center">江南可采莲,莲叶何田田。</p><p class="big center">鱼戏莲叶间。</p>'),
        ("谁在哪里玩?", _list("鱼戏莲叶东", "鱼戏莲叶西", "鱼戏莲叶南", "鱼戏莲叶北")),
        ("指一指", "<p>面向太阳升起的地方站好。</p>" + _table(("前", _answer("东")), ("后", _answer("西")), ("左", _answer("北")), ("右", _answer("南")))),
        ("写一写", '<p class="big center">可 东 西 鱼</p><p>先看笔顺,再在田字格里写。</p>'),
    ]),
    _deck("wetland-day-slides", "湖边的一天", "A day by the lake (slides)", "13", 3, "chinese-3a-6-2", "语文 三年级上册 · 写景", [
        ("按时间说", _table(("清晨", "薄雾,渔船,苇叶上的露水"), ("中午", "水面发亮,白鹭站在浅水里"), ("傍晚", "晚霞,归航,炊烟"))),
        ("找一找", "<p>课文里用了哪些表示颜色的词?</p><p>" + _answer("乳白、碧绿、金红") + "</p>"),
        ("说一说", "<p>你家门口的一天里,什么时候最好看?</p><p>先说时间,再说看到、听到、闻到的。</p>"),
        ("写一写", _list("用两三个时间词连起来", "每个时间写一样最有意思的事物", "读给同桌听,改一处")),
    ]),
    _deck("colours-slides", "What colour is it?", "What colour is it? (slides)", "41", 3, "english-3a-2-2", "English · Grade 3", [
        ("Look and say", _table(("red", "红"), ("green", "绿"), ("blue", "蓝"), ("yellow", "黄"))),
        ("Ask and answer", "<p>What colour is it?</p><p>" + _answer("It is green. It is a frog.") + "</p>"),
        ("Listen and do", _list("Show me something red.", "Touch something blue.", "Stand up if you wear white.")),
        ("Homework", "<p>Draw a boat on the lake and say its colours to your family.</p>"),
    ]),
    _deck("directions-slides", "Asking the way", "Asking the way (slides)", "41", 6, "english-6a-1-2", "English · Grade 6", [
        ("Key words", _table(("turn left", "左转"), ("turn right", "右转"), ("go straight", "直走"), ("next to", "在……旁边"))),
        ("Ask", "<p>Excuse me, where is the library?</p><p>" + _answer("Go straight and turn left at the bridge.") + "</p>"),
        ("Act it out", "<p>One is a visitor to the lake, one lives here. Change roles.</p>"),
        ("Write", "<p>Write three sentences: from the school gate to your classroom.</p>"),
    ]),
    _deck("c-major-slides", "C 大调音阶", "The scale of C major (slides)", "24", 5, "music-5a-2-1", "音乐 五年级上册", [
        ("唱一唱", '<p class="big center">do re mi fa sol la si do</p>'),
        ("全音和半音", _table(("mi — fa", _answer("半音")), ("si — do", _answer("半音")), ("其余相邻两音", _answer("全音")))),
        ("听一听", "<p>放录音:上行还是下行?举手回答。</p>"),
        ("编一编", "<p>用 do、mi、sol 编四小节,唱给大家听。</p>"),
    ]),
    _deck("circuits-slides", "串联和并联", "Series and parallel circuits (slides)", "16", 9, "physics-9a-3-3", "物理 九年级", [
        ("两种连法", _table(("串联", "逐个顺次连接,只有一条路"), ("并联", "并列连接,有分支"))),
        ("取下一个灯泡", _table(("串联", _answer("都不亮")), ("并联", _answer("另一个照样亮")))),
        ("家里的电灯", "<p>是串联还是并联?说出理由。</p><p>" + _answer("并联:各开各的,互不影响。") + "</p>"),
        ("画电路图", _list("先画电源和开关", "再画用电器", "检查每条路是不是通的")),
    ]),
    _deck("relief-slides", "地势三级阶梯", "Three steps of relief (slides)", "20", 8, "geography-8a-2-1", "地理 八年级上册", [
        ("西高东低", _table(("第一级", "青藏高原,平均 4000 米以上"), ("第二级", "高原和盆地,1000—2000 米"), ("第三级", "平原和丘陵,多在 500 米以下"))),
        ("我们在哪一级?", "<p>" + _answer("洞庭湖平原在第三级阶梯。") + "</p>"),
        ("有什么影响?", _list("大河向东流,沟通东西", "湿润的海风深入内陆", "阶梯交界处落差大,能发电")),
    ]),
    _deck("plant-slides", "植物的六大器官", "Six organs of a plant (slides)", "18", 7, "biology-7a-3-2", "生物 七年级上册", [
        ("六大器官", _table(("营养器官", "根、茎、叶"), ("生殖器官", "花、果实、种子"))),
        ("连一连", _table(("根", _answer("吸收水和无机盐")), ("茎", _answer("运输")), ("叶", _answer("制造有机物")))),
        ("餐桌上的器官", "<p>藕、萝卜、菠菜、花菜、黄瓜、花生,各吃的是哪个器官?</p><p>" + _answer("茎、根、叶、花、果实、种子") + "</p>"),
    ]),
    _deck("elements-slides", "元素符号", "Symbols of the elements (slides)", "17", 9, "chemistry-9a-3-3", "化学 九年级上册", [
        ("写法", "<p>一大二小:第一个字母大写,第二个小写。</p>" + _table(("氢 H", "氧 O", "碳 C"), ("钙 Ca", "铁 Fe", "铜 Cu"))),
        ("意义", _list("表示一种元素", "表示这种元素的一个原子")),
        ("看谁快", _table(("氮", _answer("N")), ("钠", _answer("Na")), ("氯", _answer("Cl")))),
    ]),
    _deck("silk-road-slides", "丝绸之路", "The Silk Road (slides)", "21", 7, "history-7a-3-3", "历史 七年级上册", [
        ("从哪里到哪里", "<p>长安 → 河西走廊 → 西域 → 中亚、西亚 → 欧洲</p>"),
        ("带去和带来", _table(("带去", "丝绸、漆器、开渠凿井的技术"), ("带来", "葡萄、核桃、石榴、苜蓿"))),
        ("张骞两次出使", _list("公元前 138 年,联络大月氏", "公元前 119 年,联络乌孙")),
        ("想一想", "<p>骆驼队为什么要在绿洲停下来?</p><p>" + _answer("补水、换货、避风沙。") + "</p>"),
    ]),
    _deck("colour-wheel-slides", "色环", "The colour wheel (slides)", "25", 3, "art-3a-1-1", "美术 三年级上册", [
        ("三原色", '<p class="big center">红 黄 蓝</p>'),
        ("三间色", _table(("红 + 黄", _answer("橙")), ("黄 + 蓝", _answer("绿")), ("红 + 蓝", _answer("紫")))),
        ("画一画", "<p>只用三种颜料,画一张秋天的湖。</p>"),
    ]),
    _deck("computer-slides", "计算机的组成", "What a computer is made of (slides)", "61", 3, "it-3a-1-1", "信息技术 三年级上册", [
        ("信息怎么走", '<p class="big center">输入 → 处理 → 输出</p>'),
        ("分一分", _table(("输入", _answer("键盘、鼠标、话筒")), ("处理", _answer("主机")), ("输出", _answer("显示器、音箱、打印机")))),
        ("开机和关机", _list("先开显示器,再开主机", "关机用菜单,不直接断电")),
    ]),
]
DECKS = [PARALLELOGRAM, TRIANGLE, WATER] + SHORT
