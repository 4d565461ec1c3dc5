"""The fonts of this machine that files are drawn with: Noto's, which draw nearly all scripts between them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from common.text import script

# The first that draws a letter does: the last has Latin, Greek and Cyrillic too, for machines that have no other.
NAMES = (
    "NotoSans-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansGeorgian-Regular.ttf",
    "NotoSansArmenian-Regular.ttf",
    "NotoSansEthiopic-Regular.ttf",
    "NotoSansCJK-Regular.ttc",
)
SIMPLIFIED = 2  # which of a collection's faces draws Han letters as in mainland China


class Font(NamedTuple):
    """A font file, which of its faces, and the codes of all letters that it draws."""

    name: str
    path: Path
    face: int
    letters: frozenset[int]


@lru_cache(maxsize=1)
def installed() -> tuple[Font, ...]:
    """Those of NAMES that this machine has, in their order."""
    return tuple(_found(Path(settings.FONTS)))


def _found(folder: Path) -> Iterator[Font]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # only here: it takes a while to load

    files = {path.name: path for path in folder.rglob("Noto*") if path.name in NAMES}
    for name in NAMES:
        if path := files.get(name):
            face = SIMPLIFIED if path.suffix == ".ttc" else 0
            with TTFont(path, lazy=True, fontNumber=face) as font:
                yield Font(path.stem, path, face, frozenset(font.getBestCmap()))


def needed(texts: Iterable[str]) -> list[Font]:
    """The fonts that draw these texts, the first for each letter; at least one where any is installed."""
    codes = {ord(char) for text in texts for char in text}
    used: list[Font] = []
    for font in installed():
        if not used or not codes.isdisjoint(font.letters):
            used.append(font)
            codes -= font.letters
    return used


def joins(text: str) -> bool:
    """Whether letters change by their neighbours or run from the right: Latin, Greek, Cyrillic, Han do not."""
    return any("\u0590" <= char < "\u2000" for char in text)


def undrawn(texts: Iterable[str]) -> list[str]:
    """The scripts of letters that no font here draws, as their Unicode names begin ("TAMIL")."""
    letters = {char for text in texts for char in text if char.isprintable() and not char.isspace()}
    drawn = frozenset[int]().union(*(font.letters for font in installed()))
    return sorted({script(char) or "?" for char in letters if ord(char) not in drawn})
