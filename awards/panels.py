"""Panels of the jury: a category that has one is judged by its members alone, and they judge nothing else."""

from dataclasses import dataclass

from awards.models import Call, Judge, Panel
from people import audit
from people.models import Participant


@dataclass(frozen=True)
class Panels:
    """`judged`: the categories that have a panel; `of`: judge -> the categories of their panels."""

    judged: set[int]
    of: dict[int, set[int]]

    def let(self, judge: int, category: int) -> bool:
        """Whether a judge may judge a category: who is in panels judges for these alone, and they alone judge it."""
        return category in self.of[judge] if judge in self.of else category not in self.judged


def panels_of(call: Call) -> Panels:
    """The panels of a call."""
    panels = Panels(set(), {})
    for panel in call.panels.prefetch_related("categories", "judges"):
        categories = {category.pk for category in panel.categories.all()}
        panels.judged.update(categories)
        for judge in panel.judges.all():
            panels.of.setdefault(judge.pk, set()).update(categories)
    return panels


def remove(panel: Panel, by: Participant) -> None:
    """Take a panel away: the next assignment asks all of the jury again."""
    audit.record(by, "awards.panel_remove", panel.call.edition.room_key, panel=panel.pk)
    panel.delete()


def judged_by(call: Call, judges: list[Judge]) -> dict[int, set[int]]:
    """Judge -> the categories that are theirs: those that they are for, within their panels."""
    panels = panels_of(call)
    everything = set(call.categories.judged().values_list("pk", flat=True))
    return {
        judge.pk: {
            category
            for category in ({each.pk for each in judge.categories.all()} or everything)
            if panels.let(judge.pk, category)
        }
        for judge in judges
    }
