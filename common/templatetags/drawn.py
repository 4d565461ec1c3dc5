"""What plain data alone decides is drawn once: cards, messages and rows that many pages and many people show."""

import json
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
# Stands for the reader's own token in what is kept. No person can write it: what they write is escaped.
TOKEN = "<csrf token>"
NONE = "NOTPROVIDED"  # Django's word where a page has none; scripts put it in


@register.simple_tag(takes_context=True)
def drawn(context: Context, name: str, data: Any, **values: Any) -> SafeString:
    """The HTML of template `name` with `data` and `values`, which are plain data and the only things that it reads.

    It is kept by all of these and the language. The template may show no moment that passes by itself, and nothing of
    the request but the token of its forms, which is put in anew.
    """
    token = str(context.get("csrf_token") or NONE)
    html = _drawn(name, get_language() or "", token != NONE, json.dumps([data, values]))
    return mark_safe(html.replace(TOKEN, token)) if token != NONE else html  # noqa: S308


@lru_cache(maxsize=5000)
def _drawn(name: str, language: str, has_token: bool, written: str) -> SafeString:
    data, values = json.loads(written)
    shared = {"csrf_token": mark_safe(TOKEN)} if has_token else {}  # noqa: S308
    return SafeString(render_to_string(name, {"data": data, **values, **shared}).strip())
