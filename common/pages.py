"""Long lists, a page at a time."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZE = 50


def page_of(request: HttpRequest, items: Any) -> "Page[Any]":
    """The page of `items` that ?page= asks for; the nearest there is when there is no such page."""
    return Paginator(items, SIZE).get_page(request.GET.get("page"))


def filters_of(request: HttpRequest) -> str:
    """The query of a filtered list without its page, for links to other pages of it."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
