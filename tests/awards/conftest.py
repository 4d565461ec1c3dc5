"""A call, its categories, entries in each state, and a jury."""

from datetime import timedelta

import pytest

from awards.content import criteria_of, questions_of
from awards.models import CHAIR, JUDGE, Call, Category, Entry, Judge
from common import clock
from people.models import Participant, Role
from sessions.models import Session
from tests import world

QUESTIONS = (
    "summary | Summary | text | 200 | required\nlink | Link | link | 100 |\nagreed | Agreed | consent | 1 | required"
)
STAGES = [{"key": "try", "label": "First try"}, {"key": "pilot", "label": "Pilot"}]
CRITERIA = "impact | Impact | 60 | 0-10\nidea | Idea | 40 | 1-5"
WHOLE = {"title": "Trees that talk", "organisation": "City of Lagos", "city": "Lagos", "country": "Nigeria"}
WHOLE |= {"summary": "Sensors in trees.", "agreed": True, "language": "en"}


def call_of(edition, **fields):
    now = clock.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    return Call.objects.create(edition=edition, title="Awards", **times | fields)


def category_of(call, name="City", **fields):
    lists = {"questions": questions_of(QUESTIONS), "criteria": criteria_of(CRITERIA)}
    return Category.objects.create(call=call, name=name, **{"kind": "city"} | lists | fields)


def entry_of(category, owner, state="submitted", **content):
    """An entry of a participant; all but a draft were submitted."""
    draft = WHOLE | content
    entry = Entry.objects.create(category=category, owner=owner, draft=draft, state=state)
    if state != "draft":
        entry.answers = {key: draft[key] for key in draft if key in ("summary", "link", "agreed")}
        for name in ("title", "organisation", "city", "country", "language"):
            setattr(entry, name, draft[name])
        entry.submitted_at = clock.now()
        entry.save()
    entry.authors.add(owner)
    return entry


def judge_of(call, participant, chair=False, **fields):
    """A member of the jury with the role."""
    name = CHAIR if chair else JUDGE
    Role.objects.get_or_create(participant=participant, name=name, scope=call.edition.room_key)
    return Judge.objects.create(call=call, participant=participant, chair=chair, **fields)


def stranger(number, **fields):
    """Somebody of no organisation and no city that anybody else has."""
    return Participant.objects.create_user(f"stranger-{number}@example.org", name=f"Stranger {number}", **fields)


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    made["all"] = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    made["at"] = Session.objects.select_related("edition__host_city").get(pk=made["session"])
    made["call"] = call_of(made["at"].edition)
    made["category"] = category_of(made["call"])
    return made
