"""An import of registrations, portion by portion and one row at a time."""

import time
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from people.models import Participant
from registration.imports import run
from registration.imports.applying import Chosen, apply, ticket_of
from registration.models import Import
from sessions.models import Edition, HostCity

PIECE = 512 * 1024  # bytes
HEADER = "ticket,email,name,company,pass\n"
PASSES = {"Online": "online"}  # what the desk answers about the words of the pass column
CHOSEN = Chosen({"ticket": 0, "email": 1, "name": 2, "organisation": 3, "pass": 4}, PASSES)


@dataclass
class Times:
    """What an import has counted, and the seconds of its parts."""

    counts: dict[str, int]
    read: float
    tried: float
    applied: float


def measure(count: int, single: int) -> dict[str, Any]:
    """Import `count` rows twice, then `single` others one by one; seconds, and rows per second."""
    city = HostCity.objects.create(name="B", slug="b")
    today = timezone.now().date()
    edition = Edition.objects.create(name="E", slug="e", host_city=city, start_date=today, end_date=today)
    by, data = Participant.objects.create_user("desk@example.org", name="Desk"), HEADER + _rows(0, count)
    first, again = _imported(edition, data, by), _imported(edition, data, by)
    began = time.monotonic()
    for line, text in enumerate(_rows(10**7, single).splitlines()):
        apply(edition, [ticket_of(line, text.split(","), CHOSEN)], dry=False)
    return {
        "counts": first.counts,
        "again": again.counts,
        "read": first.read,
        "tried": first.tried,
        "applied": first.applied,
        "again_applied": again.applied,
        "rate": count / first.applied,
        "single": single / (time.monotonic() - began),
    }


def _rows(first: int, count: int) -> str:
    return "".join(f"T{n},p{n}@example.org,Person {n},Org {n % 500},Online\n" for n in range(first, first + count))


def _imported(edition: Edition, data: str, by: Participant) -> Times:
    moments = [time.monotonic()]
    upload = run.begin(edition, "x.csv", by)
    for number in range(0, len(data), PIECE):
        run.add_piece(upload, number // PIECE, data[number : number + PIECE].encode())
    run.read_file(upload, -(-len(data) // PIECE))
    upload.refresh_from_db()
    moments.append(time.monotonic())
    run.choose(upload, upload.columns, PASSES, {})
    upload = _finished(upload, by)
    moments.append(time.monotonic())
    run.start_applying(upload, by)
    upload = _finished(upload, by)
    moments.append(time.monotonic())
    read, tried, applied = (end - start for start, end in zip(moments, moments[1:], strict=False))
    return Times(upload.counts, read, tried, applied)


def _finished(upload: Import, by: Participant) -> Import:
    while upload.running:
        upload = run.step(upload, by)
    return upload
