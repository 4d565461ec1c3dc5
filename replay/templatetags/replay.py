"""Template helpers for places of a recording."""

from django import template

register = template.Library()


@register.filter
def clock(place: float) -> str:
    """Seconds of a recording as its player shows them: 1:02:05, 2:05."""
    hours, rest = divmod(int(place), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def whole(place: float) -> str:
    """Seconds without a fraction, for an address."""
    return str(int(place))
