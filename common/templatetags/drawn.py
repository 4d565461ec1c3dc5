"""What plain data alone decides is drawn once: cards, messages and rows that many pages and many people show."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BlockNode
from django.utils.functional import LazyObject, Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
NONE = "NOTPROVIDED"  # Django's word where a page has no token; scripts put it in
FIELD = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'  # as {% csrf_token %} writes it
LONGEST = 1500  # characters of the values by which a part lasts: nobody fills the memory with their own


class Written(dict[str, Any]):
    """Plain data that nobody changes any more, so that it is written as JSON once however often it is drawn."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.json = json.dumps(data)


@register.simple_tag(takes_context=True)
def drawn(context: Context, name: str, data: Any, **values: Any) -> SafeString:
    """The HTML of template `name` with `data` and `values`, which are plain data and the only things that it reads.

    It is kept by all of these and the language. The template may show no moment that passes by itself, and nothing of
    the request but the token of its forms, which is put in anew.
    """
    return draw(name, data, values, token_of(context))


@register.simple_tag(takes_context=True)
def drawn_each(context: Context, name: str, items: Iterable[Any], **values: Any) -> SafeString:
    """As `drawn`, of each of the items, one behind the other."""
    return draw_each(name, items, values, token_of(context))


def token_of(context: Context) -> dict[str, Any]:
    """The token of a page's forms, for `draw`; nothing where the page has none.

    Django makes one, and sets its cookie, when it is looked at: that is where a form is.
    """
    token = context.get("csrf_token")
    return {"csrf_token": token} if isinstance(token, LazyObject) or (token or NONE) != NONE else {}


def draw(name: str, data: Any, values: Mapping[str, Any], own: Mapping[str, Any]) -> SafeString:
    """As the tag. `own` is what is put in anew, where the template shows it: name in the template -> HTML."""
    return draw_each(name, [data], values, own)


def draw_each(name: str, items: Iterable[Any], values: Mapping[str, Any], own: Mapping[str, Any]) -> SafeString:
    """As `draw`, of each of the items."""
    language, owned, written = get_language() or "", tuple(own), json.dumps(values)
    html = "".join(
        _drawn(name, language, owned, data.json if isinstance(data, Written) else json.dumps(data), written)
        for data in items
    )
    return _put_in(html, own)


class Lasting(template.Node):
    """A part of a page that its language and some values alone decide."""

    def __init__(self, nodes: template.NodeList, values: Mapping[str, Any]) -> None:
        self.part, self.values = template.Template(""), values
        self.part.nodelist = nodes

    def render(self, context: Context) -> SafeString:
        """Its HTML."""
        values = {name: value.resolve(context) for name, value in self.values.items()}
        owned = {name: conditional_escape(values.pop(name)) for name in self.values if name.startswith("own_")}
        own = {**owned, **token_of(context)}
        written = json.dumps(values, default=_words)
        lasts = _lasting if len(written) <= LONGEST else _lasting.__wrapped__
        return _put_in(lasts(self.part, get_language() or "", tuple(own), written), own)


def _words(value: Any) -> str:
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{value!r} is no plain data.")


@register.tag
def lasting(parser: Any, token: Any) -> Lasting:
    """`{% lasting name=value %}` to `{% endlasting %}`: kept, as by `drawn`; it reads nothing but the values.

    `own_...`: what is one page's own, such as the id that a form sends. It is put in anew where the part shows it.
    """
    values = template.base.token_kwargs(token.split_contents()[1:], parser)
    nodes = parser.parse(["endlasting"])
    parser.delete_first_token()
    if nodes.get_nodes_by_type(BlockNode):
        raise template.TemplateSyntaxError("What lasts has no blocks: those who extend it would not be asked.")
    return Lasting(nodes, values)


@lru_cache(maxsize=2000)
def _lasting(part: template.Template, language: str, own: tuple[str, ...], values: str) -> str:
    return part.render(Context(json.loads(values) | _marks(own)))


def _put_in(html: str, own: Mapping[str, Any]) -> SafeString:
    for each, value in own.items():
        mark = _mark(each)
        if mark in html:
            html = html.replace(FIELD.format(mark), "") if str(value) == NONE else html.replace(mark, str(value))
    return mark_safe(html)  # noqa: S308


def _marks(own: Iterable[str]) -> dict[str, SafeString]:
    return {each: mark_safe(_mark(each)) for each in own}  # noqa: S308


def _mark(name: str) -> str:
    """Stands for what is a reader's own in what is kept. No person can write it: what they write is escaped."""
    return f"<own {name}>"


@lru_cache(maxsize=5000)
def _drawn(name: str, language: str, own: tuple[str, ...], data: str, values: str) -> SafeString:
    return SafeString(render_to_string(name, {"data": json.loads(data), **json.loads(values), **_marks(own)}).strip())
