"""Tables that organisers send, as rows of named cells: kept until they are applied, and no longer than a day.

What a row means, and what is done with it, is the app's whose model inherits `KeptTable`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import IO, Any, Protocol, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from common import clock, workbooks
from common.clock import now
from common.merging import Survey
from people.names import plain
from people.refusal import Refused
from registration.imports.mapping import folded, words
from registration.imports.reading import Table, read
from sessions.models import Edition

MOST = 3000  # rows
ABANDONED = timedelta(hours=24)
Columns = Callable[[list[str]], Mapping[str, int]]  # of a header; raises Refused for what is no such table


class KeptTable(models.Model):
    """A table that was read and waits to be applied; of an edition the newest."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    rows: Any = models.JSONField(default=list)
    at = models.DateTimeField(default=now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


T = TypeVar("T", bound=KeptTable)
Found = TypeVar("Found", bound=Survey, covariant=True)


class Applying(Protocol[Found]):
    """One go through the rows of a table; it begins by locking what it may change."""

    @property
    def survey(self) -> Found:
        """What it has done so far."""

    def row(self, row: dict[str, Any]) -> None:
        """Write one row, or note why not."""


Begin = Callable[[Edition, bool], Applying[Found]]  # of an edition; whether what differs is replaced


def keep(model: type[T], edition: Edition, file: IO[bytes], name: str, columns: Columns) -> T:
    """Read a table and keep its rows in place of an older one. Raises Refused for what is none, in words."""
    try:
        rows = _rows(workbooks.read(file) if workbooks.is_workbook(file) else read(file), columns)
    except workbooks.BadWorkbook as error:
        raise Refused(str(error), 422) from error
    model._default_manager.filter(edition=edition).delete()
    return model._default_manager.create(edition=edition, name=plain(name)[:120] or "?", rows=rows)


def survey(table: KeptTable, begin: Begin[Found]) -> Found:
    """What applying would do. It is done, counted and taken back."""
    with transaction.atomic():
        found = _go_through(table, begin, replace=False)
        transaction.set_rollback(True)
    return found


def apply(table: KeptTable, begin: Begin[Found], replace: str, changed: str) -> Found:
    """Write a table, in the caller's transaction; it is kept no longer.

    With the mark of a survey in `replace`, what the survey said to differ is replaced. Raises Refused with `changed`
    where more was changed since the survey.
    """
    Edition.locked(table.edition_id)
    if replace and replace != survey(table, begin).mark:
        raise Refused(changed)
    found = _go_through(table, begin, replace=bool(replace))
    table.delete()
    return found


def _go_through(table: KeptTable, begin: Begin[Found], replace: bool) -> Found:
    applying = begin(Edition.objects.select_related("host_city").get(pk=table.edition_id), replace)
    for row in table.rows:
        applying.row(row)
    return applying.survey


def _rows(table: Table | workbooks.Sheet, columns: Columns) -> list[dict[str, Any]]:
    places = columns(table.header)
    rows: list[dict[str, Any]] = []
    for line, cells in table.rows:
        if len(rows) == MOST:
            raise Refused(_("The file has more than %(n)s rows. Part it.") % {"n": MOST}, 422)
        rows.append({"line": line} | {name: cells[at] for name, at in places.items() if at < len(cells) and cells[at]})
    return rows


def titles(listed: str) -> list[str]:
    """What a column may be called ("a/b/c"), as it is written."""
    return [" ".join(title.split()) for title in listed.split("/")]


def vocabulary(named: Mapping[str, str]) -> dict[str, str]:
    """Folded title -> field, of a table field -> titles; of two fields with one title the first counts."""
    return {title: field for field, listed in reversed(list(named.items())) for title in words(listed)}


def placed(header: list[str], fields: Mapping[str, str]) -> dict[str, int]:
    """Field -> the number of its column; the first of several."""
    found: dict[str, int] = {}
    for at, title in enumerate(header):
        if name := fields.get(folded(title)):
            found.setdefault(name, at)
    return found


def forget_abandoned(model: type[KeptTable]) -> None:
    """Delete tables that nobody applied within a day, as they hold addresses."""
    model._default_manager.filter(at__lt=clock.now() - ABANDONED).delete()


def forget_address(model: type[KeptTable], field: str, email: str) -> None:
    """Delete tables that name an address: they would bring it back, and have to be sent once more."""
    for table in model._default_manager.all():
        if any(email in str(row.get(field, "")).lower() for row in table.rows):
            table.delete()
