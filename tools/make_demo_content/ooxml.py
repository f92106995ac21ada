"""Minimal Office Open XML writers: a document, a workbook, a slide show. Standard library only."""
from xml.sax.saxutils import escape

from common import zip_bytes

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006/relationships"
_APP = "application/vnd.openxmlformats-officedocument."
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _types(parts):
    rows = "".join(f'<Override PartName="{name}" ContentType="{_APP}{kind}+xml"/>' for name, kind in parts)
    return (_XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            + rows.replace(_APP + "theme+xml", _APP + "theme+xml") + "</Types>")


def _relations(rows):
    body = "".join(f'<Relationship Id="rId{i}" Type="{_REL}/{kind}" Target="{where}"/>' for i, (kind, where) in enumerate(rows, 1))
    return _XML + f'<Relationships xmlns="{_PKG}">{body}</Relationships>'


def docx(path, title, blocks):
    """Blocks: a string is a paragraph, '# …' a heading, a list of rows a table."""
    body = _paragraph(title, 40, True, "center") + "".join(_block(b) for b in blocks)
    document = (_XML + f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
                '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>')
    zip_bytes(path, [("[Content_Types].xml", _types([("/word/document.xml", "wordprocessingml.document.main")])),
                     ("_rels/.rels", _relations([("officeDocument", "word/document.xml")])), ("word/document.xml", document)])


def _block(block):
    if isinstance(block, list):
        rows = "".join("<w:tr>" + "".join(f'<w:tc><w:tcPr><w:tcW w:w="{9600 // len(row)}" w:type="dxa"/></w:tcPr>{_paragraph(c)}</w:tc>' for c in row) + "</w:tr>" for row in block)
        edges = "".join(f'<w:{e} w:val="single" w:sz="6" w:color="8A97A6"/>' for e in ("top", "left", "bottom", "right", "insideH", "insideV"))
        widths = "".join(f'<w:gridCol w:w="{9600 // len(block[0])}"/>' for _ in block[0])
        return f'<w:tbl><w:tblPr><w:tblW w:w="9600" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{widths}</w:tblGrid>{rows}</w:tbl>' + _paragraph("")
    return _paragraph(block[2:], 28, True) if block.startswith("# ") else _paragraph(block)


def _paragraph(words, half_points=22, bold=False, align="left"):
    return (f'<w:p><w:pPr><w:spacing w:after="100" w:line="340" w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="Microsoft YaHei"/>{"<w:b/>" if bold else ""}'
            f'<w:sz w:val="{half_points}"/></w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>')


def xlsx(path, sheet, rows, widths):
    """One sheet; numbers stay numbers, '=…' is a formula."""
    cells = "".join(f'<row r="{r}">' + "".join(_cell(r, c, v) for c, v in enumerate(row)) + "</row>" for r, row in enumerate(rows, 1))
    columns = "".join(f'<col min="{i}" max="{i}" width="{w}" customWidth="1"/>' for i, w in enumerate(widths, 1))
    data = _XML + f'<worksheet xmlns="{_S}"><cols>{columns}</cols><sheetData>{cells}</sheetData></worksheet>'
    book = _XML + f'<workbook xmlns="{_S}" xmlns:r="{_REL}"><sheets><sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>'
    zip_bytes(path, [("[Content_Types].xml", _types([("/xl/workbook.xml", "spreadsheetml.sheet.main"), ("/xl/worksheets/sheet1.xml", "spreadsheetml.worksheet")])),
                     ("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])), ("xl/workbook.xml", book),
                     ("xl/_rels/workbook.xml.rels", _relations([("worksheet", "worksheets/sheet1.xml")])), ("xl/worksheets/sheet1.xml", data)])


def _cell(row, column, value):
    ref = f"{chr(65 + column)}{row}"
    if isinstance(value, (int, float)):
        return f'<c r="{ref}"><v>{value}</v></c>'
    if value.startswith("="):
        return f'<c r="{ref}"><f>{escape(value[1:])}</f></c>'
    return f'<c r="{ref}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


_TREE = ('<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>')
_SPACE = f'xmlns:a="{_A}" xmlns:r="{_REL}" xmlns:p="{_P}"'


def _box(number, kind, y, height, size, lines, bold):
    text = "".join(f'<a:p><a:r><a:rPr lang="zh-CN" sz="{size}" b="{int(bold)}"/><a:t>{escape(t)}</a:t></a:r></a:p>' for t in lines)
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{kind}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="700000" y="{y}"/>'
            f'<a:ext cx="10800000" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr wrap="square"/><a:lstStyle/>{text}</p:txBody></p:sp>')


