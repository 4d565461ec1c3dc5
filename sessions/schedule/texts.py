"""Texts of a schedule file, made fit for the database and the page."""

import hashlib
import html
import re

import nh3
from django.utils.text import slugify

from common.text import shows

MAX_TAGS = 5000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # NUL and lone surrogates: PostgreSQL refuses them
_BLOCK = re.compile(r"<(p|div|ul|ol|li|h[1-6]|blockquote|pre|table|section|article|dl|hr)\b[^<>]{0,999}>", re.I)
_INLINE = re.compile(
    r"</?(a|b|i|u|em|strong|code|br|span|img|sub|sup|small|del|s|tt|kbd)\b[^<>]{0,999}>|&#?\w{2,8};", re.I
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}")


def clean(text: str) -> str:
    """Without control characters and surrounding space."""
    return _CONTROL.sub("", text).strip()


def line(text: str, length: int) -> str:
    """One line of at most that many characters; "" when nothing of it can be seen."""
    words = " ".join(clean(text).split())[:length].rstrip()
    return words if shows(words) else ""


def key(text: str, length: int = 120) -> str:
    """An identity that fits its column; a longer one is hashed, for cutting it could make two the same."""
    text = clean(text)
    return text if len(text) <= length else "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def to_html(text: str) -> str:
    """HTML cleaned; plain text (or text with only inline tags) as paragraphs. Markdown stays as it is written."""
    text = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    # Cleaning takes time by the square of the nesting; no honest text has that many tags.
    hostile = text.count("<") > MAX_TAGS
    if hostile or not _BLOCK.search(text):
        text = text if _INLINE.search(text) and not hostile else html.escape(text, quote=False)
        paragraphs = [part.strip().replace("\n", "<br>") for part in re.split(r"\n\s*\n", text)]
        text = "".join(f"<p>{part}</p>" for part in paragraphs if part)
    return nh3.clean(text).strip()


def joined(abstract: str, description: str) -> str:
    """Both texts as HTML; once when the exporter wrote the same into both."""
    first, second = to_html(abstract), to_html(description)
    if first in second:
        return second
    return first if second in first else f"{first}\n{second}"


def languages(text: str) -> list[str]:
    """Language codes, lower case, in the order of the file."""
    codes = re.split(r"[\s,;/+&]+", clean(text).lower().replace("_", "-"))
    return list(dict.fromkeys(code for code in codes if _LANGUAGE.fullmatch(code)))[:10]


def poster(logo: str) -> str:
    """The address of the picture if it is absolute: a relative one leads nowhere here."""
    logo = clean(logo)
    return logo if re.match(r"https?://[^\s/]", logo) and len(logo) <= 500 and not re.search(r"\s", logo) else ""


def slug(name: str) -> str:
    """A slug of at most 70 characters; hashed for a name without any letter that a slug may have."""
    return slugify(name)[:70].strip("-") or "t-" + hashlib.sha256(name.encode()).hexdigest()[:12]
