"""The demo's questions: its crowd asks, upvotes and is answered, through the same operations as everybody."""

import uuid
from collections.abc import Sequence

from common.contract import DemoCongress
from people.models import Participant
from questions.asking import Draft, add_from_hall, ask
from questions.models import Question, QuestionSettings, Upvote
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
