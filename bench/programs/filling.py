"""Participants, polls and questions in numbers."""

import itertools
import random
import uuid
from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session as SignIn
from django.utils import timezone
from django.utils.crypto import get_random_string

from chat.models import ChatSettings
from people.models import Participant, Role
from polls.prepare import Choice, save
from polls.state import step
from questions.models import Question, QuestionSettings, Upvote
from sessions.models import Edition, Session, Stage
from tests import world

WORDS = ["trams", "data", "sensors", "water", "budget", "citizens", "maintenance", "pilot", "school", "night", "river"]
WORDS += ["market", "noise", "shade", "bus"]
STATES = ["pending"] * 3 + ["approved"] * 14 + ["queued"] + ["answered"] * 2


def follow(count: int) -> dict[str, Any]:
    """The test congress and so many attendees: its session, their ids and cookies."""
    made = world.build()
    # A chat in which more is written than anybody reads slows down by itself: not what is measured.
    ChatSettings.objects.create(session_id=made["session"], crowded=0)
    people = attendees([f"follower{n}-{made['slug']}" for n in range(count)], made["edition"])
    signed_in = SignIn.objects.bulk_create([_sign_in(who) for who in people])
    return {
        "session": made["session"],
        "people": [who.pk for who in people],
        "cookies": [sign_in.session_key for sign_in in signed_in],
    }


def attendees(names: list[str], edition: int) -> list[Participant]:
    people = Participant.objects.bulk_create(
        [Participant(email=f"{name}@example.org", name=name, city="Lagos", password="!") for name in names]
    )
    Role.objects.bulk_create([Role(participant=who, name="attendee", scope=f"edition:{edition}") for who in people])
    return people


def _sign_in(who: Participant) -> SignIn:
    data = {
        SESSION_KEY: str(who.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: who.get_session_auth_hash(),
    }
    until = timezone.now() + timedelta(days=1)
    return SignIn(session_key=get_random_string(32), session_data=SignIn.objects.encode(data), expire_date=until)


def vote(count: int, polls: int) -> dict[str, Any]:
    """So many attendees and scheduled polls of four options: ids, and the cookies of all and of a moderator."""
    made = world.build()
    session = Session.objects.select_related("edition").get(pk=made["session"])
    people = attendees([f"voter{n}" for n in range(count)], made["edition"])
    return {
        "session": session.pk,
        "moderator": made["cookies"]["moderator"],
        "cookies": [world.cookie(who) for who in people],
        "polls": [_scheduled(session, number) for number in range(polls)],
    }


def _scheduled(session: Session, number: int) -> dict[str, Any]:
    fields = {"type": "single", "question": f"Rush {number}", "anonymous": False}
    poll = save(session, fields, [Choice(text) for text in ("Trams", "Trees", "Water", "Light")])
    poll = step(poll.pk, "schedule")
    return {"pk": poll.pk, "options": [str(option.pk) for option in poll.options.all()]}


def ask(sizes: dict[str, list[int]], voters: int) -> dict[str, Any]:
    """A session for each size (questions, upvotes) by its name, and the cookies of so many who may vote."""
    random.seed(1)
    made = world.build()
    people = attendees([f"voter{n}" for n in range(2000)], made["edition"])
    found = {"cookies": [world.cookie(who) for who in people[:voters]], "moderator": made["cookies"]["moderator"]}
    for name, (questions, upvotes) in sizes.items():
        session = world.talk(Edition.objects.get(pk=made["edition"]), Stage.objects.get(pk=made["stage"]), name)
        found[name] = asked(session, people, questions, upvotes)
    return found


def asked(session: Session, people: list[Participant], questions: int, upvotes: int) -> dict[str, Any]:
    QuestionSettings.objects.create(session=session, intake="open")
    states, keys = itertools.cycle(STATES), [uuid.uuid4() for _ in range(questions)]
    Question.objects.bulk_create(
        [
            Question(
                pk=key,
                session=session,
                asker=people[number % len(people)],
                root_id=key,
                state=next(states),
                position=number,
                text=f"What about {' '.join(random.sample(WORDS, 6))}? ({number})",
            )
            for number, key in enumerate(keys)
        ]
    )
    votable = list(Question.objects.filter(session=session, state="approved").values_list("pk", flat=True))
    pairs = list({(random.choice(votable), random.choice(people).pk) for _ in range(upvotes * 5)})[:upvotes]
    Upvote.objects.bulk_create([Upvote(question_id=key, participant_id=who) for key, who in pairs], batch_size=5000)
    return {"session": session.pk, "open": [str(key) for key in votable], "upvotes": len(pairs)}
