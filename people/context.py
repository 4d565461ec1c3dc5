"""What every page knows about entering."""

from django.conf import settings
from django.http import HttpRequest


def demo(request: HttpRequest) -> dict[str, bool]:
    """`demo`: whether one may enter as a demo participant."""
    return {"demo": settings.DEMO}
