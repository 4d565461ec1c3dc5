"""Template helpers for messages."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from common.templatetags.drawn import draw_each, token_of

register = template.Library()
# Until a space or a sign that can only be outside; what ends a sentence ends the address as well.
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^\u3000-\u303f\uff00-\uffef]+", re.IGNORECASE)
_AFTER = ".,;:!?…)]"
MESSAGE = "chat/events/message.html"
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


@register.simple_tag(takes_context=True)
def flow(context: Context, entries: Sequence[dict[str, Any]]) -> SafeString:
    """Messages and cards in their order; what was removed is drawn anew, for it may be put back for a moment."""
    own, shown = token_of(context), {"role": context.get("role")}
    parts: list[str] = []
    for lasts, run in groupby(entries, key=lambda data: not data.get("card") and not data["removed"]):
        each = list(run)
        parts += [draw_each(MESSAGE, each, shown, own)] if lasts else [_anew(context, data) for data in each]
    return mark_safe("".join(parts))  # noqa: S308


def _anew(context: Context, data: dict[str, Any]) -> str:
    page: Any = get_template("chat/events/card.html" if data.get("card") else MESSAGE)
    with context.push(data=data):
        return str(page.template.render(context))


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
