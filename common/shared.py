"""Views whose page is the same for all who have the same rights: it is drawn once for them (hybrid/copies.py)."""

from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpResponse
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])


def shared(view: View) -> View:
    """Declare that a view shows nothing of the person who asks but what they may see.

    It is drawn for a stand-in who has their rights and no name, no id and no cookie. What is a person's own comes after
    it (templatetag `own`, `Feature.own`). It says in `request.live_rooms` which rooms it stands for: what happens there
    ends the copy. Stands above all other decorators.
    """
    view.is_shared = True  # type: ignore[attr-defined]
    return view


def shared_at_once(view: View) -> View:
    """As `shared`, for a page that scripts ask for because it has changed: nobody gets one that was begun before.

    It is drawn once for all who ask while another one is being drawn.
    """
    view.is_shared_at_once = True  # type: ignore[attr-defined]
    return shared(view)


def not_for_many() -> HttpResponse:
    """What a shared view answers the stand-in where its page would be one person's: it is drawn for the person then."""
    return HttpResponse(status=HTTPStatus.MISDIRECTED_REQUEST)


@lru_cache(4096)
def is_shared(path: str) -> bool:
    """Whether the view of an address is declared as shared."""
    return _declares(path, "is_shared")


@lru_cache(4096)
def is_shared_at_once(path: str) -> bool:
    """Whether the view of an address is declared as shared by those who ask at the same time."""
    return _declares(path, "is_shared_at_once")


def _declares(path: str, name: str) -> bool:
    try:
        return bool(getattr(resolve(path).func, name, False))
    except Resolver404:
        return False
