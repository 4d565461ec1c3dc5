"""The demo's questions: a small crowd asks, upvotes and is answered, through the same operations as everybody."""

import uuid

from people.models import Participant, Role
from questions.asking import Words, add_from_hall, ask
from questions.desk import answer, note
from questions.models import Board, Question, Upvote
from questions.state import step
from sessions.models import Edition, Session

CROWD = [  # name, city, country
    ("Mei Chen", "Shenzhen", "China"),
    ("Thiago Alves", "Curitiba", "Brazil"),
    ("Fatima Al-Kuwari", "Doha", "Qatar"),
    ("Oriol Puig", "Girona", "Spain"),
    ("Grace Mwangi", "Nairobi", "Kenya"),
    ("Lucía Herrera", "Puebla", "Mexico"),
    ("Tom Becker", "Hamburg", "Germany"),
    ("Aiko Tanaka", "Fukuoka", "Japan"),
    ("Priya Nair", "Kochi", "India"),
    ("Sofie Jensen", "Aarhus", "Denmark"),
    ("Omar Haddad", "Amman", "Jordan"),
    ("Emily Carter", "Pittsburgh", "United States"),
]
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


def fill_questions(session: Session, people: dict[str, Participant], number: int) -> None:
    """Give a live session its questions once; the sessions differ a little by `number`."""
    if session.questions.exists():
        return
    crowd, moderator = crowd_of(session.edition), people["nuria"]
    Board.objects.update_or_create(session=session, defaults={"intake": "open"})
    made: list[Question] = []
    for at, (asker, text, votes, steps) in enumerate(QUESTIONS):
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{session.guid}/question/{at}")
        if asker == "hall":
            question = add_from_hall(session, moderator, text, "Marta Vidal", "Agora, row 4", key)
        else:
            question = ask(session, crowd[int(asker)], Words(text, anonymous=at == 7), key)
        for action in steps:
            reason = "Not about this session" if action == "dismiss" else ""
            step(question.pk, action, moderator, reason=reason)
        voters = [crowd[(at + each * 5 + number) % len(crowd)] for each in range(max(0, votes - number % 2))]
        Upvote.objects.bulk_create([Upvote(question=question, participant=who) for who in voters])
        made.append(question)
    answer(made[6], moderator, "Yes, under the European Union Public Licence; two cities maintain it together.", True)
    note(made[8], moderator, "Close to the second one, ask Helena whether to merge")


def crowd_of(edition: Edition) -> list[Participant]:
    """Participants who ask and upvote but cannot be entered as."""
    crowd = []
    for name, city, country in CROWD:
        email = f"{name.split()[0].lower()}@crowd.example.org"
        who = Participant.objects.filter(email=email).first() or Participant.objects.create_user(email, name=name)
        Participant.objects.filter(pk=who.pk).update(city=city, country=country)
        who.city, who.country = city, country
        Role.objects.get_or_create(participant=who, name="attendee", scope=f"edition:{edition.pk}")
        crowd.append(who)
    return crowd
