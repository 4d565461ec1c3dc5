"""Exhibitors from a table: read, tried without a change, then applied in one go."""

from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.merging import Survey
from expo import events
from expo.columns import columns
from expo.merging import Applying
from expo.models import Upload
from people import audit
from people.models import Participant
from registration.imports import tables
from sessions.models import Edition

MOST = tables.MOST  # rows


def take(edition: Edition, file: IO[bytes], name: str) -> Upload:
    """Read a table of exhibitors and keep its rows. Raises Refused for what is no such table."""
    return tables.keep(Upload, edition, file, name, columns)


def survey(upload: Upload) -> Survey:
    """What applying would do. It is done, counted and taken back."""
    return tables.survey(upload, Applying)


def apply(upload: Upload, by: Participant, replace: str = "") -> Survey:
    """Write the exhibitors; rows that are wrong are left out, what was changed on the page since stays as it is.

    With the mark of a survey in `replace`, what the survey said to differ is replaced. Raises Refused where more was
    changed since the survey. The table is kept no longer.
    """
    changed = _("Somebody has changed exhibitors meanwhile. Look at what differs before you replace it.")
    with transaction.atomic():
        found = tables.apply(upload, Applying, replace, changed)
        audit.record(by, "expo.import", upload.edition.room_key, **found.counts, errors=len(found.errors))
        events.changed(upload.edition_id)
    return found


def forget_abandoned(_data: dict[str, Any]) -> None:
    """The job: delete tables that nobody applied within a day."""
    tables.forget_abandoned(Upload)
