"""What needs the whole file: the words of passes and statuses, and tickets and addresses that come twice."""

from collections import Counter
from typing import Any

from registration.imports import meaning
from registration.imports.applying import BadRow, Chosen, NoTicket, Ticket, none_because, ticket_of
from registration.imports.mapping import cell, full_name
from registration.models import Import

Lines = dict[str, int]


def chosen(job: Import) -> Chosen:
    """The organiser's choices so far."""
    return Chosen(job.columns, job.passes, job.statuses)


def ask(job: Import) -> None:
    """Collect the words of passes and statuses. Choices made before stay; known words get our guess."""
    passes: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    for _line, cells in job.all_rows():
        if not none_because(cells, job.columns):
            passes[cell(cells, job.columns, "pass")] += 1
            statuses[cell(cells, job.columns, "status")] += 1
    if "status" not in job.columns:
        statuses.clear()
    job.passes = meaning.meanings(passes, job.passes, meaning.guess_pass)
    job.statuses = meaning.meanings(statuses, job.statuses, meaning.guess_status)


def doubles(job: Import) -> tuple[Lines, dict[str, tuple[int, bool]]]:
    """Two mappings: line -> earlier line with the same ticket; line -> (naming line, whether the names differ).

    One address is one participant. If its tickets have several names, one line names the participant: a valid ticket
    before a cancelled one, the attendee's own address before the buyer's, then the first line.
    """
    tickets: dict[str, int] = {}
    repeated: Lines = {}
    named: dict[str, list[tuple[bool, bool, int, str]]] = {}
    choice = chosen(job)
    for line, cells in job.all_rows():
        try:
            ticket = ticket_of(line, cells, choice)
        except (BadRow, NoTicket):
            continue
        if ticket.ticket in tickets:
            repeated[str(line)] = tickets[ticket.ticket]
            continue
        tickets[ticket.ticket] = line
        named.setdefault(ticket.email, []).append(_rank(ticket, bool(cell(cells, job.columns, "email"))))
    return repeated, _shared(named)


def _rank(ticket: Ticket, own: bool) -> tuple[bool, bool, int, str]:
    return ticket.cancelled, not own, ticket.line, ticket.name


def _shared(named: dict[str, list[tuple[bool, bool, int, str]]]) -> dict[str, tuple[int, bool]]:
    shared = {}
    for ranks in named.values():
        _cancelled, _bought, naming, name = min(ranks)
        for _cancelled, _bought, line, other in ranks:
            if line != naming:
                shared[str(line)] = (naming, other.casefold() != name.casefold())
    return shared


def names_at_one_address(job: Import, most: int = 20) -> list[dict[str, Any]]:
    """Addresses whose tickets have different names, at most `most`: {email, line, name, others: [(line, name)]}."""
    naming: dict[int, list[int]] = {}
    for line, (first, differs) in job.shared.items():
        if differs:
            naming.setdefault(first, []).append(int(line))
    groups = dict(sorted(naming.items())[:most])
    wanted = {line for first, others in groups.items() for line in (first, *others)}
    rows = {line: cells for line, cells in job.all_rows() if line in wanted}
    return [
        {"email": _address(rows[first], job), "line": first, "name": full_name(rows[first], job.columns)}
        | {"others": [(line, full_name(rows[line], job.columns)) for line in sorted(others) if line in rows]}
        for first, others in groups.items()
        if first in rows
    ]


def _address(cells: list[str], job: Import) -> str:
    return (cell(cells, job.columns, "email") or cell(cells, job.columns, "buyer")).lower()
