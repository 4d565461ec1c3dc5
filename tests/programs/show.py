"""The show of a session as tests of its screen and its speaker's page need it."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from agenda.models import Saved
from captions import writing
from captions.models import Track
from people.models import Participant
from polls.models import Poll
from polls.prepare import Choice, save
from polls.state import open_now, step
from questions import moderation
from questions.asking import add_from_hall
from questions.models import Question, QuestionSettings
from questions.state import step as question_step
from registration import hall
from sessions import status
from sessions.models import Session, StatusChange
from show import address, running
from show.following import screen_changed
from show.models import Show, StageShow
from tests import world

FAR = "Asia/Tokyo"
EIGHT = ["Trams", "Bicycles", "Walking", "Buses at night", "Ferries", "Cable cars", "Shared scooters", "Trains"]
ARABIC = "كيف نجعل شوارع مدينتنا أكثر أمانا للأطفال وكبار السن في ساعات الذروة؟"
CHINESE = "我们应该如何在高峰时段让城市的街道对儿童和老年人更加安全，同时保持公共交通的效率？"
LONG = ("How would you divide the budget of the next ten years between trams, cycle lanes and trees? " * 4)[:200]
POLLS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "eight": ({"question": "Which way through the city should come first, and who should pay for it?"}, EIGHT),
    "full": ({"question": LONG}, [f"{name}, {LONG}"[:120] for name in EIGHT]),
    "axis": (
        {"question": "How was it?", "type": "rating", "highest": 10, "low_label": "Poor", "high_label": "Great"},
        [],
    ),
    "arabic": ({"question": ARABIC}, ["الترام", "الدراجات", "المشي", "الحافلات الليلية"]),
    "chinese": ({"question": CHINESE}, ["有轨电车", "自行车", "步行", "夜间公交"]),
    "words": ({"question": "In one word?", "type": "words", "max_choices": 5}, []),
    "quiz": ({"question": "How many trams?", "type": "quiz"}, EIGHT[:4]),
    "number": ({"question": "How many?", "type": "number", "highest": 5000}, []),
}


def prepared() -> dict[str, Any]:
    """The test congress, on air, with a hall code; "screen" is the path of its signed address."""
    made = world.build()
    start = timezone.now() - timedelta(minutes=30)
    Session.objects.filter(pk=made["session"]).update(
        status="live", start=start, end=start + timedelta(hours=1), title=f"Streets for people, {LONG}"[:300]
    )
    session, by = _session(made["session"]), _by(made)
    QuestionSettings.objects.create(session=session, intake="open")
    hall.show(session, timezone.now() + timedelta(hours=2), by)
    return made | {"screen": address.path(Show.of(session))}


def _session(pk: int) -> Session:
    return Session.objects.select_related("edition", "stage__host_city").get(pk=pk)


def _by(made: dict[str, Any]) -> Participant:
    return Participant.objects.get(pk=made["people"]["moderator"])


def show_poll(session: int, name: str, answered: bool) -> int:
    """That poll of POLLS, alone open; with answers and results, or without. Its id."""
    from tests.polls.conftest import answered as answer

    for poll in Poll.objects.filter(session=session, state="open"):
        step(poll.pk, "close")
    fields, options = POLLS[name]
    results = {"results": "live", "screen": "live" if answered else "never", "anonymous": False, "type": "single"}
    choices = [Choice(text, at == 0 and name == "quiz") for at, text in enumerate(options)]
    poll = open_now(save(_session(session), results | fields, choices).pk)
    people = list(Participant.objects.exclude(email="").values_list("pk", flat=True)[:6])
    for at, who in enumerate(people if answered else []):
        if options:
            answer(poll, [who], option=[at % 3])
        elif name == "words":
            answer(poll, [who], word=["Trees", "Shade", f"Water {at}"])
        else:
            answer(poll, [who], **{"rating" if name == "axis" else "number": [at + 3]})
    return poll.pk


def ask(made: dict[str, Any], text: str) -> str:
    """A question from the hall, queued. Its id."""
    session, by = _session(made["session"]), _by(made)
    add_from_hall(session, by, text, "Núria", "Barcelona", uuid.uuid4())
    found = Question.objects.filter(session=session).order_by("asked_at").last()
    assert found
    if found.state == "pending":
        question_step(found.pk, "approve", by)
    question_step(found.pk, "queue", by)
    return str(found.pk)


def bring_on_stage(made: dict[str, Any], text: str) -> str:
    """A question from the hall, alone on stage. Its id."""
    by, pk = _by(made), ask(made, text)
    for each in Question.objects.filter(session=made["session"], state="on_stage"):
        question_step(each.pk, "answer", by)
    question_step(uuid.UUID(pk), "stage", by)
    return pk


def on_stage(made: dict[str, Any]) -> str:
    """The text of the question on stage, or ""."""
    found = Question.objects.filter(session=made["session"], state="on_stage").first()
    return found.text if found else ""


def choose(made: dict[str, Any], mode: str) -> None:
    """The moderator chooses what the screen shows."""
    running.configure(_session(made["session"]), {"mode": mode}, _by(made))


def thresholds(made: dict[str, Any], amber: int, red: int) -> None:
    """The moderator chooses when the clock turns."""
    running.configure(_session(made["session"]), {"amber": amber, "red": red}, _by(made))


def revoke(made: dict[str, Any]) -> str:
    """The moderator ends the screen's address. The path of the new one."""
    session = _session(made["session"])
    running.revoke(session, _by(made))
    return address.path(Show.of(session))


