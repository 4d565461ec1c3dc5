"""Incubation: a challenge of a city or partner is a category whose teams go through stages instead of to a ceremony.

One enters, is judged and chosen as in every category. What a challenge has of its own is data: its host and its stages.
A team is public once the chair has published who was chosen; from then on organisers say at which stage it is.
"""

import uuid
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from awards import state
from awards.content import Stage
from awards.models import PUBLIC, Category, Entry, Kind
from common import clock
from people.models import Participant
from people.refusal import Refused

ENDED = "ended"  # a stage that every challenge has: the team goes no further
ENDED_LABEL = _("Ended")
MOST = 50  # challenges on the page, the newest


class Team(NamedTuple):
    """A team as everybody sees it."""

    title: str
    organisation: str
    place: str
    url: str
    stage: str


class Challenge(NamedTuple):
    """A challenge as everybody sees it: its teams by their stage, those that are the farthest first."""

    category: Category
    words: dict[str, Any]
    is_open: bool
    teams: list[Team]


def stages_of(category: Category) -> list[Stage]:
    """The stages of a challenge in the reader's language, the first to the last, and that a team has ended."""
    return [*category.local["stages"], Stage(key=ENDED, label=str(ENDED_LABEL))]


def label_of(entry: Entry) -> str:
    """At which stage a team is, in words; who was only just chosen is at the first."""
    stages = stages_of(entry.category)
    return next((stage["label"] for stage in stages if stage["key"] == entry.stage), stages[0]["label"])


def move(pk: uuid.UUID, stage: str, by: Participant, *, expected: int | None = None) -> Entry:
    """Say at which stage a team is. Raises Refused for what is no challenge's, or no stage of it."""
    entry = Entry.objects.select_related("category").get(pk=pk)
    if entry.category.kind != Kind.CHALLENGE or stage not in [each["key"] for each in stages_of(entry.category)]:
        raise Refused(_("The challenge has no such stage."), 422)
    return state.step(pk, "move", by, expected=expected, stage=stage)


def challenges() -> list[Challenge]:
    """All challenges that are open or were, the newest call first. Some queries, however many."""
    now = clock.now()
    found = Category.objects.filter(kind=Kind.CHALLENGE, call__opens_at__lte=now)
    related = found.select_related("call__edition", "host").order_by("-call__opens_at", "position", "pk")
    categories = list(related[:MOST])
    teams = Entry.objects.filter(category__in=categories, state__in=PUBLIC).select_related("category").order_by("title")
    by_category: dict[int, list[Entry]] = {}
    for entry in teams:
        by_category.setdefault(entry.category_id, []).append(entry)
    return [
        Challenge(each, each.local, each.call.is_open(now), _teams(each, by_category.get(each.pk, [])))
        for each in categories
    ]


def _teams(category: Category, entries: list[Entry]) -> list[Team]:
    order = [stage["key"] for stage in category.stages]

    def farthest(entry: Entry) -> int:
        return -1 if entry.stage == ENDED else order.index(entry.stage) if entry.stage in order else 0

    return [
        Team(
            entry.title,
            entry.organisation,
            ", ".join(part for part in (entry.city, entry.country) if part),
            entry.get_absolute_url(),
            label_of(entry),
        )
        for entry in sorted(entries, key=farthest, reverse=True)
    ]
