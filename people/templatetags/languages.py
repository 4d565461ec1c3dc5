"""The languages that somebody may choose."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def own_names() -> list[tuple[str, str]]:
    """(code, name) of each language, as its speakers call it: Django's own tag translates the names."""
    return list(settings.LANGUAGES)
