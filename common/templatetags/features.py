"""Template tags for what the apps declare: panels, navigation entries, styles and scripts."""

from typing import Any

from django import template
from django.template.context import Context, RequestContext
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from common.contract import Entry
from common.registry import registry

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: RequestContext, session: Any, page: str = "panels") -> SafeString:
    """The HTML of a session page's panels, of what stands above them ("pinned"), or of the speaker's page's."""
    return mark_safe("".join(_panel(context, session, panel) for panel in registry.panels(page)))  # noqa: S308


@register.simple_tag(takes_context=True)
def bars(context: RequestContext) -> SafeString:
    """The HTML of what stands above every page of an edition; nothing on pages of none."""
    edition = context.get("edition")
    if not edition:
        return SafeString("")
    return mark_safe("".join(_panel(context, edition, bar) for bar in registry.panels("bars")))  # noqa: S308


def _panel(context: RequestContext, session: Any, panel: Any) -> str:
    request: Any = context["request"]
    shared = {"request": request, "user": request.user, "csrf_token": context.get("csrf_token")}
    known = getattr(request, "panels", {}).get(panel)  # by sessions.panels.read
    shown = panel.context(context, session) if known is None else known
    page: Any = get_template(panel.template)
    # As an inclusion tag does it: the context processors do not run again.
    rendered: str = page.template.render(context.new({**shared, **shown}))
    return rendered


@register.simple_tag(takes_context=True)
def player(context: Context, item: Any, part: str = "template") -> SafeString:
    """The HTML of a session's player, or of the part of it that events draw anew ("feed")."""
    page: Any = get_template(getattr(registry.player(), part))
    rendered: str = page.template.render(context.new({"item": item, "role": context.get("role")}))
    return mark_safe(rendered)  # noqa: S308


@register.simple_tag(takes_context=True)
def entries(context: RequestContext, place: str, thing: Any) -> list[Entry]:
    """The navigation entries in a place ("header", "session") for an edition or a session."""
    return registry.entries(place, context["request"], thing)
