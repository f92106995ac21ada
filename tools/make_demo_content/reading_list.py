"""Poem sheets (the poems come from the collection) and reading sheets (our own texts)."""

POEMS = [
    {"name": "shuidiaogetou", "author": "苏轼", "first": "明月几时有", "title_en": "Poem sheet: Prelude to Water Melody", "grade": 9, "chapter": "chinese-9a-3-3",
     "words": "天阙：天上的宫殿\n不胜：经受不住\n婵娟：这里指明月", "questions": "词中哪几句写人间常有的不圆满?\n“但愿人长久”表达了怎样的心愿?"},
    {"name": "dingfengbo", "author": "苏轼", "first": "莫听穿林打叶声", "title_en": "Poem sheet: Calming the Wind and Waves", "grade": 8, "chapter": None,
     "words": "吟啸：吟咏长啸\n蓑：用草或棕做的雨披", "questions": "下雨时词人和同伴的样子有什么不同?\n“也无风雨也无晴”可以怎样理解?"},
    {"name": "huanxisha", "author": "晏殊", "first": "一曲新词酒一杯", "title_en": "Poem sheet: Silk-Washing Stream", "grade": 8, "chapter": None,
     "words": "亭台：园中的亭子和台子\n香径：落花满地的小路", "questions": "找出对仗工整的一联,读出节奏。\n词里写了哪些“变”与“不变”?"},
    {"name": "bosuanzi", "author": "陆游", "first": "驿外断桥边", "title_en": "Poem sheet: Song of Divination (plum)", "grade": 9, "chapter": None,
     "words": "驿：古代的驿站\n著：附着,这里指遭遇", "questions": "梅花开在什么样的环境里?\n词人借梅花说自己怎样的志向?"},
    {"name": "pusaman", "author": "辛弃疾", "first": "郁孤台下清江水", "title_en": "Poem sheet: Buddhist Dancers", "grade": 9, "chapter": None,
     "words": "郁孤台：台名,在江西\n愁予：使我发愁", "questions": "词里的“水”“山”各寄托了什么?\n“毕竟江流去”(一作“东流去”)读来是怎样的语气?"},
    {"name": "sumuzhe", "author": "范仲淹", "first": "碧云天", "title_en": "Poem sheet: Screened by Southern Curtain", "grade": 9, "chapter": "chinese-9a-3-1",
     "words": "黯：心情低落的样子\n追：缠住不放", "questions": "上片从天上写到地上,画一画顺序。\n词人为什么说“明月楼高休独倚”?"},
]

READINGS = [
    {"name": "wetland", "title": "湖边的一天", "title_en": "A day by the lake", "meta": "语文 三年级  短文阅读", "subject": "13", "grade": 3, "chapter": "chinese-3a-6-2",
     "text": """天刚亮,湖面上飘着一层薄薄的雾。芦苇从雾里伸出头来,像在等太阳。
太阳升高了,雾散开,湖水一闪一闪。两只白鹭站在浅水里,半天不动,忽然低头一啄,一条小鱼就进了嘴。
中午,风从南边来,芦苇一齐弯腰,沙沙地响。爷爷说,这是湖在说话。
傍晚,渔船回来了。船头的灯一盏一盏亮起来,和天上的星星连成了一片。""",
     "questions": "短文按什么顺序写?找出表示时间的词。\n“这是湖在说话”是把什么当成说话的声音?\n照样子写一句:风一吹,____一齐____。"},
    {"name": "rice", "title": "一粒米的路", "title_en": "The way of a grain of rice", "meta": "语文 五年级  说明文阅读", "subject": "13", "grade": 5, "chapter": "chinese-5a-5-3",
     "text": """饭碗里的一粒米,要走很长的路。
春天,种子在秧田里发芽,长到一拃高,就被移到水田里,这叫插秧。每一株之间大约隔二十厘米,太密了见不到光,太稀了浪费田。
夏天,水稻分蘖、拔节、抽穗。农民根据叶色和水深来管水管肥。
秋天,稻穗变黄弯腰。收割机开过,谷粒和稻秆分开。谷子晒干、去壳,才成了米。
从播种到收割,一般要四个月左右。知道了这些,就更明白“粒粒皆辛苦”的意思。""",
     "questions": "用时间顺序列出一粒米要经过的环节。\n文中哪一句用了列数字的方法?有什么好处?\n请你介绍一种家乡的农产品,不少于80字。"},
    {"name": "wind", "title": "风从哪里来", "title_en": "Where does wind come from", "meta": "科学 三年级  资料阅读", "subject": "15", "grade": 3, "chapter": "science-3a-2-4",
     "text": """空气看不见,可是它占据空间,也有重量。
太阳把地面晒热,贴近地面的空气也跟着变热。热空气变轻,往上升;旁边较冷的空气流过来补上它的位置。空气这样流动起来,就成了风。
白天,陆地比湖面热得快,风常从湖面吹向岸边;晚上,陆地冷得快,风又常从岸边吹向湖面。""",
     "questions": "空气受热以后会怎样?\n在图上用箭头画出白天湖边的风向。\n在家里找一找,哪里能感觉到空气的流动?"},
    {"name": "my-school", "title": "My School by the Lake", "title_en": "My school by the lake", "meta": "英语 六年级  Reading", "subject": "41", "grade": 6, "chapter": "english-6a-1-1",
     "text": """My school is near a big lake. There are eighteen classrooms, a library and a music room in it.
In the morning I go to school on foot. My friend Li comes by bus. She lives on the other side of the lake.
We have six classes a day. I like science best. Last week we tested the water of the lake. It was clean!
After school we often play table tennis. In autumn many birds come to the lake. We watch them, but we do not go too near.""",
     "questions": "How does the writer go to school?\nWhat is the writer's favourite subject?\nTrue or false: Li goes to school on foot.\nWrite three sentences about your school."},
    {"name": "silk-road", "title": "骆驼队的货物", "title_en": "What the caravans carried", "meta": "历史 七年级  材料阅读", "subject": "21", "grade": 7, "chapter": "history-7a-3-3",
     "text": """西汉时,从长安向西有一条商路,后来人们称它为丝绸之路。
商队带去丝绸、漆器和铁器,带回葡萄、核桃、石榴、良马和毛织品。路很长,货物常常经过许多人的手,一站一站地往前传。
除了货物,技术和艺术也在路上传播。造纸术向西传,乐器和舞蹈向东来。""",
     "questions": "列表写出“带去”和“带回”的物品各三种。\n为什么说货物是“一站一站”传的?\n除了物品,丝绸之路还传播了什么?"},
]
