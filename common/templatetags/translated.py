"""What a machine has made of somebody's words, in the reader's language."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def in_reading_language(translations: Mapping[str, str] | None) -> str:
    """The translation in the page's language; empty without one."""
    return (translations or {}).get(get_language() or "", "")
