"""What no machine may change is replaced by tokens before, and put back after. Pure: text in, text out."""

import re
from collections.abc import Collection
from typing import NamedTuple

UNITS = (
    r"%|‰|°C|°F|°|€|\$|£|¥|(?:km|cm|mm|m)[²³]?(?:/h)?|ha|kg|mg|g|t|l|ml|[kMGT]?Wh?|[kMG]?V|[kMGT]?B|Mbit/s|"
    r"CO2|ppm|dB|h|min|s|ms|EUR|USD|CNY"
)
PATTERNS = (
    r"[⟦⟧]",  # nobody writes a token of ours
    r"https?://[^\s<>\"]+|\bwww\.[^\s<>\"]+",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"[@#]\w[\w.-]*\w|[@#]\w",
    r"\b(?:[\w-]+\.)+(?:com|org|net|eu|cat|es|io|cn|city|gov|edu)\b(?:/\S*)?",
    rf"[€$£¥]\s?\d[\d.,]*|\b\d[\d.,:]*\s?(?:{UNITS})(?!\w)",
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff][\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff"
    "\U0001f000-\U0001faff\u2600-\u27bf]*",
)
TOKEN = re.compile(r"⟦(\d+)⟧")


class Masked(NamedTuple):
    """A text whose tokens stand for `kept`, in their order."""

    text: str
    kept: list[str]

    @property
    def bare(self) -> str:
        """The text without what is kept: what is left to translate."""
        return TOKEN.sub(" ", self.text)


def mask(text: str, names: Collection[str] = (), terms: Collection[str] = ()) -> Masked:
    """Addresses, names, numbers with units, emoji and the terms of a glossary become tokens."""
    kept: list[str] = []

    def replace(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"⟦{len(kept)}⟧"

    return Masked(_pattern(names, terms).sub(replace, text), kept)


def _pattern(names: Collection[str], terms: Collection[str]) -> re.Pattern[str]:
    # Of two that begin at the same place the longer one is found; a term within a word is none.
    exact = [re.escape(name) for name in sorted(names, key=len, reverse=True) if name]
    words = [rf"(?<!\w){re.escape(term)}(?!\w)" for term in sorted(terms, key=len, reverse=True) if term]
    return re.compile("|".join([PATTERNS[0], *exact, *words, *PATTERNS[1:]]), re.IGNORECASE)


def unmask(text: str, kept: list[str]) -> str | None:
    """The text with everything back in its place; None when a token is lost, doubled or broken."""
    numbers = [int(number) for number in TOKEN.findall(text)]
    if sorted(numbers) != list(range(1, len(kept) + 1)) or re.search("[⟦⟧]", TOKEN.sub("", text)):
        return None
    return TOKEN.sub(lambda match: kept[int(match[1]) - 1], text)
