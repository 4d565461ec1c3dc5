"""The header, the menu and the footer of every page: drawn once for all for whom they are the same."""

from typing import Any
from urllib.parse import quote

from django import template
from django.template.context import RequestContext
from django.utils.html import escape
from django.utils.safestring import SafeString

from common.registry import registry
from common.templatetags.drawn import Written, draw, token_of

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: RequestContext, part: str) -> SafeString:
    """The HTML of a part, a template that reads `data` and, anew for each page, the person's `name` and `csrf_token`,
    the page's own `address` and the one to which entering leads (`after`).
    """
    request: Any = context["request"]
    if not hasattr(request, "frame"):
        request.frame = Written(_data(request, context.get("edition"))), _own(request, context)
    data, own = request.frame
    return draw(part, data, {}, own)


def _data(request: Any, edition: Any) -> dict[str, Any]:
    entries = {
        place: [(str(entry.label), entry.url, entry.icon) for entry in registry.entries(place, request, edition)]
        for place in ("header", "work", "footer")
    }
    return {"edition": edition and _edition(edition), "signed_in": request.user.is_authenticated, **entries}


def _edition(edition: Any) -> dict[str, Any]:
    return {
        "name": edition.name,
        "motto": edition.motto,
        "slug": edition.slug,
        "url": edition.get_absolute_url(),
        "about": bool(edition.help or edition.conduct),
        "logo": edition.logo,
    }


def _own(request: Any, context: RequestContext) -> dict[str, str]:
    """What is put in, as HTML. Whoever is not signed in gets no token: a page for everybody sets no cookie."""
    address = request.get_full_path()
    match = request.resolver_match
    entering = match and match.view_name == "people:enter"
    after = str(context.get("next") or "/") if entering else address
    own = {"address": quote(address), "after": quote(after)}
    if request.user.is_authenticated:
        own |= {"name": escape(request.user.name)} | token_of(context)
    return own
