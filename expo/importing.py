"""Exhibitors from a table: read, tried without a change, then applied in one go."""

from datetime import timedelta
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from common import clock, workbooks
from common.versions import fingerprint
from expo.columns import columns
from expo.merging import Applying, Survey
from expo.models import Upload
from people import audit
from people.models import Participant
from people.names import plain
from people.refusal import Refused
from registration.imports.reading import Table, read
from sessions.models import Edition

MOST = 3000  # rows
ABANDONED = timedelta(hours=24)


def take(edition: Edition, file: IO[bytes], name: str) -> Upload:
    """Read a table of exhibitors and keep its rows. Raises Refused for what is no such table."""
    try:
        return _take(edition, workbooks.read(file) if workbooks.is_workbook(file) else read(file), name)
    except workbooks.BadWorkbook as error:
        raise Refused(str(error), 422) from error


def _take(edition: Edition, table: Table | workbooks.Sheet, name: str) -> Upload:
    places = columns(table.header)
    if "name" not in places:
        raise Refused(_("No column is called “name”."), 422)
    rows: list[dict[str, Any]] = []
    for line, cells in table.rows:
        if len(rows) == MOST:
            raise Refused(_("The file has more than %(n)s rows. Part it.") % {"n": MOST}, 422)
        rows.append({"line": line} | {name: cells[at] for name, at in places.items() if at < len(cells) and cells[at]})
    Upload.objects.filter(edition=edition).delete()
    return Upload.objects.create(edition=edition, name=plain(name)[:120] or "?", rows=rows)


def survey(upload: Upload) -> Survey:
    """What applying would do. It is done, counted and taken back."""
    with transaction.atomic():
        found = _apply(upload, replace=False)
        transaction.set_rollback(True)
    return found


def mark(found: Survey) -> str:
    """What stands for the differences that somebody has seen before they replace them."""
    return fingerprint([(each.line, each.field, each.now) for each in found.differing])


def apply(upload: Upload, by: Participant, replace: str = "") -> Survey:
    """Write the exhibitors; rows that are wrong are left out, what was changed on the page since stays as it is.

    With the `mark` of a survey in `replace`, what the survey said to differ is replaced. Raises Refused where more was
    changed since the survey. The table is kept no longer.
    """
    with transaction.atomic():
        Edition.locked(upload.edition_id)
        if replace and replace != mark(survey(upload)):
            raise Refused(_("Somebody has changed exhibitors meanwhile. Look at what differs before you replace it."))
        found = _apply(upload, replace=bool(replace))
        audit.record(by, "expo.import", upload.edition.room_key, **found.counts, errors=len(found.errors))
        upload.delete()
    return found


def _apply(upload: Upload, replace: bool) -> Survey:
    applying = Applying(Edition.objects.select_related("host_city").get(pk=upload.edition_id), replace)
    for row in upload.rows:
        applying.row(row)
    return applying.survey


def forget_abandoned(_data: dict[str, Any]) -> None:
    """The job: delete tables that nobody applied within a day, as they hold addresses."""
    Upload.objects.filter(at__lt=clock.now() - ABANDONED).delete()
