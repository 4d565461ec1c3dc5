"""The programme as it will be: what is published, with the draft laid over it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404

from common.numbers import number_in
from common.prepared import Prepared
from common.versions import fingerprint
from planning import published
from planning.models import Draft, Kind
from sessions.models import Edition, HostCity, Session, Stage, Status

# A session's fields as plain values: ids, ISO times in UTC, `speakers` as lines (planning/people.py).
Values = dict[str, Any]
PLACE = ("stage", "start", "end")
WORDS = ("title", "format", "languages", "speakers", "abstract", "strand", "theme", "poster")
FIELDS = (*PLACE, *WORDS, "cancelled")
NEW_ONLY = (
    "stream",
    "visibility",
    "visible_passes",
    "embargo_until",
)  # of what is published these change at once, without a release
SEEN = (*PLACE, "title", "strand", "theme", "visibility", "cancelled")


@dataclass
class Item:
    """A session as it will be. `published` is what holds now, None for a new one."""

    values: Values
    published: Values | None
    session: int | None
    draft: Draft | None
    stage: Stage | None = None
    status: str = Status.SCHEDULED

    @property
    def key(self) -> str:
        """What stands for it in addresses: "s" and the session's id, or "d" and the draft's."""
        return f"s{self.session}" if self.session else f"d{self.draft.pk if self.draft else 0}"

    @property
    def guid(self) -> str:
        """What recognises it in files."""
        return str(self.draft.guid if self.published is None and self.draft else self.values["guid"])

    @property
    def start(self) -> datetime:
        """Its start, in UTC."""
        return datetime.fromisoformat(self.values["start"])

    @property
    def end(self) -> datetime:
        """Its end, in UTC."""
        return datetime.fromisoformat(self.values["end"])

    @property
    def minutes(self) -> int:
        """Its length."""
        return int((self.end - self.start).total_seconds()) // 60

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its city."""
        return self.stage.host_city.zone if self.stage else ZoneInfo("UTC")

    @cached_property
    def local(self) -> datetime:
        """Its start on its city's clock, without a zone, as templates show it."""
        return self.start.astimezone(self.zone).replace(tzinfo=None)

    @cached_property
    def until(self) -> datetime:
        """Its end on its city's clock."""
        return self.end.astimezone(self.zone).replace(tzinfo=None)

    @property
    def clock(self) -> str:
        """When it begins and ends on its city's clock."""
        return f"{self.local:%H:%M}–{self.until:%H:%M}"

    @property
    def place_seen(self) -> str:
        """Stands for where and when it is: who moves it says what they saw."""
        return _place_seen(*[self.values[name] for name in PLACE])

    @property
    def seen(self) -> str:
        """Stands for it as lists show it: who changes many says what they saw of each."""
        return fingerprint([self.values.get(name) for name in SEEN])

    @property
    def all_seen(self) -> str:
        """Stands for all that its page shows of it and its draft: who takes that back says what they saw."""
        return fingerprint([self.values, self.draft and self.draft.values])

    @property
    def cancelled(self) -> bool:
        """Whether it will be cancelled, or is."""
        return bool(self.values.get("cancelled"))

    @property
    def shown(self) -> dict[str, Any]:
        """What a card of it shows, as plain data."""
        return {
            "key": self.key,
            "clock": self.clock,
            "title": self.values["title"],
            "cancelled": self.cancelled,
            "kind": self.kind_label,
            "seen": self.place_seen,
        }

    @property
    def changed(self) -> list[str]:
        """The fields that the release will change."""
        if self.published is None:
            return list(self.values)
        overlaid = self.draft.values if self.draft else {}
        return [name for name, value in overlaid.items() if self.published.get(name) != value]

    @property
    def kind(self) -> str:
        """What the release will do; empty: nothing."""
        if self.draft is None:
            return ""
        if self.published is None:
            return Kind.NEW
        changed = set(self.changed)
        if "cancelled" in changed:
            return Kind.CANCELLED
        return Kind.MOVED if changed & set(PLACE) else Kind.WORDS if changed else ""

    @property
    def kind_label(self) -> str:
        """The same in words."""
        return str(Kind(self.kind).label) if self.kind else ""


@lru_cache(maxsize=5000)
def _place_seen(*place: Any) -> str:
    return fingerprint(place)


def utc(moment: datetime) -> str:
    """A moment as values hold it."""
    return moment.astimezone(UTC).isoformat()


