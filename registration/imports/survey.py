"""What only the whole file tells: which words its passes and statuses are, which tickets and addresses come twice."""

from collections import Counter
from typing import Any

from registration.imports import meaning
from registration.imports.applying import BadRow, Chosen, NoTicket, Ticket, none_because, ticket_of
from registration.imports.mapping import cell, full_name
from registration.models import Import

Lines = dict[str, int]


def chosen(job: Import) -> Chosen:
    """What the organiser has chosen so far."""
    return Chosen(job.columns, job.passes, job.statuses)


def ask(job: Import) -> None:
    """Find the words of passes and statuses; keep what has been said of them, preset what is known."""
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
    """Line -> the line with the same ticket before it; line -> the line that names the participant of both.

    One address is one participant, whatever names its tickets have: a valid one names it rather than a cancelled one,
    the address of one's own rather than the buyer's, the first rather than a later one. With the line goes whether
    the two say different names.
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
    """The first addresses whose tickets have several names: {email, line, name, others: [(line, name)]}.

    The rows go when the import is done, and with them the names.
    """
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
