"""The steps of an import: pieces of the file, its rows, the mapping, then portion by portion."""

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
    """A new import; old ones that nobody finished go."""
    purge()
    return Import.objects.create(edition=edition, by=by, name=name[:120] or "?")


def purge() -> None:
    """Throw away what nobody finished within a day: it holds people's data."""
    for old in Import.objects.filter(moved_at__lt=clock.now() - ABANDONED).exclude(state=S.DONE):
        abandon(old, None)


def abandon(found: Import, by: Participant | None) -> None:
    """Throw an import away. What it has applied stays, and is on record (`by` None: it was forgotten)."""
    with transaction.atomic():
        current = Import.objects.select_for_update().filter(pk=found.pk).first()
        if current is None:
            return
        if current.state == S.APPLYING:
            audit.record(
                by, "registrations.abandon", f"edition:{current.edition_id}", **current.counts, **{"import": current.pk}
            )
        current.delete()


def add_piece(found: Import, number: int, data: bytes) -> None:
    """Keep a piece of the file; the same number again replaces it."""
    if found.state != S.UPLOADING or not 0 <= number < MAX_PIECES or len(data) > MAX_PIECE:
        raise Refused(_("The file is too large, or the upload is over. Begin again with at most 32 MB."))
    Piece.objects.update_or_create(of=found, number=number, defaults={"data": data})
    Import.objects.filter(pk=found.pk).update(moved_at=clock.now())


def read_file(found: Import, pieces: int) -> None:
    """The pieces are complete: read the rows once and for all."""
    with transaction.atomic():
        found = Import.objects.select_for_update().get(pk=found.pk)
        if found.state != S.UPLOADING or found.pieces.count() != pieces:
            raise Refused(_("A part of the file is missing. Upload it again."))
        table = read(Pieces.opened(found))
        found.header, found.state = table.header, S.MAPPING
        for number, rows in enumerate(_batched(table.rows, PORTION)):
            Portion.objects.create(of=found, number=number, rows=rows)
            found.rows += len(rows)
        if not found.rows:
            raise Refused(_("The file has a header and nothing else, or no header."))
        found.columns = mapping.guess(table.header, list(islice(found.all_rows(), SAMPLE)))
        survey.ask(found)
        found.save()
        found.pieces.all().delete()


def choose(found: Import, columns: dict[str, int], passes: dict[str, str], statuses: dict[str, str]) -> None:
    """Take the organiser's mapping and begin to try; while words are left whose meaning nobody knows, ask again."""
    missing = [str(mapping.FIELDS[name]) for name in mapping.REQUIRED if name not in columns]
    if missing:
        raise Refused(_("Choose a column for: %(names)s.") % {"names": ", ".join(missing)})
    if found.state in (S.UPLOADING, S.APPLYING, S.DONE):
        raise Refused(_("This import is past that."))
    found.columns, found.passes, found.statuses = columns, found.passes | passes, found.statuses | statuses
    survey.ask(found)
    if found.to_ask:
        found.state = S.MAPPING
        found.save()
        return
    found.repeated, found.shared = survey.doubles(found)
    _start(found, S.TRYING)


def start_applying(found: Import, by: Participant) -> None:
    """Begin to write what was tried. Raises Refused while another import of the edition is under way."""
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=found.edition_id)
        others = Import.objects.filter(edition=found.edition_id, state=S.APPLYING).exclude(pk=found.pk)
        found.refresh_from_db()  # somebody else may have begun, or finished, meanwhile
        if others.filter(moved_at__gt=clock.now() - STUCK).exists():
            raise Refused(_("Another import of this edition is under way. Wait until it is done."))
        if found.state != S.TRIED:
            raise Refused(_("Try it first."))
        _start(found, S.APPLYING)
        audit.record(by, "registrations.start", f"edition:{found.edition_id}", **{"import": found.pk})


def _start(found: Import, state: str) -> None:
    found.state, found.done, found.counts, found.errors, found.moved_at = state, 0, {}, [], clock.now()
    found.save()


def step(found: Import, by: Participant) -> Import:
    """Try or apply the next portion; a step that was taken is not taken again."""
    with transaction.atomic():
        found = Import.objects.select_for_update().get(pk=found.pk)
        portion = found.portions.filter(number=found.done).first() if found.running else None
        if portion is not None:
            _take(found, portion.rows)
        if found.running and found.done >= found.portions.count():
            _finish(found, by)
        found.save()
    return found


def _take(found: Import, rows: list[Any]) -> None:
    tickets, counts, chosen = [], Counter(found.counts), survey.chosen(found)
    for line, cells in rows:
        try:
            ticket = ticket_of(line, cells, chosen)
            if first := found.repeated.get(str(line)):
                raise BadRow(_("It has the same ticket reference as line %(line)s: it is left out.") % {"line": first})
            ticket.names = str(line) not in found.shared
            tickets.append(ticket)
        except NoTicket as reason:
            counts[str(reason)] += 1
        except BadRow as error:
            counts["errors"] += 1
            if len(found.errors) < KEPT_ERRORS:
                found.errors.append([line, str(error)])
    counts += apply(found.edition, tickets, dry=found.state == S.TRYING)
    found.counts, found.done, found.moved_at = dict(counts), found.done + 1, clock.now()


def _finish(found: Import, by: Participant) -> None:
    if found.state == S.TRYING:
        found.state = S.TRIED
        return
    found.state = S.DONE
    found.portions.all().delete()
    found.header, found.passes, found.statuses = [], {}, {}  # a wrong column or no header: they may hold names
    found.repeated = {}
    audit.record(by, "registrations.import", f"edition:{found.edition_id}", **found.counts, **{"import": found.pk})


def told_of_sharing(found: Import) -> list[tuple[int, str]]:
    """The lines whose participant another line names, each with what to do; no names, for it stays."""
    told = _("Its address is that of line %(line)s, which names the participant. Give each person their own address.")
    return [(int(line), told % {"line": first}) for line, (first, differs) in found.shared.items() if differs]


def _batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rows = iter(rows)
    return iter(lambda: list(islice(rows, size)), [])
