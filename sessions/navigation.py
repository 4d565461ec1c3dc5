"""The programme's entries in the navigation."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from common.contract import Entry, Link
from common.prepared import Prepared
from sessions.models import Edition

FOUND = "_found_any"  # on an edition: what was asked of it
_models: list[Any] = []


def any_of(model: Any) -> Callable[[Edition], bool]:
    """Whether an edition has anything of a model. One query tells it of all such models, once for a page."""
    at = len(_models)
    _models.append(model)
    return lambda edition: _found(edition)[at]


def _found(edition: Edition) -> tuple[bool, ...]:
    kept = vars(edition)
    if FOUND not in kept:
        kept[FOUND] = _ANY.ask(edition.pk)[0]
    found: tuple[bool, ...] = kept[FOUND]
    return found


_ANY: Prepared[tuple[bool, ...]] = Prepared(
    lambda pk: (
        Edition.objects.filter(pk=pk)
        .order_by()
        .values_list(*[Exists(model.objects.filter(edition=OuterRef("pk"))) for model in _models])
    )
)


def _programme(request: Any, edition: Any) -> Entry:
    return Entry(_("Programme"), edition.get_absolute_url() if edition else "/", "calendar-days")


LINKS = [Link("header", _programme)]
