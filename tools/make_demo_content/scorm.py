"""The three SCORM examples lie in demo/content/scorm as they came; here they are only described."""
from common import entry, run, target, thumb_path

_ROWS = [("golf-scorm12-single", "高尔夫入门(SCORM 1.2 单课件)", "Golf explained, SCORM 1.2, one SCO"),
         ("golf-scorm12-calls", "高尔夫入门(SCORM 1.2 多课件)", "Golf explained, SCORM 1.2, many SCOs"),
         ("golf-scorm2004", "高尔夫入门(SCORM 2004 第三版)", "Golf explained, SCORM 2004 3rd edition")]


def make(_browser):
    """Records and thumbnails."""
    for name, title, title_en in _ROWS:
        path = f"scorm/{name}.zip"
        run("convert", "-size", "320x180", "xc:#e3f5ea", "-fill", "#1a7f45", "-font", "DejaVu-Sans-Bold", "-gravity", "center", "-pointsize", 44,
            "-annotate", "+0-14", "SCORM", "-pointsize", 24, "-annotate", "+0+34", "2004" if "2004" in name else "1.2", "-quality", 70, f"webp:{target(thumb_path(path))}")
        entry(path, title, title_en, "scorm", "22", (5, 9), None, licence="CC-BY-3.0", source="scorm.com golf examples",
              attribution="Golf examples by Rustici Software, LLC (scorm.com), CC BY 3.0; some golf text from Wikipedia, named inside the package")
