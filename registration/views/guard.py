"""How the desk's views ask for permission: for others it does not exist."""

from typing import Any

from django.shortcuts import get_object_or_404

from common.numbers import number_in
from sessions.guard import Guard


def chosen(queryset: Any, pk: str) -> Any:
    """The object of `found` that a button or link names by its id, or 404."""
    return get_object_or_404(queryset, pk=number_in(pk) or 0)


guard = Guard()
