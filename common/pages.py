"""Long lists, a page at a time."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZE = 50


class ListPage(Page[Any]):
    """A page of a list that knows the addresses of the pages beside it, "" where there is none.

    The rest of the query string stays as it is: the other pages of a filtered list are filtered.
    """

    def lead(self, request: HttpRequest, name: str) -> None:
        """Take the addresses from the request; `name` is the parameter that says which page is shown."""
        query = request.GET.copy()
        addresses = []
        for other, is_there in ((self.number - 1, self.has_previous()), (self.number + 1, self.has_next())):
            query[name] = str(other)
            addresses.append(f"{request.path}?{query.urlencode()}" if is_there else "")
        self.before, self.after = addresses


def page_of(request: HttpRequest, items: Any, size: int = SIZE, name: str = "page") -> ListPage:
    """The page of `items` with the number in ?page=; the nearest page when that one does not exist.

    A page with several lists gives each a `name` of its own.
    """
    plain = Paginator(items, size).get_page(request.GET.get(name))
    page = ListPage(plain.object_list, plain.number, plain.paginator)
    page.lead(request, name)
    return page


def filters_of(request: HttpRequest) -> str:
    """The query string without `page`, for links that take the whole of a filtered list."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
