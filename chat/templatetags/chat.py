"""Template helpers for messages."""

import re
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# Until a space or a sign that can only be outside; what ends a sentence ends the address as well.
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^\u3000-\u303f\uff00-\uffef]+", re.IGNORECASE)
_AFTER = ".,;:!?…)]"
SHOWN = 60  # characters of an address


@register.filter
def spoken(data: dict[str, Any]) -> SafeString:
    """The words of a message: addresses of the web are links, names that are mentioned are marked, the rest is text."""
    parts, end = [], 0
    text = data["text"]
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match[0])
        parts += [_named(text[end : match.start()], data["mentions"]), _link(address)]
        end = match.start() + len(address)
    parts.append(_named(text[end:], data["mentions"]))
    return mark_safe("".join(parts))  # noqa: S308


def _trimmed(address: str) -> str:
    """Without what belongs to the sentence; a bracket that the address opens is its own."""
    while address[-1] in _AFTER and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address = address[:-1]
    return address


def _link(address: str) -> SafeString:
    shown = address if len(address) <= SHOWN else address[: SHOWN - 1] + "…"
    rel = "noopener noreferrer nofollow ugc"
    return format_html('<a href="{}" target="_blank" rel="{}" dir="ltr">{}</a>', address, rel, shown)


def _named(text: str, mentions: list[dict[str, Any]]) -> str:
    """Text with the names that are mentioned in it; of two the longer one is looked for first."""
    names = {f"@{named['name']}": named["id"] for named in mentions if named["name"]}
    if not names or "@" not in text:
        return conditional_escape(text)
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    parts, end = [], 0
    for match in pattern.finditer(text):
        mark = format_html('<bdi class="mention" data-mention="{}">{}</bdi>', names[match[0]], match[0])
        parts += [conditional_escape(text[end : match.start()]), mark]
        end = match.end()
    return "".join([*parts, conditional_escape(text[end:])])
