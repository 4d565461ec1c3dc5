"""Where a page says whose it is."""

from django import template
from django.middleware.csrf import get_token
from django.template.context import RequestContext
from django.utils.safestring import SafeString, mark_safe

from people.own import own_html

register = template.Library()
MARK = "<!--own-->"


@register.simple_tag(takes_context=True)
def own(context: RequestContext) -> SafeString:
    """The person's data for scripts; in a page that is drawn for a cohort the place for it."""
    request = context["request"]
    if getattr(request, "cohort", None) is not None:
        return mark_safe(MARK)  # noqa: S308
    if request.user.is_authenticated:
        get_token(request)  # scripts take it from the cookie
    return own_html(request.user)
