"""Context processor: what every page knows about entering."""

from typing import Any

from django.conf import settings

from people.request import Request


def entering(request: Request) -> dict[str, Any]:
    """`demo`: whether demo participants can be entered with one click. A page for many holds nobody's token."""
    context: dict[str, Any] = {"demo": settings.DEMO}
    return context if getattr(request, "cohort", None) is None else {**context, "csrf_token": "NOTPROVIDED"}
