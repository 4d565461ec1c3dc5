"""Export and deletion of what this app keeps of a person."""

from typing import Any

from common.text import fold_case
from people.models import Participant
from registration.imports import mapping
from registration.imports.run import purge
from registration.models import Arrival, Import, Piece


def export(participant: Participant) -> dict[str, Any]:
    """The imports they began and their arrivals in halls; the account exports the registrations."""
    arrivals = Arrival.objects.filter(guest=participant).values("scope", "at")
    begun = Import.objects.filter(by=participant).order_by("pk")
    imports = list(begun.values("edition_id", "name", "rows", "started_at"))
    return {"imports": imports, "halls": list(arrivals)}


def forget(participant: Participant) -> None:
    """Delete their arrivals, and their rows in unfinished imports, so that no import brings the person back."""
    purge()
    Arrival.objects.filter(guest=participant).delete()
    if not participant.email:
        return
    Piece.objects.all().delete()  # not read yet; the upload must start again
    email = fold_case(participant.email)
    for job in Import.objects.exclude(state=Import.State.DONE):
        named = {email, fold_case(participant.name)}
        if not named.isdisjoint(map(_folded, job.header)):
            job.header = ["" for _cell in job.header]  # this "header" is a row of theirs
        job.passes, job.statuses = (
            {word: value for word, value in words.items() if _folded(word) not in named}
            for words in (job.passes, job.statuses)
        )
        job.save(update_fields=["header", "passes", "statuses"])
        for portion in job.portions.iterator(chunk_size=10):
            rows = [[line, _without(cells, email, job.columns)] for line, cells in portion.rows]
            rest = [[line, cells] for line, cells in rows if cells]
            if rest != portion.rows:  # most portions do not name them, and a portion is large
                portion.rows = rest
                portion.save(update_fields=["rows"])


def _without(cells: list[str], email: str, columns: dict[str, int]) -> list[str]:
    """The row without the address; empty when the ticket is theirs (they may be only the buyer)."""
    if email not in map(_folded, cells):
        return cells
    whose = mapping.cell(cells, columns, "email") or mapping.cell(cells, columns, "buyer")
    return [] if _folded(whose) in ("", email) else ["" if _folded(cell) == email else cell for cell in cells]


def _folded(cell: str) -> str:
    return fold_case(cell.strip())
