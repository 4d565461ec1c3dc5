"""Whether what a machine made of a text may be shown: models invent, repeat and leave out. Pure."""

import re
from collections import Counter

LONGEST, SHORTEST, SPARE = 3.0, 3.0, 20  # times the original's length, its part, and signs that short texts may have
PHRASE, OFTEN = 3, 3  # words of a phrase, and how often more than in the original it may not come
_LOOP = re.compile(r"(.{2,40}?)(?:\s*\1){3,}", re.DOTALL)


def plausible(original: str, translated: str) -> bool:
    """Whether a translation has other words than the original, about as many, and does not go round in circles."""
    plain, made = original.strip(), translated.strip()
    if not made or made.casefold() == plain.casefold():
        return False
    if len(made) > len(plain) * LONGEST + SPARE or len(made) * SHORTEST + SPARE < len(plain):
        return False
    return not _circles(plain, made)


def _circles(original: str, translated: str) -> bool:
    if _LOOP.search(translated) and not _LOOP.search(original):
        return True
    often = max(_phrases(translated).values(), default=0)
    return often > OFTEN and often > max(_phrases(original).values(), default=0) + 1


def _phrases(text: str) -> Counter[tuple[str, ...]]:
    words = text.casefold().split()
    return Counter(tuple(words[at : at + PHRASE]) for at in range(len(words) - PHRASE + 1))
