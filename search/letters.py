"""Traditional Chinese letters as simplified ones, so that each finds the other: letter by letter, as one searches.

What a letter is written for comes from OpenCC (docs/decisions/simplified-letters.md).
"""

from functools import lru_cache

# Han: extension A, the common ones, extensions B to H.
BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
FIRST = "\u3400"


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Code of a letter -> the simplified one; those that are written the same are left out."""
    from opencc import OpenCC  # only where somebody writes Chinese: its dictionaries take a while to load

    letters = [chr(code) for first, last in BLOCKS for code in range(first, last + 1)]
    simple = OpenCC("t2s").convert("\n".join(letters)).split("\n")
    found = {letter: other for letter, other in zip(letters, simple, strict=True) if len(other) == 1}
    return {ord(letter): found.get(other, other) for letter, other in found.items() if letter != other}


def simplified(text: str) -> str:
    """The text with simplified letters, as long as it was."""
    return text if max(text, default="") < FIRST else text.translate(_table())
