"""A table over what is stored, without undoing what was changed on the page since: what is decided of each value.

What is stored keeps of each value what the last table said, as a fingerprint. Both may have left it since:

    stored as then       the table's value is written
    table as then        it was changed on the page since: it stays, and the survey says so
    both are different   nobody can know: it stays and the survey says so, until somebody replaces it knowingly
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from common.versions import fingerprint


class Difference(NamedTuple):
    """A value that was changed on the page since the last table: what is stored now, and what the table says."""

    line: int
    of: str  # the thing's name
    field: str
    label: Any  # the field in words
    now: str
    wanted: str


@dataclass
class Survey:
    """What applying a table does: numbers by kind of row, (line, what is wrong) of those left out, and what stays.

    `kept`: changed on the page since, and the table is as before. `differing`: changed in the table as well.
    """

    counts: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "same": 0})
    errors: list[tuple[int, str]] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)

    def writes(self, difference: Difference, values: tuple[Any, Any], before: str | None, replace: bool) -> bool:
        """Whether a value that differs is written; else it is noted. `values` are the stored and the table's, `before`
        is the fingerprint of what the last table said (None: no table has), `replace`: somebody replaces knowingly."""
        now, wanted = values
        if before == fingerprint(wanted):
            self.kept.append(difference)
        elif before == fingerprint(now) or (before is None and not now) or replace:
            return True
        else:
            self.differing.append(difference)
        return False

    @property
    def mark(self) -> str:
        """What stands for the differences that somebody has seen before they replace them."""
        return fingerprint([(each.line, each.field, each.now) for each in self.differing])
