"""Parts of the control room in templates."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from show import draw
from show.control import Row

register = template.Library()


@register.simple_tag
def control_row(data: Row, role: str) -> SafeString:
    """The row of a stage."""
    return draw.row(data, role)


@register.simple_tag
def time_left(data: dict[str, object]) -> SafeString:
    """The time left of a stage's clock."""
    return mark_safe(draw.time_left(data))  # noqa: S308 - escaped there


@register.simple_tag
def offset(data: dict[str, object]) -> SafeString:
    """How late or early a stage is."""
    return mark_safe(draw.offset(data))  # noqa: S308 - escaped there
