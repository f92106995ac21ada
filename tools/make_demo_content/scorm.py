"""Course packages: pages of the interactive packages bound with a SCORM manifest. Every page is an asset, which by the
standard asks for no runtime: it opens in any browser."""
import io
import zipfile
from xml.sax.saxutils import escape

from common import OUT, entry, run, target, thumb_path, zip_bytes

_COURSES = [
    ("polygon-areas-scorm12", "1.2", "多边形的面积 课程包", "Areas of polygons, course package", "14", 5,
     [("parallelogram-cut-move", "剪一剪，移一移"), ("parallelogram-frame", "拉一拉：周长和面积"),
      ("triangle-doubling", "两个三角形拼一拼"), ("trapezium-doubling", "两个梯形拼一拼")]),
    ("decimals-scorm12", "1.2", "小数 课程包", "Decimals, course package", "14", 5,
     [("number-line-decimals", "数轴上的小数"), ("decimal-drill", "小数乘整数口算"), ("fraction-compare", "比一比分数的大小")]),
    ("pinyin-strokes-scorm2004", "2004", "拼音和笔顺 课程包", "Pinyin and stroke order, course package", "13", 1,
     [("pinyin-cards", "拼音卡片"), ("stroke-order-1", "笔顺：大 木 水 天"), ("stroke-order-2", "笔顺：土 山 田 禾")]),
]

_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="santong.{name}" version="1.0" xmlns="{content}" xmlns:adlcp="{adl}">
 <metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
 <organizations default="course">
  <organization identifier="course"><title>{title}</title>
{items}
  </organization>
 </organizations>
 <resources>
{resources}
 </resources>
</manifest>
"""
_SPACES = {"1.2": ("http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2", "scormtype"),
           "2004": ("http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.adlnet.org/xsd/adlcp_v1p3", "scormType")}

_INDEX = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="course.css">
</head>
<body>
<nav>
<h1>{title}</h1>
<ol>
{links}
</ol>
</nav>
<iframe name="page" title="{first}" src="{start}/index.html"></iframe>
</body>
</html>
"""
_STYLE = """html, body { height: 100%; margin: 0; }
body { display: grid; grid-template-columns: 240px 1fr; font: 18px/1.5 "Noto Sans SC", "Microsoft YaHei", sans-serif; color: #1d2733; }
nav { padding: 16px; background: #eef3fb; overflow: auto; }
h1 { margin: 0 0 12px; font-size: 20px; }
ol { margin: 0; padding-left: 24px; }
a { display: block; padding: 8px 0; color: #0b4fb3; }
iframe { width: 100%; height: 100%; border: 0; }
@media (max-width: 720px) { body { grid-template-columns: 1fr; grid-template-rows: auto 1fr; } }
"""


def _pages(lesson):
    """The files of an interactive package."""
    with zipfile.ZipFile(io.BytesIO((OUT / f"html/{lesson}.zip").read_bytes())) as archive:
        return [(f"{lesson}/{name}", archive.read(name)) for name in archive.namelist()]


def _manifest(name, version, title, lessons, members):
    content, adl, attribute = _SPACES[version]

    def resource(key, start, names):
        files = "".join(f'<file href="{one}"/>' for one in names)
        return f'  <resource identifier="r-{key}" type="webcontent" adlcp:{attribute}="asset" href="{start}">{files}</resource>'

    items = ['   <item identifier="i-start" identifierref="r-start"><title>目录</title></item>']
    items += [f'   <item identifier="i-{key}" identifierref="r-{key}"><title>{escape(words)}</title></item>' for key, words in lessons]
    resources = [resource("start", "index.html", ["index.html", "course.css"])]
    resources += [resource(key, f"{key}/index.html", [one for one, _ in members if one.startswith(f"{key}/")]) for key, _ in lessons]
    return _MANIFEST.format(name=name, content=content, adl=adl, title=escape(title), items="\n".join(items), resources="\n".join(resources),
                            version="1.2" if version == "1.2" else "2004 3rd Edition")


def make(_browser):
    """Packages, records and thumbnails."""
    for name, version, title, title_en, subject, grade, lessons in _COURSES:
        pages = [page for key, _ in lessons for page in _pages(key)]
        links = "\n".join(f'<li><a href="{key}/index.html" target="page">{escape(words)}</a></li>' for key, words in lessons)
        index = _INDEX.format(title=escape(title), links=links, first=escape(lessons[0][1]), start=lessons[0][0])
        path = f"scorm/{name}.zip"
        zip_bytes(path, [("imsmanifest.xml", _manifest(name, version, title, lessons, pages)), ("index.html", index), ("course.css", _STYLE), *pages])
        run("convert", "-size", "320x180", "xc:#e3f5ea", "-fill", "#1a7f45", "-font", "DejaVu-Sans-Bold", "-gravity", "center", "-pointsize", 44,
            "-annotate", "+0-14", "SCORM", "-pointsize", 24, "-annotate", "+0+34", version, "-quality", 70, f"webp:{target(thumb_path(path))}")
        entry(path, title, title_en, "scorm", subject, grade, None)
