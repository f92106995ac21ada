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
DECKS = [PARALLELOGRAM, TRIANGLE, WATER]