def prompt(made: dict[str, Any], text: str) -> None:
    """A private line to the speakers."""
    moderation.prompt(_session(made["session"]), _by(made), text)


def finishing_in(made: dict[str, Any], seconds: int) -> None:
    """The session ends so soon."""
    session = _session(made["session"])
    session.end = timezone.now() + timedelta(seconds=seconds)
    session.save()


def late() -> dict[str, Any]:
    """A stage whose first session began twelve minutes late, with two that follow at once, and one of another stage.

    "second" and "third" are the ids of the next sessions, which the attendee in FAR has saved; "monitor", "sign" and
    "screen" (of the third) are paths of signed addresses.
    """
    made = world.build()
    now = timezone.now().replace(second=0, microsecond=0)
    first = _session(made["session"])
    talks = [first, *(world.talk(first.edition, first.stage, title) for title in ("Trees at noon", "Shade at one"))]
    for place, each in enumerate(talks):
        start = now + timedelta(minutes=45 * place - 30)
        Session.objects.filter(pk=each.pk).update(
            start=start, end=start + timedelta(minutes=45), stream="https://a.b/c"
        )
    by = Participant.objects.get(pk=made["people"]["organiser"])
    for action in ("prepare", "go_live"):
        status.step(first.pk, action, by)
    StatusChange.objects.filter(session=first).update(at=now - timedelta(minutes=18))
    stage = StageShow.of(first.stage_id)
    pages = {page: address.stage_path(stage, page) for page in address.STAGE_PAGES}
    who = made["people"]["attendee"]
    Participant.objects.filter(pk=who).update(timezone=FAR)
    Saved.objects.bulk_create(Saved(participant_id=who, session=each) for each in talks[1:])
    screen = address.path(Show.of(talks[2]))
    return made | pages | {"second": talks[1].pk, "third": talks[2].pk, "screen": screen}


def begin_of(session: int) -> str:
    """The published start of a session, ISO 8601."""
    return _session(session).begins.isoformat()


def captioned(session: int, text: str, language: str = "en") -> None:
    """What a caption tool sends now, of the track that the stage screen shows."""
    found = Session.objects.get(pk=session)
    Session.objects.filter(pk=session).update(status="live")
    track, made = Track.objects.get_or_create(session=found, language=language, defaults={"name": language})
    if made:
        found.caption_tracks.exclude(pk=track.pk).update(on_screen=False)
        Track.objects.filter(pk=track.pk).update(on_screen=True)
        with transaction.atomic():
            screen_changed(found)
    writing.receive(track.pk, track.last_seq + 1, text)
