"""Delegations from a table: read, tried without a change, then applied in one go."""

from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from collaboration.columns import columns
from collaboration.merging import Applying, Survey
from collaboration.models import DelegationTable
from people import audit
from people.models import Participant
from registration.imports import tables
from sessions.models import Edition


def take(edition: Edition, file: IO[bytes], name: str) -> DelegationTable:
    """Read a table of delegations and keep its rows. Raises Refused for what is no such table."""
    return tables.keep(DelegationTable, edition, file, name, columns)


def survey(table: DelegationTable) -> Survey:
    """What applying would do. It is done, counted and taken back."""
    return tables.survey(table, Applying)


def apply(table: DelegationTable, by: Participant, replace: str = "") -> Survey:
    """Write the delegations; rows that are wrong are left out, what was changed on the page since stays as it is.

    With the mark of a survey in `replace`, what the survey said to differ is replaced. Raises Refused where more was
    changed since the survey. The table is kept no longer.
    """
    changed = _("Somebody has changed delegations meanwhile. Look at what differs before you replace it.")
    with transaction.atomic():
        found = tables.apply(table, Applying, replace, changed)
        details = found.counts | {"delegations": len(found.made), "errors": len(found.errors)}
        audit.record(by, "collaboration.import", table.edition.room_key, **details)
    return found


def forget_abandoned(_data: dict[str, Any]) -> None:
    """The job: delete tables that nobody applied within a day."""
    tables.forget_abandoned(DelegationTable)
