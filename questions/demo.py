"""The demo's questions: its crowd asks, upvotes and is answered, through the same operations as everybody."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from common.contract import DemoCongress
from people.models import Participant
from questions.asking import Draft, add_from_hall, ask
from questions.models import Change, Question, QuestionSettings, Upvote
from questions.moderation import answer, note
from questions.state import step
from sessions.models import Session

# asker (a number of the crowd, or "hall"), words, upvotes, what happens to it
QUESTIONS: list[tuple[int | str, str, int, list[str]]] = [
    (0, "Who owns the data once the pilot ends, and may citizens have it deleted?", 11, ["approve", "queue", "stage"]),
    (1, "What did it cost per resident, maintenance included?", 10, ["approve", "queue"]),
    ("hall", "How did you convince the bus operators to share their timetables?", 6, ["queue"]),
    (4, "Which part would you leave out in a city with half the budget?", 9, ["approve", "queue"]),
    (5, "Did people without a smartphone take part in the consultation, and how?", 7, ["approve"]),
    (6, "How do you measure success five years from now?", 5, ["approve"]),
    (7, "Is the software open source, and who maintains it today?", 4, ["approve"]),
    (10, "What was the biggest mistake of the first year?", 3, ["approve"]),
    (11, "Who pays for maintenance after year three?", 0, []),
    (2, "Could this work in a climate of 45 degrees?", 0, []),
    (8, "Buy my startup's parking app at half price!", 0, ["dismiss"]),
]


def fill(congress: DemoCongress) -> None:
    """Give each live session its questions once; the sessions differ a little."""
    for number, session in enumerate(congress.live):
        if not session.questions.exists():
            _fill(session, congress.crowd, congress.people["nuria"], number)
    if congress.recorded:
        _record(congress.recorded, congress)


# Of the recorded session: asker, words, upvotes, minutes at which it was asked, published and on stage (None: never).
RECORDED: list[tuple[int, str, int, int, int, int | None]] = [
    (0, "What did the vendors pay in the first winter?", 11, 3, 4, 22),
    (3, "Who decided which vendor gets which corner?", 8, 5, 6, 27),
    (5, "How do ambulances get through at night?", 9, 8, 9, 31),
    (7, "Did rents go up around the square?", 6, 13, 20, None),
    (9, "May we have the counts as open data?", 4, 24, 25, None),
    (2, "Which market would you not do again?", 5, 40, 41, None),  # after the end
]


def _record(session: Session, congress: DemoCongress) -> None:
    """The questions of the recorded session, each set to its time."""
    QuestionSettings.objects.update_or_create(session=session, defaults={"intake": "open"})
    crowd, moderator = congress.crowd, congress.people["nuria"]
    for number, (asker, text, votes, asked, published, staged) in enumerate(RECORDED):
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{session.guid}/question/{number}")
        if not Question.objects.filter(pk=key).exists():
            ask(session, crowd[asker], Draft(text, anonymous=number == 3), key)
            for action in ("approve", *(("queue", "stage", "answer") if staged else ())):
                step(key, action, moderator)
            voters = [crowd[(number + nth * 5) % len(crowd)] for nth in range(votes)]
            Upvote.objects.bulk_create([Upvote(question_id=key, participant=voter) for voter in voters])
        moments = {"approve": published, "queue": published, "stage": staged or 0, "answer": (staged or 0) + 3}
        Question.objects.filter(pk=key).update(asked_at=session.start + timedelta(minutes=asked))
        for action, minute in moments.items():
            at = session.start + timedelta(minutes=minute)
            Change.objects.filter(question=key, action=action).update(at=at)


def _fill(session: Session, crowd: Sequence[Participant], moderator: Participant, number: int) -> None:
    QuestionSettings.objects.update_or_create(session=session, defaults={"intake": "open"})
    made: list[Question] = []
    for at, (asker, text, votes, steps) in enumerate(QUESTIONS):
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{session.guid}/question/{at}")
        if asker == "hall":
            question = add_from_hall(session, moderator, text, "Marta Vidal", "Agora, row 4", key)
        else:
            question = ask(session, crowd[int(asker)], Draft(text, anonymous=at == 7), key)
        for action in steps:
            reason = "Not about this session" if action == "dismiss" else ""
            step(question.pk, action, moderator, reason=reason)
        voters = [crowd[(at + nth * 5 + number) % len(crowd)] for nth in range(max(0, votes - number % 2))]
        Upvote.objects.bulk_create([Upvote(question=question, participant=voter) for voter in voters])
        made.append(question)
    answer(made[6], moderator, "Yes, under the European Union Public Licence; two cities maintain it together.", True)
    note(made[8], moderator, "Close to the second one, ask Helena whether to merge")
