"""A stage with a running order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import Participant
from sessions import status
from sessions.models import Session, StatusChange
from show.models import Show
from tests import world


def minutes(number):
    return timedelta(minutes=number)


@pytest.fixture
def now():
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def congress(db, now):
    """A stage on which the first of four sessions began ten minutes late; the third is a break."""
    made = world.build()
    session = Session.objects.get(pk=made["session"])
    people = Participant.objects.in_bulk(made["people"].values())
    made["people"] = {name: people[pk] for name, pk in made["people"].items()}
    made["row"] = [session, *(world.talk(session.edition, session.stage, f"Talk {number}") for number in range(2, 5))]
    for each, start, length in zip(made["row"], (-30, 15, 60, 90), (45, 45, 30, 45), strict=True):
        Session.objects.filter(pk=each.pk).update(start=now + minutes(start), end=now + minutes(start + length))
    Show.objects.create(session=made["row"][2], cue="break", least=10)
    begin(session, made["people"]["organiser"], now - minutes(18))
    made["stage"] = session.stage
    return made


def begin(session, by, at):
    """Start a session as if at another time."""
    for action in ("prepare", "go_live"):
        status.step(session.pk, action, by)
    StatusChange.objects.filter(session=session).update(at=at)
