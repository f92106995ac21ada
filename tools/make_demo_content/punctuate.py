"""Full-width punctuation between Chinese characters, so that sources may be typed with a plain keyboard."""
import re

_HAN = "\u4e00-\u9fff”》）」"
_WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}


def wide(text):
    """The text with , : ; ? ! ( ) made full-width where they touch Chinese characters."""
    text = re.sub(rf"(?<=[{_HAN}])([,:;])(?=[{_HAN}“《（(\dA-Za-z<$])", lambda m: _WIDE[m[1]], text)
    text = re.sub(r"(?<=[\w}°])([,:;])(?=[\u4e00-\u9fff])", lambda m: _WIDE[m[1]], text)
    text = re.sub(rf"(?<=[{_HAN}])([?!])", lambda m: _WIDE[m[1]], text)
    text = re.sub(r"\((?=[\u4e00-\u9fff])", "（", text)
    return re.sub(r"(?<=[\u4e00-\u9fff。])\)", "）", text)


def wide_all(value):
    """The same for every string inside lists and dictionaries."""
    if isinstance(value, str):
        return wide(value)
    if isinstance(value, dict):
        return {k: wide_all(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(wide_all(v) for v in value)
    return value