def _theme():
    colours = "".join(f"<a:{n}><a:srgbClr val=\"{v}\"/></a:{n}>" for n, v in zip(
        "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split(),
        "1B2430 FFFFFF 0B4CC0 E7F0FD 1F6FEB C0362C 1A7F45 9A6200 5B6675 7D3CAE 0B4CC0 5B6675".split()))
    face = '<a:latin typeface="Arial"/><a:ea typeface="Microsoft YaHei"/><a:cs typeface=""/>'
    fill, edge = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>', '<a:ln><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>'
    return (_XML + f'<a:theme xmlns:a="{_A}" name="plain"><a:themeElements><a:clrScheme name="plain">{colours}</a:clrScheme><a:fontScheme name="plain"><a:majorFont>{face}</a:majorFont>'
            f'<a:minorFont>{face}</a:minorFont></a:fontScheme><a:fmtScheme name="plain"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{edge * 3}</a:lnStyleLst>'
            f'<a:effectStyleLst>{"<a:effectStyle><a:effectLst/></a:effectStyle>" * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>')


def pptx(path, slides):
    """Slides: (title, [lines])."""
    parts = [("/ppt/presentation.xml", "presentationml.presentation.main"), ("/ppt/slideMasters/slideMaster1.xml", "presentationml.slideMaster"),
             ("/ppt/slideLayouts/slideLayout1.xml", "presentationml.slideLayout"), ("/ppt/theme/theme1.xml", "theme")]
    parts += [(f"/ppt/slides/slide{i}.xml", "presentationml.slide") for i in range(1, len(slides) + 1)]
    ids = "".join(f'<p:sldId id="{255 + i}" r:id="rId{i + 1}"/>' for i in range(1, len(slides) + 1))
    show = _XML + (f'<p:presentation {_SPACE}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst>{ids}</p:sldIdLst>'
                   '<p:sldSz cx="12192000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>')
    names = "bg1 tx1 bg2 tx2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split()
    maps = " ".join(f'{n}="{v}"' for n, v in zip(names, "lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split()))
    empty = f"<p:cSld><p:spTree>{_TREE}</p:spTree></p:cSld>"
    master = _XML + f'<p:sldMaster {_SPACE}>{empty}<p:clrMap {maps}/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>'
    layout = _XML + f'<p:sldLayout {_SPACE} type="blank">{empty}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>'
    files = [("[Content_Types].xml", _types(parts)), ("_rels/.rels", _relations([("officeDocument", "ppt/presentation.xml")])), ("ppt/presentation.xml", show),
             ("ppt/_rels/presentation.xml.rels", _relations([("slideMaster", "slideMasters/slideMaster1.xml")] + [("slide", f"slides/slide{i}.xml") for i in range(1, len(slides) + 1)])),
             ("ppt/slideMasters/slideMaster1.xml", master), ("ppt/slideMasters/_rels/slideMaster1.xml.rels", _relations([("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")])),
             ("ppt/slideLayouts/slideLayout1.xml", layout), ("ppt/slideLayouts/_rels/slideLayout1.xml.rels", _relations([("slideMaster", "../slideMasters/slideMaster1.xml")])), ("ppt/theme/theme1.xml", _theme())]
    for i, (title, lines) in enumerate(slides, 1):
        tree = _TREE + _box(2, "title", 500000, 1100000, 4800, [title], True) + _box(3, "body", 1800000, 4400000, 3200, lines, False)
        files += [(f"ppt/slides/slide{i}.xml", _XML + f'<p:sld {_SPACE}><p:cSld><p:spTree>{tree}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>'),
                  (f"ppt/slides/_rels/slide{i}.xml.rels", _relations([("slideLayout", "../slideLayouts/slideLayout1.xml")]))]
    zip_bytes(path, files)
