"""What a case consists of: the fields of its draft, which are needed, how complete it is, what a publication writes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cities.models import Case, Result
from cities.tags import split, tags_of

PLAIN: tuple[str, ...] = (
    "title",
    "problem",
    "done",
    "how",
    "failures",
    "cost",
    "funding",
    "months",
    "team",
    "stage",
    "licence",
)
PLAIN += ("language",)
COLUMNS = ("indicator", "before", "after", "source")  # of a result
MOST_RESULTS = 6
# A form that is too long is never finished: five fields are enough, the others raise the mark.
NEEDED = {
    "title": _("Title"),
    "problem": _("The problem"),
    "done": _("What was done"),
    "results": _("One result with before and after"),
    "licence": _("Licence"),
}
COUNTED = (*PLAIN, "results", "themes", "targets")


def _filled(draft: dict[str, Any], name: str) -> bool:
    if name == "results":
        return any(row["indicator"] and row["after"] for row in draft.get("results", []))
    return bool(draft.get(name))


def lacks(draft: dict[str, Any]) -> list[str]:
    """The labels of what is still needed before an editor looks at it."""
    return [str(label) for name, label in NEEDED.items() if not _filled(draft, name)]


def completeness(draft: dict[str, Any]) -> int:
    """How much of a case is written, in percent."""
    return round(100 * sum(_filled(draft, name) for name in COUNTED) / len(COUNTED))


def content(case: Case) -> dict[str, Any]:
    """What everybody reads, as a draft holds it."""
    themes, targets = split(case.tags.all())
    results = [{name: getattr(result, name) for name in COLUMNS} for result in case.results.all()]
    held = {name: getattr(case, name) for name in PLAIN}
    held |= {"themes": themes, "targets": targets, "results": results}
    return {name: value for name, value in held.items() if value}


def publish(case: Case) -> None:
    """From now on everybody reads what was written; the case itself is saved by the caller."""
    draft = case.draft
    for name in PLAIN:
        setattr(case, name, draft.get(name) or (None if name == "months" else ""))
    case.completeness = completeness(draft)
    case.tags.set(tags_of([*draft.get("themes", []), *draft.get("targets", [])]))
    case.results.all().delete()
    rows = [row for row in draft.get("results", []) if row["indicator"]]
    Result.objects.bulk_create(Result(case=case, position=at, **row) for at, row in enumerate(rows))
