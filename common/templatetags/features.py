"""What the installed apps declare for pages: panels, entries of the navigation, styles and scripts."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from common.contract import Assets, Entry
from common.registry import registry

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: RequestContext, session: Any, page: str = "panels") -> SafeString:
    """The panels of a session's page, or of the speaker's ("speaker_panels")."""
    return mark_safe("".join(_panel(context, session, panel) for panel in registry.panels(page)))  # noqa: S308


def _panel(context: RequestContext, session: Any, panel: Any) -> str:
    shared = {"request": context["request"], "user": context["request"].user, "csrf_token": context.get("csrf_token")}
    page: Any = get_template(panel.template)
    # As an inclusion tag does it: what every page knows (context processors) is not asked for again.
    rendered: str = page.template.render(context.new({**shared, **panel.context(context, session)}))
    return rendered


@register.simple_tag(takes_context=True)
def entries(context: RequestContext, place: str, thing: Any) -> list[Entry]:
    """The entries of the navigation in a place ("header", "session") for an edition or session."""
    return registry.entries(place, context["request"], thing)


@register.simple_tag(takes_context=True)
def page_assets(context: RequestContext) -> Assets:
    """The styles and scripts of the page that is shown; an error page (`is_error`) has those of every page only."""
    match = context["request"].resolver_match
    return registry.assets(match.view_name if match and not context.get("is_error") else "")
