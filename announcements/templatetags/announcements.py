"""Announcements in the reader's language."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def in_own_language(texts: Mapping[str, str]) -> str:
    """The words in the language of the page; where there are none, those of the first language."""
    return typed(texts) or next(iter(texts.values()), "")


@register.filter
def typed(texts: Mapping[str, str]) -> str:
    """The words that somebody typed in the language of the page; empty without any."""
    language = get_language() or ""
    return texts.get(language) or texts.get(language.partition("-")[0]) or ""
