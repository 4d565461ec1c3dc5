"""How what a caption writer sends becomes lines. Pure: text in, text out."""

import re
from typing import NamedTuple

BACKSPACE = "\b"
LONGEST, LONG_ENOUGH = 160, 60  # signs after which a line ends at a word, and after which it ends with a sentence
SENTENCE = re.compile(r"[.?!…。！？؟][\"'”’»)]*(?=\s)|[。！？]")
BREAK = re.compile(r"\r\n|\r|\n")
UNSEEN = re.compile(r"[\x00-\x07\x0b-\x0c\x0e-\x1f\x7f]")


class Typed(NamedTuple):
    """`lines` are finished, `pending` is not; `back` signs are taken from the line that was finished before."""

    lines: list[str]
    pending: str
    back: int


def typed(pending: str, chunk: str) -> Typed:
    """What a chunk makes of the pending line. Backspaces reach into what the chunk itself has finished, and further."""
    signs = list(pending)
    back = 0
    for sign in BREAK.sub("\n", UNSEEN.sub("", chunk.replace("\t", " "))):
        if sign != BACKSPACE:
            signs.append(sign)
        elif signs:
            signs.pop()
        else:
            back += 1
    *lines, rest = "".join(signs).split("\n")
    while (end := _end(rest)) is not None:
        lines.append(rest[:end])
        rest = rest[end:].lstrip()
    return Typed([line for line in map(_tidy, lines) if line], rest.lstrip(), back)


def _end(text: str) -> int | None:
    """Where a line that goes on without a break ends; None: not yet."""
    for match in SENTENCE.finditer(text):
        if LONG_ENOUGH <= match.end() <= LONGEST:
            return match.end()
    if len(text) <= LONGEST:
        return None
    return text.rfind(" ", LONG_ENOUGH, LONGEST) if " " in text[LONG_ENOUGH:LONGEST] else LONGEST


def _tidy(text: str) -> str:
    return " ".join(text.split())
