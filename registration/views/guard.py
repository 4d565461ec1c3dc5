"""The guard of the desk's views: without the right they answer 404."""

from typing import Any

from django.shortcuts import get_object_or_404

from common.numbers import number_in
from sessions.guard import Guard


def chosen(queryset: Any, pk: str) -> Any:
    """The object with the id that a button or link sent; 404 when the queryset has none."""
    return get_object_or_404(queryset, pk=number_in(pk) or 0)


guard = Guard()
