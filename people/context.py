"""Context processor: what every page knows about entering."""

from django.conf import settings
from django.http import HttpRequest


def demo(request: HttpRequest) -> dict[str, bool]:
    """`demo`: whether demo participants can be entered with one click."""
    return {"demo": settings.DEMO}
