"""Long lists, a page at a time."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZE = 50


def page_of(request: HttpRequest, items: Any, size: int = SIZE) -> "Page[Any]":
    """The page of `items` with the number in ?page=; the nearest page when that one does not exist."""
    return Paginator(items, size).get_page(request.GET.get("page"))


def filters_of(request: HttpRequest) -> str:
    """The query string without `page`, for links to the other pages of a filtered list."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
