"""The bell in the header. How many are new is added in the page, which many share."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Entry, Link


def _bell(request: Any, _edition: Any) -> Entry | None:
    return Entry(_("Notices"), reverse("notices:notices"), "bell") if request.user.is_authenticated else None


LINKS = [Link("header", _bell)]
