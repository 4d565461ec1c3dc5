"""The programme's entries in the navigation."""

from typing import Any

from django.utils.translation import gettext as _

from common.contract import Entry, Link


def _programme(request: Any, edition: Any) -> Entry:
    return Entry(_("Programme"), edition.get_absolute_url() if edition else "/", "calendar-days")


LINKS = [Link("header", _programme)]
