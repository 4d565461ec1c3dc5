"""Drawings of halls (SVG) that somebody sends: what is drawn is kept, what could do anything is not.

Only what is on the two lists below comes through; the tree is written anew from it. Numbers, paths and colours are
looked at by their form, so that no address, no script and no style is left in an attribute.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from django.utils.html import escape
from django.utils.translation import gettext as _

MOST_BYTES, MOST_ELEMENTS, DEEPEST, LARGEST = 300_000, 5000, 20, 1000  # the last: cells
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
TEXTS = {"text", "tspan"}
NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,2})?"
LENGTH = re.compile(rf"{NUMBER}(?:px|%)?")
NUMBERS = re.compile(r"[\s0-9eE,.+-]*")
PATH = re.compile(r"[\sMmLlHhVvCcSsQqTtAaZz0-9eE,.+-]*")
COLOUR = re.compile(r"none|currentColor|[a-zA-Z]{3,20}|#[0-9a-fA-F]{3,8}|rgba?\([\d\s,.%/]{1,40}\)")
STEP = rf"(?:matrix|translate|scale|rotate|skewX|skewY)\(\s*{NUMBER}(?:[\s,]+{NUMBER}){{0,5}}\s*\)"
TRANSFORM = re.compile(rf"\s*{STEP}(?:[\s,]*{STEP}){{0,7}}\s*")
WORD = re.compile(r"[a-z-]{1,20}")
LENGTHS = ["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height"]
LENGTHS += ["stroke-width", "font-size", "letter-spacing"]
FORMS: dict[str, re.Pattern[str]] = {
    **dict.fromkeys([*LENGTHS, "opacity", "fill-opacity", "stroke-opacity", "stroke-miterlimit"], LENGTH),
    **dict.fromkeys(["points", "stroke-dasharray"], NUMBERS),
    **dict.fromkeys(["fill", "stroke"], COLOUR),
    **dict.fromkeys(["fill-rule", "stroke-linecap", "stroke-linejoin", "text-anchor", "dominant-baseline"], WORD),
    "d": PATH,
    "transform": TRANSFORM,
    "font-weight": re.compile(r"normal|bold|[1-9]00"),
}


class NoDrawing(ValueError):
    """The file is no drawing that we take; the message says why, for the person who sent it."""


@dataclass
class Drawing:
    """What is inside of the svg element, and its size in cells."""

    svg: str
    width: int
    height: int


def cleaned(file: IO[bytes]) -> Drawing:
    """The drawing in a file. Raises NoDrawing."""
    raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise NoDrawing(_("The drawing is larger than 300 kB. Leave details out."))
    try:
        root = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise NoDrawing(_("This is no SVG that can be read.")) from error
    if root.tag not in (f"{SVG}svg", "svg"):
        raise NoDrawing(_("This is no SVG that can be read."))
    left, top, width, height = _box(root)
    _ask_size(root)
    inside = "".join(part for child in root for part in _drawn(child, 1))
    if not inside:
        raise NoDrawing(_("Nothing of this drawing can be shown."))
    moved = f'<g transform="translate({-left:g} {-top:g})">{inside}</g>' if left or top else inside
    return Drawing(moved, max(1, round(width)), max(1, round(height)))


def _box(root: Any) -> list[float]:
    sizes = root.get("viewBox", "").replace(",", " ").split()
    if len(sizes) != 4 or not all(re.fullmatch(NUMBER, size) for size in sizes):
        raise NoDrawing(_("The drawing needs a viewBox: one of its units is a cell of the hall."))
    box = [float(size) for size in sizes]
    if not (0 < box[2] <= LARGEST and 0 < box[3] <= LARGEST and abs(box[0]) <= LARGEST and abs(box[1]) <= LARGEST):
        raise NoDrawing(_("The viewBox of the drawing is larger than 1000 cells."))
    return box


def _ask_size(root: Any) -> None:
    level, count = [root], 0
    for _depth in range(DEEPEST + 2):
        count += len(level)
        level = [child for each in level for child in each]
        if not level:
            break
    if level or count > MOST_ELEMENTS:
        raise NoDrawing(_("The drawing has too many parts. Leave details out."))


def _drawn(element: Any, depth: int) -> Iterator[str]:
    """An element of the lists, written anew; what is not on them is left out with all that is in it."""
    tag = element.tag if isinstance(element.tag, str) else ""  # comments and instructions have none
    name = tag.removeprefix(SVG)
    if name not in SHAPES | TEXTS:
        return
    kept = "".join(f' {key}="{escape(value)}"' for key, value in element.attrib.items() if _is_kept(key, value))
    yield f"<{name}{kept}>"
    if name in TEXTS:
        yield escape(element.text or "")
    for child in element:
        yield from _drawn(child, depth + 1)
        if name in TEXTS:
            yield escape(child.tail or "")
    yield f"</{name}>"


def _is_kept(key: str, value: str) -> bool:
    form = FORMS.get(key)
    return form is not None and len(value) < 50_000 and form.fullmatch(value) is not None
