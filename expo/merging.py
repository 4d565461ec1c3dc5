"""Writing rows of a table of exhibitors; what was changed on the page since stays (common/merging.py).

Of each field an exhibitor keeps what the last table said (`imported`, as a fingerprint).
"""

from typing import Any

from django.core.exceptions import ValidationError

from common.merging import Difference, Survey
from common.text import fold
from common.versions import fingerprint
from expo.columns import LABELS
from expo.models import Exhibitor, Member, Stand, State
from expo.rows import LENGTHS, Reader
from sessions.models import Edition

TEXTS = (*LENGTHS, "kind")


class Applying:
    """One go through the rows of a table, the exhibitors of the edition being known and locked."""

    def __init__(self, edition: Edition, replace: bool) -> None:
        self.edition, self.replace = edition, replace
        self.survey = Survey()
        self.reader = Reader(edition)
        self.stands = {
            (stand.host_city_id, stand.hall, stand.number): stand for stand in Stand.objects.filter(edition=edition)
        }
        list(Exhibitor.objects.select_for_update(no_key=True).filter(edition=edition).order_by("pk").values_list("pk"))
        known = Exhibitor.objects.of(edition).prefetch_related("themes", "team")
        self.exhibitors = {fold(exhibitor.name): exhibitor for exhibitor in known}

    def row(self, row: dict[str, Any]) -> None:
        """Write one row, or note what is wrong with it."""
        try:
            wanted = self.reader.read(row)
        except ValidationError as error:
            self.survey.errors.append((row["line"], error.messages[0]))
            return
        key = fold(wanted["name"])
        is_new = key not in self.exhibitors
        exhibitor = self.exhibitors.get(key) or Exhibitor(
            edition=self.edition, name=wanted["name"], state=State.APPROVED, is_public=True
        )
        writes = wanted if is_new else self._to_write(row["line"], exhibitor, wanted)
        if is_new:
            exhibitor.save()
            self.exhibitors[key] = exhibitor
        known = dict(exhibitor.imported)
        exhibitor.imported = known | self._marks(exhibitor, wanted, writes)
        if writes:
            self._write(exhibitor, writes)
            exhibitor.version += 1
        if writes or exhibitor.imported != known:
            exhibitor.save()
        self.survey.counts["new" if is_new else "changed" if writes else "same"] += 1

    def _to_write(self, line: int, exhibitor: Exhibitor, wanted: dict[str, Any]) -> dict[str, Any]:
        """The fields that are written; the others are noted. Addresses of the team are only added."""
        writes: dict[str, Any] = {}
        for name, value in wanted.items():
            now, before = self._holds(exhibitor, name, wanted), exhibitor.imported.get(name)
            if name == "team":
                self._invite(line, exhibitor, value, writes)
            if now == value or name == "team" or (name == "cells" and self._stays(exhibitor, wanted, writes)):
                continue
            words = self._words(name, now), self._words(name, value)
            said = Difference(line, exhibitor.name, name, LABELS[name], *words)
            if self.survey.writes(said, (now, value), before, self.replace):
                writes[name] = value
        return writes

    def _invite(self, line: int, exhibitor: Exhibitor, emails: list[str], writes: dict[str, Any]) -> None:
        """Addresses are only added, but for those that were taken out of the team since."""
        known = {member.email for member in exhibitor.team.all()}
        invited = exhibitor.imported.get("team", [])
        for email in emails:
            if email not in known and fingerprint(email) in invited:
                self.survey.kept.append(Difference(line, exhibitor.name, "team", LABELS["team"], "", email))
            elif email not in known:
                writes.setdefault("team", []).append(email)

    @staticmethod
    def _stays(exhibitor: Exhibitor, wanted: dict[str, Any], writes: dict[str, Any]) -> bool:
        """Whether the exhibitor stays at another stand than the row's, whose cells are then not its business."""
        stand = exhibitor.stand
        at = (stand.host_city_id, stand.hall, stand.number) if stand else None
        return "stand" not in writes and at != wanted["stand"]

    def _marks(self, exhibitor: Exhibitor, wanted: dict[str, Any], writes: dict[str, Any]) -> dict[str, Any]:
        """What the table says of the fields that are as it says."""
        same = [name for name in wanted if name in writes or self._holds(exhibitor, name, wanted) == wanted[name]]
        marks: dict[str, Any] = {name: fingerprint(wanted[name]) for name in same if name != "team"}
        if emails := wanted.get("team"):
            marks["team"] = sorted({*exhibitor.imported.get("team", []), *map(fingerprint, emails)})
        return marks

    def _holds(self, exhibitor: Exhibitor, name: str, wanted: dict[str, Any]) -> Any:
        """What is stored of a field, in the form of a row; of a stand the cells that the row names."""
        if name in TEXTS:
            return getattr(exhibitor, name)
        if name == "themes":
            return sorted(theme.pk for theme in exhibitor.themes.all())
        if name == "team":
            return sorted(member.email for member in exhibitor.team.all())
        if name == "stand":
            stand = exhibitor.stand
            return (stand.host_city_id, stand.hall, stand.number) if stand else None
        named = self.stands.get(wanted["stand"])
        return {each: getattr(named, each) for each in wanted["cells"]} if named else {}

    def _write(self, exhibitor: Exhibitor, writes: dict[str, Any]) -> None:
        for name in TEXTS:
            if name in writes:
                before = getattr(exhibitor, name)
                setattr(exhibitor, name, writes[name])
                if exhibitor.draft.get(name) == before:  # the team has not touched it: approving undoes nothing
                    exhibitor.draft = exhibitor.draft | {name: writes[name]}
        if "stand" in writes or "cells" in writes:
            exhibitor.stand = self._stand(exhibitor, writes)
        if "themes" in writes:
            if exhibitor.draft.get("themes") == self._holds(exhibitor, "themes", writes):
                exhibitor.draft = exhibitor.draft | {"themes": writes["themes"]}
            exhibitor.themes.set(writes["themes"])
        for email in writes.get("team", ()):
            Member.objects.get_or_create(exhibitor=exhibitor, email=email)

    def _stand(self, exhibitor: Exhibitor, writes: dict[str, Any]) -> Stand | None:
        stand = self.stands.get(writes["stand"]) if "stand" in writes else exhibitor.stand
        if stand is None and "stand" in writes:
            city, hall, number = writes["stand"]
            stand = Stand(edition=self.edition, host_city_id=city, hall=hall, number=number)
        if stand is None:
            return None
        cells = writes.get("cells", {})
        if stand.pk is None or any(getattr(stand, name) != cell for name, cell in cells.items()):
            for name, cell in cells.items():
                setattr(stand, name, cell)
            stand.save()
            self.stands[stand.host_city_id, stand.hall, stand.number] = stand
        return stand

    def _words(self, name: str, value: Any) -> str:
        if name == "themes":
            return ", ".join(theme.name for theme in self.edition.themes.all() if theme.pk in value)
        if name == "stand":
            return " ".join(value[1:]) if value else ""
        if name == "cells":
            return ", ".join(f"{each} {cell}" for each, cell in value.items())
        return ", ".join(value) if isinstance(value, list) else str(value)[:200]
