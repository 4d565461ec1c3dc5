"""Icons: those of the package lucide, each drawn once in a size."""

from functools import cache
from typing import Any

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide as draw

register = template.Library()
# They point to where a line goes on or comes from: the other way where one reads from right to left (static/base.css).
ALONG_THE_LINE = {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-in", "reply", "send-horizontal"}


@register.simple_tag
def lucide(name: str, size: int = 24, **attributes: Any) -> SafeString:
    """The SVG of an icon. Names, sizes and attributes are words of our templates: there are few of them."""
    return _drawn(name, size, tuple(sorted(attributes.items())))


@cache
def _drawn(name: str, size: int, attributes: tuple[tuple[str, Any], ...]) -> SafeString:
    said = dict(attributes)
    if name in ALONG_THE_LINE:
        said["class"] = f"{said.get('class', '')} mirrored".strip()
    return SafeString(draw(name, size=size, **said))
