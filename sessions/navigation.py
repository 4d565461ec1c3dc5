"""The programme's entries in the navigation."""

from typing import Any

from django.utils.translation import gettext as _

from common.contract import Entry, Link
from common.prepared import Prepared


def any_of(model: Any) -> Prepared[int]:
    """Whether an edition has anything of a model: `ask(edition's id)` gives one id or none."""
    return Prepared(lambda edition: model.objects.filter(edition=edition).order_by().values_list("pk", flat=True)[:1])


def _programme(request: Any, edition: Any) -> Entry:
    return Entry(_("Programme"), edition.get_absolute_url() if edition else "/", "calendar-days")


LINKS = [Link("header", _programme)]
