"""The styles and scripts of the page that is shown."""

from django import template
from django.template.context import RequestContext
from django.templatetags.static import static

from common.contract import Assets
from hybrid.bundles import assets_of, bundle

register = template.Library()


@register.simple_tag(takes_context=True)
def page_bundles(context: RequestContext) -> Assets:
    """The addresses of the page's styles and scripts; an error page (`is_error`) has those of every page only."""
    match = context["request"].resolver_match
    files = assets_of(match.view_name if match and not context.get("is_error") else "")
    return Assets((static(bundle(files.styles).name),), (static(bundle(files.scripts).name),))
