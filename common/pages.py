"""Long lists, a page at a time."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZE = 50


def page_of(request: HttpRequest, items: Any, size: int = SIZE, name: str = "page") -> "Page[Any]":
    """The page of `items` with the number in ?page=; the nearest page when that one does not exist.

    The second list of a page has a `name` of its own for that.
    """
    return Paginator(items, size).get_page(request.GET.get(name))


def filters_of(request: HttpRequest, name: str = "page") -> str:
    """The query string without `name`, for links to the other pages of a filtered list."""
    query = request.GET.copy()
    query.pop(name, None)
    return query.urlencode()
