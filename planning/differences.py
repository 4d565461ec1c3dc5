"""What a release changes, in words that stay true when a stage is renamed later."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning import people
from planning.working import PLACE, WORDS, Item, Values
from sessions.models import Edition
from sessions.templatetags.programme import day_at, language_names

LABELS = {
    "title": gettext_lazy("Title"),
    "speakers": gettext_lazy("Speakers"),
    "abstract": gettext_lazy("Abstract"),
    "format": gettext_lazy("Kind"),
    "languages": gettext_lazy("Languages"),
    "theme": gettext_lazy("Theme"),
    "strand": gettext_lazy("Strand"),
    "poster": gettext_lazy("Picture"),
}
Said = dict[str, Any]


class Names:
    """The names of an edition's parts, read once."""

    def __init__(self, edition: Edition) -> None:
        stages = edition.stages.select_related("host_city")
        self.stages = {stage.pk: (stage.name, stage.host_city.name, stage.host_city.timezone) for stage in stages}
        self.parts = {
            "theme": dict(edition.themes.values_list("pk", "name")),
            "strand": dict(edition.strands.values_list("pk", "name")),
        }
        self.speakers = people.known(edition)

    def say(self, values: Values, fields: list[str]) -> Said:
        """The fields of values as a page says them; for a place always the whole of it."""
        said: Said = {}
        if set(fields) & set(PLACE):
            stage, city, zone = self.stages.get(values["stage"], ("", "", "UTC"))
            said |= {"stage": stage, "city": city, "timezone": zone, "start": values["start"], "end": values["end"]}
        for name in set(fields) & set(WORDS):
            said[name] = self._word(name, values.get(name))
        return said

    def value(self, name: str, values: Values) -> Any:
        """A field's value; no theme or strand that was deleted meanwhile."""
        value = values.get(name)
        return value if name not in self.parts or value in self.parts[name] else None

    def _word(self, name: str, value: Any) -> Any:
        if name in self.parts:
            return self.parts[name].get(value, "")
        return sorted(people.names_of(value, self.speakers)) if name == "speakers" else value


def lines(before: Said, after: Said) -> list[tuple[Any, str, str]]:
    """What differs as (label, before, after) in words; an abstract is not quoted."""
    found: list[tuple[Any, str, str]] = (
        [(_("When and where"), _place(before), _place(after))] if "start" in after else []
    )
    for name, label in LABELS.items():
        if name in after and before and name != "abstract":
            found.append((label, _text(name, before.get(name)), _text(name, after[name])))
    if "abstract" in after:
        found.append((LABELS["abstract"], "", _("reworded")))
    return found


def _place(said: Said) -> str:
    if "start" not in said:
        return ""
    begins, ends = (day_at(said[name], said["timezone"]) for name in ("start", "end"))
    return f"{date_format(begins, 'D j M, H:i')}–{date_format(ends, 'H:i')}, {said['stage']}, {said['city']}"


def _text(name: str, value: Any) -> str:
    if name == "languages":
        return language_names(value or [])
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def difference(item: Item, names: Names) -> tuple[Said, Said]:
    """What holds before and after the release, as far as it differs; of a new session only where and when it is."""
    if item.published is None:
        return {}, names.say(item.values, ["title", *PLACE])
    changed = item.changed
    return names.say(item.published, changed), names.say(item.values, changed)
