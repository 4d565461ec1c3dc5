"""The demo's polls: prepared, open and closed ones, answered by the crowd through the same operations as everybody."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from common.contract import DemoCongress
from people.models import Participant
from polls import late
from polls.ballots import Vote, cast_all
from polls.models import LATE, LateAnswers, Poll, Round
from polls.prepare import Choice, save
from polls.quiz import name_oneself
from polls.state import open_now, step
from sessions.models import Session

# fields, options, each answer's (number of the crowd -> fields as a form has them; "#n" is the n-th option), last step
POLLS: list[tuple[dict[str, Any], list[str], list[dict[str, list[str]]], str]] = [
    (
        {"type": "words", "question": "What does a liveable street need most?", "max_choices": 2, "results": "live"},
        [],
        [{"word": words.split("/")} for words in (
            "trees/shade", "trees/quiet", "benches", "trees/children", "shade", "quiet/trees", "light", "trees/water",
            "neighbours/benches", "children/trees", "shade/quiet", "water")],
        "close",
    ),
    (
        {"type": "quiz", "question": "Which share of Barcelona's trips is made on foot?", "duration": 0},
        ["About 15 %", "About 35 %", "About 60 %"],
        [{"option": [f"#{at}"]} for at in (1, 1, 0, 1, 2, 1, 1, 0, 1, 1, 2, 1)],
        "close",
    ),
    (
        {"type": "single", "question": "What holds your city back most?", "results": "voted", "screen": "live"},
        ["Money", "Rules", "Data nobody shares", "The courage to start"],
        [{"option": [f"#{at}"]} for at in (3, 1, 0, 2, 3, 0, 3, 1, 0)],
        "open",
    ),
    (
        {"type": "rating", "question": "How ready is your city for this?", "highest": 5, "results": "revealed",
         "screen": "revealed", "low_label": "Not at all", "high_label": "Tomorrow"},
        [],
        [],
        "schedule",
    ),
    (
        {"type": "ranking", "question": "In which order would you begin?", "results": "closed"},
        ["Trams", "Bicycles", "Walking", "Charging points"],
        [],
        "",
    ),
]  # fmt: skip
RIGHT = "About 35 %"


def fill(congress: DemoCongress) -> None:
    """Give each live session its polls once."""
    for session in congress.live:
        if not session.polls.filter(sealed=False).exists():
            _fill(session, congress.crowd)
    if congress.recorded:
        _record(congress.recorded, congress.crowd, [congress.people[name] for name in LATER])


# Of the recorded session: the poll, its options, who answered what, minutes at which it was put and closed.
RECORDED: dict[str, Any] = {
    "type": "single",
    "question": "What does a market need first to stay open?",
    "results": "closed",
}
OPTIONS = ["Light", "Water and bins", "Cheap stalls", "Night buses"]
CHOSEN = [0, 0, 1, 0, 1, 2, 0, 3, 1, 0, 1, 0]
PUT, CLOSED = 9, 10
LATER = ("nuria", "helena")  # who answered while they watched the recording


def _record(session: Session, crowd: Sequence[Participant], later: Sequence[Participant]) -> None:
    """The poll of the recorded session, set to its time."""
    if not session.polls.filter(sealed=False).exists():
        answers = [{"option": [f"#{number}"]} for number in CHOSEN]
        _poll(session, crowd, RECORDED, OPTIONS, answers, "close")
    at = {"opened_at": session.start + timedelta(minutes=PUT), "closed_at": session.start + timedelta(minutes=CLOSED)}
    Round.objects.filter(poll__session=session, poll__sealed=False, number__gt=LATE).update(**at)
    LateAnswers.objects.get_or_create(session=session)
    poll = session.polls.filter(sealed=False, state="closed", rounds__number__gt=LATE).first()
    if poll and not late.round_of(poll):
        poll.session.refresh_from_db()
        options = [str(pk) for pk in poll.options.values_list("pk", flat=True)]
        for number, person in enumerate(later):
            late.answer(poll.pk, person, {"option": [options[number]]})


def _fill(session: Session, crowd: Sequence[Participant]) -> None:
    for participant in crowd:
        name_oneself(session, participant, participant.name.split()[0])
    for fields, options, answers, last in POLLS:
        _poll(session, crowd, fields, options, answers, last)


def _poll(
    session: Session,
    crowd: Sequence[Participant],
    fields: dict[str, Any],
    options: list[str],
    answers: list[dict[str, list[str]]],
    last: str,
) -> None:
    named = {"anonymous": False, "may_change": False} if fields["type"] == "quiz" else {}
    poll = save(session, fields | named, [Choice(text, text == RIGHT) for text in options])
    if last == "schedule":
        step(poll.pk, "schedule")
    if last not in ("open", "close"):
        return
    open_now(poll.pk)
    keys = [str(pk) for pk in Poll.objects.get(pk=poll.pk).options.values_list("pk", flat=True)]
    cast_all([Vote(voter.pk, poll.pk, _sent(sent, keys)) for voter, sent in zip(crowd, answers, strict=False)])
    if last == "close":
        step(poll.pk, "close")


def _sent(sent: dict[str, list[str]], keys: list[str]) -> dict[str, list[str]]:
    """The fields of an answer, with the ids of options in the place of "#n"."""
    fields = {
        name: [keys[int(value[1:])] if value[0] == "#" else value for value in values] for name, values in sent.items()
    }
    return fields | {"secret": [str(uuid.uuid4())]}
