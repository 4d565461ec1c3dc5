"""What templates of networking need beside Django's own."""

from collections.abc import Mapping
from typing import Any

from django import template

from common import names

register = template.Library()


@register.filter
def of(found: Mapping[int, Any], key: int) -> Any:
    """What a mapping has for an id; nothing where it has none."""
    return found.get(key, "")


@register.filter
def initials(name: str) -> str:
    """The initials of a name."""
    return names.initials(name)
