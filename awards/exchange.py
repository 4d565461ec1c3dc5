"""What was submitted, for spreadsheets and programs. No mark, no draft, and no decision that is still sealed."""

import json
from typing import Any

from awards import audience
from awards.models import Call, Entry, State
from common import tables
from sessions.models import Edition

TEXTS = ("number", "category", "state", "title", "organisation", "city", "country", "language")
COLUMNS = (*TEXTS, "submitted_at", "audience_awards")


def rows(edition: Edition) -> list[dict[str, Any]]:
    """One row for each entry that was ever submitted, with the answers by their keys."""
    entries = Entry.objects.of(edition).filter(submitted_at__isnull=False).exclude(state=State.DRAFT)
    prizes = audience.prizes(Call.objects.filter(edition=edition).values("pk"))
    return [_row(entry, prizes.get(str(entry.pk), [])) for entry in entries.order_by("submitted_at")]


def _row(entry: Entry, prizes: list[str]) -> dict[str, Any]:
    row = {name: str(getattr(entry, name)) for name in TEXTS}
    at = entry.submitted_at.isoformat() if entry.submitted_at else ""
    return row | {"submitted_at": at, "audience_awards": ", ".join(prizes), "answers": entry.answers}


def as_json(edition: Edition) -> str:
    """All rows as JSON."""
    return json.dumps({"edition": edition.name, "entries": rows(edition)}, ensure_ascii=False, indent=1)


def as_csv(edition: Edition) -> str:
    """All rows as a table; answers of all categories have a column each."""
    return tables.as_csv(*_table(edition))


def as_xlsx(edition: Edition) -> bytes:
    """The same table as a workbook."""
    return tables.as_xlsx(*_table(edition))


def _table(edition: Edition) -> tuple[list[str], list[dict[str, Any]]]:
    listed = rows(edition)
    keys = list(dict.fromkeys(key for row in listed for key in row["answers"]))
    columns = [*COLUMNS, *(f"answer_{key}" for key in keys)]
    empty = dict.fromkeys(columns, "")
    return columns, [empty | _flat(row) for row in listed]


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    answers = row.pop("answers")
    return row | {f"answer_{key}": answer for key, answer in answers.items()}
