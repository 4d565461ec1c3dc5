"""The moderators' cards: the data of many at once, by a fixed number of queries."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, QuerySet

from common.prepared import Prepared
from questions.data import AskedData, Author, asked_data, by, translated
from questions.models import PUBLIC, Note, Question, QuestionSettings, State
from questions.upvotes import counts

HANDLED_FOR = timedelta(seconds=60)
# The columns that a card shows; what is left out would be asked for one question after the other.
SHOWN = (
    *("session", "asker", "anonymous", "named_to_moderators", "origin", "hall_name", "hall_place", "language", "text"),
    *("original", "state", "answered_how", "reason", "position", "merged_into", "root", "labels", "handled_at"),
    *("version", "asked_at", "similar_to", "handled_by", "handled_by__name"),
    *("asker__name", "asker__city", "asker__country", "asker__is_guest", "asker__visibility"),
    *("similar_to__text", "similar_to__state", "similar_to__root"),
)


class NoteData(Author):
    """A moderator's note."""

    text: str


class CardData(AskedData):
    """What the moderators' board shows."""

    version: int
    position: Any
    reason: str
    original: str
    labels: list[str]
    notes: list[NoteData]
    similar: dict[str, str] | None
    merged_text: str
    gathered: int
    handled_by: str
    handled_by_id: int | None
    handled_until: str


def cards(keys: Collection[uuid.UUID], settings: Mapping[int, QuestionSettings]) -> dict[uuid.UUID, CardData]:
    """Id of a question -> its card; `settings` are those of their sessions, by the session's id."""
    questions = _ROWS.ask(keys)
    _know_roots(questions)
    votes, notes, gathered = counts(keys), _notes(keys), _gathered(keys)
    drawn = [
        _card(
            question,
            settings[question.session_id],
            votes[question.pk],
            notes[question.pk],
            gathered.get(question.pk, 0),
        )
        for question in questions
    ]
    return {uuid.UUID(card["id"]): card for card in translated(drawn)}


_ROWS: Prepared[Question] = Prepared(
    lambda keys: Question.objects.filter(pk__in=keys).select_related("asker", "similar_to", "handled_by").only(*SHOWN)
)


def _know_roots(questions: list[Question]) -> None:
    """Most questions are their own root; those of the merged ones are fetched together."""
    merged = {question.root_id for question in questions if question.merged_into_id}
    roots = Question.objects.only("pk", "text").in_bulk(merged) if merged else {}
    for question in questions:
        question.root = roots.get(question.root_id, question)


def _notes(keys: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, list[NoteData]]:
    notes: defaultdict[uuid.UUID, list[NoteData]] = defaultdict(list)
    for note in _NOTES.ask(keys):
        notes[note.question_id].append({**by(note.author), "text": note.text})
    return notes


_NOTES: Prepared[Note] = Prepared(
    lambda keys: Note.objects.filter(question__in=keys).select_related("author").order_by("pk")
)


def _gathered(keys: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Id of a question -> how many others were merged into it, for those that have any."""
    return dict(_GATHERED.ask(keys))


def _counted(keys: list[uuid.UUID]) -> QuerySet[Question, tuple[uuid.UUID, int]]:
    merged = Question.objects.filter(root__in=keys).exclude(pk=F("root")).order_by()
    return merged.values_list("root").annotate(count=Count("pk"))


_GATHERED = Prepared(_counted)


def _card(question: Question, settings: QuestionSettings, votes: int, notes: list[NoteData], gathered: int) -> CardData:
    """What the moderators' board shows; the name of who asks without one only as the organiser chose."""
    data = asked_data(question, votes)
    if question.anonymous and question.names_asker(settings):
        data = {**data, **by(question.asker), "place": question.asker.place}
    text, original = question.kept_words
    alike = question.similar_to if question.state in (State.PENDING, State.APPROVED) else None
    if alike is not None and (alike.state not in PUBLIC | {State.PENDING} or alike.root_id == question.root_id):
        alike = None
    return {
        **data,
        "text": text,
        "version": question.version,
        "position": question.position,
        "reason": question.reason,
        "original": original,
        "labels": question.label_list,
        "notes": notes,
        "gathered": gathered,
        "similar": {"id": str(alike.pk), "text": alike.text} if alike else None,
        "merged_text": question.root.text if question.merged_into_id else "",
        "handled_by": question.handled_by.name if question.handled_by else "",
        "handled_by_id": question.handled_by_id,
        "handled_until": (question.handled_at + HANDLED_FOR).isoformat() if question.handled_at else "",
    }
