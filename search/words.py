"""The words of a text, the same for both databases: found in the text, folded, and cut in two where no space parts
them.

What is stored are plain tokens with a space between them, so that neither database has words of its own to find.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from common.text import fold, marks
from search.letters import simplified

LONGEST = 32  # characters of a token
# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, Han; and Hangul, whose words grow endings.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc\U00020000-\U000323af"
)
_MARKS = marks()
_INSIDE = "\u00ad\u200b-\u200f\u2060\ufeff"  # invisible, and no end of a word
_POINTS = "\u00b7\u2027\u2219"  # of the Catalan l·l, and what people write for it
PIECE = re.compile(
    rf"(?P<run>[{UNSPACED}][{UNSPACED}{_MARKS}]*)"
    rf"|(?P<word>(?:(?![{UNSPACED}_])[\w{_MARKS}{_INSIDE}{_POINTS}]|(?<=[lL])\.(?=[lL]))+)"
)
_DOUBLE_L = re.compile(f"(?<=l)[.{_POINTS}](?=l)")
_PARTS = re.compile(rf"[^\W_](?:(?!_)[\w{_MARKS}])*")
# The same letter to who searches: alef with and without hamza, ya, ta marbuta.
_ARABIC = str.maketrans("أإآٱىةؤئیک", "ااااي" + "هوييك")


class Piece(NamedTuple):
    """A word of a text, or a run of letters without spaces (`is_run`), from `start` to `end`."""

    start: int
    end: int
    text: str
    is_run: bool


def pieces(text: str) -> Iterator[Piece]:
    """The words of a text with their places in it."""
    for match in PIECE.finditer(text):
        yield Piece(match.start(), match.end(), match[0], match.lastgroup == "run")


@lru_cache(maxsize=20_000)
def folded(word: str) -> tuple[str, ...]:
    """What a piece is searched by: mostly one word, without case, accents, width, l·l; none if nothing is left."""
    if word.isalnum() and word.isascii():
        return (word.lower()[:LONGEST],)
    plain = fold(_DOUBLE_L.sub("", unicodedata.normalize("NFKC", word).lower())).translate(_ARABIC)
    plain = simplified(plain)
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain)
    # Folding may bring signs and capitals to light (½, Cherokee): they are folded as often as it takes.
    return tuple(part.lower()[:LONGEST] for part in _PARTS.findall(digits))


def pairs(run: str) -> tuple[str, ...]:
    """The pairs of neighbours in a run, by which a part of it is found: 智慧城市 -> 智慧, 慧城, 城市."""
    return tuple(run[at : at + 2] for at in range(len(run) - 1)) or (run,)


def tokens(text: str) -> Iterator[str]:
    """The tokens of a text in their order. A run ends with its last letter alone, so that each begins a token."""
    for piece in pieces(text):
        for part in folded(piece.text):
            if piece.is_run:
                yield from pairs(part)
                if len(part) > 1:
                    yield part[-1]
            else:
                yield part
