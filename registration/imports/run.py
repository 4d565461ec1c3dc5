"""The steps of an import: take the pieces, read the rows, map the columns, try and apply in portions."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common import clock
from people import audit
from people.models import Participant
from people.refusal import Refused
from registration.imports import mapping, survey
from registration.imports.applying import BadRow, NoTicket, apply, ticket_of
from registration.imports.pieces import Pieces
from registration.imports.reading import read
from registration.models import MAX_PIECE, MAX_PIECES, Import, Piece, Portion
from sessions.models import Edition

PORTION = 500  # rows of one step
SAMPLE = 2000  # rows that columns are guessed from
KEPT_ERRORS = 2000
COUNTS = ("new", "changed", "unchanged", "errors", "addon", "admission", "test")
ABANDONED, STUCK = timedelta(hours=24), timedelta(minutes=10)
S = Import.State


def begin(edition: Edition, name: str, by: Participant) -> Import:
    """A new import. Unfinished old ones are deleted."""
    purge()
    return Import.objects.create(edition=edition, by=by, name=name[:120] or "?")


def purge() -> None:
    """Delete imports that nobody finished within a day, as they hold personal data."""
    for old in Import.objects.filter(moved_at__lt=clock.now() - ABANDONED).exclude(state=S.DONE):
        abandon(old, None)


def abandon(job: Import, by: Participant | None) -> None:
    """Delete an import. Rows already applied stay, and it goes on record (`by` None: it was too old)."""
    with transaction.atomic():
        current = Import.objects.select_for_update().filter(pk=job.pk).first()
        if current is None:
            return
        if current.state == S.APPLYING:
            audit.record(
                by, "registrations.abandon", f"edition:{current.edition_id}", **current.counts, **{"import": current.pk}
            )
        current.delete()


def add_piece(job: Import, number: int, data: bytes) -> None:
    """Store a piece of the file; the same number replaces it. Raises Refused for too much data or after the upload."""
    if job.state != S.UPLOADING or not 0 <= number < MAX_PIECES or len(data) > MAX_PIECE:
        raise Refused(_("The file is too large, or the upload is over. Begin again with at most 32 MB."))
    Piece.objects.update_or_create(of=job, number=number, defaults={"data": data})
    Import.objects.filter(pk=job.pk).update(moved_at=clock.now())


def read_file(job: Import, pieces: int) -> None:
    """Read the rows from the complete pieces and delete these. Raises Refused for missing pieces and bad files."""
    with transaction.atomic():
        job = Import.objects.select_for_update().get(pk=job.pk)
        if job.state != S.UPLOADING or job.pieces.count() != pieces:
            raise Refused(_("A part of the file is missing. Upload it again."))
        table = read(Pieces.opened(job))
        job.header, job.state = table.header, S.MAPPING
        for number, rows in enumerate(_batched(table.rows, PORTION)):
            Portion.objects.create(of=job, number=number, rows=rows)
            job.rows += len(rows)
        if not job.rows:
            raise Refused(_("The file has a header and nothing else, or no header."))
        job.columns = mapping.guess(table.header, list(islice(job.all_rows(), SAMPLE)))
        survey.ask(job)
        job.save()
        job.pieces.all().delete()


def choose(job: Import, columns: dict[str, int], passes: dict[str, str], statuses: dict[str, str]) -> None:
    """Store the organiser's mapping and begin to try, or ask again while words are unknown. Raises Refused."""
    missing = [str(mapping.FIELDS[name]) for name in mapping.REQUIRED if name not in columns]
    if missing:
        raise Refused(_("Choose a column for: %(names)s.") % {"names": ", ".join(missing)})
    if job.state in (S.UPLOADING, S.APPLYING, S.DONE):
        raise Refused(_("This import is past that."))
    job.columns, job.passes, job.statuses = columns, job.passes | passes, job.statuses | statuses
    survey.ask(job)
    if job.to_ask:
        job.state = S.MAPPING
        job.save()
        return
    job.repeated, job.shared = survey.doubles(job)
    _start(job, S.TRYING)


def start_applying(job: Import, by: Participant) -> None:
    """Begin to apply. Raises Refused before the trial, or while another import of the edition runs."""
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=job.edition_id)
        others = Import.objects.filter(edition=job.edition_id, state=S.APPLYING).exclude(pk=job.pk)
        job.refresh_from_db()  # somebody else may have begun, or finished, meanwhile
        if others.filter(moved_at__gt=clock.now() - STUCK).exists():
            raise Refused(_("Another import of this edition is under way. Wait until it is done."))
        if job.state != S.TRIED:
            raise Refused(_("Try it first."))
        _start(job, S.APPLYING)
        audit.record(by, "registrations.start", f"edition:{job.edition_id}", **{"import": job.pk})


def _start(job: Import, state: str) -> None:
    job.state, job.done, job.counts, job.errors, job.moved_at = state, 0, {}, [], clock.now()
    job.save()


def step(job: Import, by: Participant) -> Import:
    """Try or apply the next portion. Gives back the import as it is then; nothing happens when it is not running."""
    with transaction.atomic():
        job = Import.objects.select_for_update().get(pk=job.pk)
        portion = job.portions.filter(number=job.done).first() if job.running else None
        if portion is not None:
            _take(job, portion.rows)
        if job.running and job.done >= job.portions.count():
            _finish(job, by)
        job.save()
    return job


def _take(job: Import, rows: list[Any]) -> None:
    tickets, counts, chosen = [], Counter(job.counts), survey.chosen(job)
    for line, cells in rows:
        try:
            ticket = ticket_of(line, cells, chosen)
            if first := job.repeated.get(str(line)):
                raise BadRow(_("It has the same ticket reference as line %(line)s: it is left out.") % {"line": first})
            ticket.names = str(line) not in job.shared
            tickets.append(ticket)
        except NoTicket as reason:
            counts[str(reason)] += 1
        except BadRow as error:
            counts["errors"] += 1
            if len(job.errors) < KEPT_ERRORS:
                job.errors.append([line, str(error)])
    counts += apply(job.edition, tickets, dry=job.state == S.TRYING)
    job.counts, job.done, job.moved_at = dict(counts), job.done + 1, clock.now()


def _finish(job: Import, by: Participant) -> None:
    if job.state == S.TRYING:
        job.state = S.TRIED
        return
    job.state = S.DONE
    job.portions.all().delete()
    job.header, job.passes, job.statuses = [], {}, {}  # a wrong column or no header: they may hold names
    job.repeated = {}
    audit.record(by, "registrations.import", f"edition:{job.edition_id}", **job.counts, **{"import": job.pk})


def sharing_errors(job: Import) -> list[tuple[int, str]]:
    """(line, error) for lines that share another line's address under a different name. It has no names: it stays."""
    message = _(
        "Its address is that of line %(line)s, which names the participant. Give each person their own address."
    )
    return [(int(line), message % {"line": first}) for line, (first, differs) in job.shared.items() if differs]


def _batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rows = iter(rows)
    return iter(lambda: list(islice(rows, size)), [])