def items_of(
    edition: Edition,
    day: date | None = None,
    *,
    stages: Collection[int] | None = None,
    drafted: bool = False,
    full: bool = False,
    speakers: bool = True,
    drafts: list[Draft] | None = None,
) -> list[Item]:
    """The edition's sessions as they will be, in order; only a `day`'s by its cities' clocks, only those on `stages`
    (ids), or only the `drafted` ones.

    Four queries, however many, and fewer when the `drafts` are known, there are none, or nobody asks for `speakers`.
    Only `full` ones have all their words.
    """
    drafts = drafts_of(edition) if drafts is None else drafts
    if drafted and not drafts:
        return []
    known = {stage.pk: stage for stage in known_stages(edition)}
    begins, ends = _bounds(day, {stage.host_city.zone for stage in known.values()}) if day else (None, None)
    if drafted or (stages is not None and not stages):  # on no stage is only what a draft may put there
        rows = published.DRAFTED.ask(edition.pk, full)
    else:
        rows = published.NEAR.ask(edition.pk, begins, ends, stages, full)
    items = _merged(rows, drafts, known, speakers)
    items.sort(key=lambda item: (item.start, item.stage.position if item.stage else 0, item.key))
    shown = [item for item in items if stages is None or item.values["stage"] in stages]
    return [item for item in shown if day is None or item.local.date() == day]


def _bounds(day: date, zones: Collection[ZoneInfo]) -> tuple[datetime, datetime]:
    """When the day begins in the first of these zones, and ends in the last."""
    midnights = [[datetime.combine(each, time(), zone) for zone in zones] for each in (day, day + timedelta(days=1))]
    none = datetime.combine(day, time(), UTC)
    return min(midnights[0], default=none), max(midnights[1], default=none)


def find(edition: Edition, key: str) -> Item:
    """The session as it will be, with all its words; 404 when the edition has none of that key."""
    kind, pk = key[:1], number_in(key[1:]) or 0
    drafts = Draft.objects.filter(edition=edition)
    drafts = drafts.filter(session=pk) if kind == "s" else drafts.filter(pk=pk, session=None)
    sessions = Session.objects.filter(edition=edition, pk=pk if kind == "s" else 0)
    items = (
        _merged(published.rows(sessions, full=True), list(drafts), {stage.pk: stage for stage in known_stages(edition)})
        if kind in ("s", "d")
        else []
    )
    if not items:
        raise Http404
    return items[0]


def known_stages(edition: Edition) -> list[Stage]:
    """The edition's stages with their cities, in order; read once for an edition object, as roles are for a person."""
    if "_stages" not in edition.__dict__:
        edition.__dict__["_stages"] = _STAGES.ask(edition.pk)
    held: list[Stage] = edition.__dict__["_stages"]
    return held


_STAGES: Prepared[Stage] = Prepared(lambda edition: Stage.objects.filter(edition=edition).select_related("host_city"))
_DRAFTS: Prepared[Draft] = Prepared(lambda edition: Draft.objects.filter(edition=edition).order_by("pk"))


def drafts_of(edition: Edition) -> list[Draft]:
    """The edition's drafts, the oldest first."""
    return _DRAFTS.ask(edition.pk)


def cities_of(edition: Edition) -> list[HostCity]:
    """The cities with a stage, and the main one, which comes first; the others by name. Read with the stages."""
    held = {stage.host_city_id: stage.host_city for stage in known_stages(edition)}
    held.pop(edition.host_city_id, None)
    return [edition.host_city, *sorted(held.values(), key=lambda city: city.name)]


def _merged(rows: Iterable[Values], drafts: list[Draft], stages: dict[int, Stage], speakers: bool = True) -> list[Item]:
    by_session = {draft.session_id: draft for draft in drafts if draft.session_id}
    held = _published(rows, None if speakers else by_session)  # a draft is compared with all
    items = []
    for pk, (values, status) in held.items():
        draft = by_session.get(pk)
        items.append(Item(values | (draft.values if draft else {}), values, pk, draft, None, status))
    items += [Item(draft.values, None, None, draft) for draft in drafts if draft.session_id is None]
    for item in items:
        item.stage = stages.get(item.values["stage"])
    return items


def _published(rows: Iterable[Values], speaking: Collection[int] | None) -> dict[int, tuple[Values, str]]:
    """Id -> what holds now, and the status. Only those that are `speaking` have their speakers; None: all."""
    found: dict[int, tuple[Values, str]] = {}
    for row in rows:
        pk, status = row.pop("pk"), row.pop("status")
        row |= {name: utc(row[name]) for name in ("start", "end", "embargo_until") if row.get(name)}
        row["cancelled"] = status == Status.CANCELLED
        found[pk] = row | {"speakers": []}, status
    asked = list(found) if speaking is None else [pk for pk in speaking if pk in found]
    listed = Session.speakers.through.objects.filter(session__in=asked).order_by("speaker") if asked else None
    for pk, speaker in listed.values_list("session", "speaker") if listed else ():
        found[pk][0]["speakers"].append(str(speaker))
    return found


def days_of(edition: Edition, drafts: list[Draft]) -> list[date]:
    """The edition's days, and others on which something is, or will be by these drafts."""
    length = min((edition.end_date - edition.start_date).days, 60)
    days = {edition.start_date + timedelta(days=number) for number in range(length + 1)}
    days |= set(published.days(edition.host_city.zone).ask(edition.pk))
    return sorted(days | {item.local.date() for item in items_of(edition, drafted=True, speakers=False, drafts=drafts)})
