"""TTML, and what broadcasters make of it (IMSC, EBU-TT-D, DFXP): the lines of a file, read by ttconv."""

import logging
from collections.abc import Iterator
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import ElementTree

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from ttconv import model  # type: ignore[import-untyped]
from ttconv.imsc.reader import to_model  # type: ignore[import-untyped]

MOST_ELEMENTS = 60_000
# It tells the log of each attribute that it cannot read: whoever sends a file could fill the disk.
logging.getLogger("ttconv").setLevel(logging.CRITICAL + 1)


class Unreadable(ValueError):
    """It is no TTML that can be read."""


def lines(content: bytes) -> list[tuple[float, str]]:
    """The lines of a file in order, with their beginning in seconds. Raises Unreadable."""
    if content.count(b"<") > MOST_ELEMENTS:
        raise Unreadable
    try:
        document = to_model(ElementTree(fromstring(content, forbid_dtd=True)))
        body = document.get_body() if document else None
        found = list(_lines(body, Fraction())) if body else []
    except Exception as error:  # another's parser, and a file of whoever: it fails in many ways
        raise Unreadable from error
    return sorted(((float(begin), text) for begin, text in found), key=lambda line: line[0])


def _lines(element: Any, around: Fraction) -> Iterator[tuple[Fraction, str]]:
    """Times count from those of the element around."""
    begin = around + (element.get_begin() or 0)
    if not isinstance(element, model.P):
        for child in element:
            yield from _lines(child, begin)
    elif element.get_begin() is None and any(_begins(child) for child in element):
        for child in element:
            yield begin + (_begins(child) or 0), _text(child)
    else:
        yield begin, _text(element)


def _begins(element: Any) -> Fraction | None:
    begin: Fraction | None = element.get_begin() if isinstance(element, model.Span) else None
    return begin


def _text(element: Any) -> str:
    if isinstance(element, model.Text):
        return str(element.get_text())
    return " " if isinstance(element, model.Br) else "".join(_text(child) for child in element)
