"""The moderators' cards: the data of many at once, by a fixed number of queries."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any, cast

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from common.prepared import Prepared
from common.registry import registry
from common.templatetags.drawn import Written
from people.models import Participant
from questions.data import AskedData, Author, asked_data, by
from questions.models import PUBLIC, Note, Question, QuestionSettings, State
from questions.upvotes import with_votes

HANDLED_FOR = timedelta(seconds=60)
# All that a card is made from, which decides whether it is still the same.
SHOWN = (
    *("id", "session_id", "asker_id", "anonymous", "named_to_moderators", "origin", "hall_name", "hall_place"),
    *("language", "text", "original", "state", "answered_how", "reason", "position", "merged_into_id", "root_id"),
    *("labels", "handled_at", "version", "similar_to_id", "handled_by_id", "handled_by__name"),
    *("asker__name", "asker__city", "asker__country", "asker__is_guest", "asker__visibility"),
    *("root__text", "similar_to__text", "similar_to__state", "similar_to__root_id", "votes", "gathered", "is_noted"),
)
_OWN = {field.attname for field in Question._meta.concrete_fields}


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
    language, rows = get_language() or "", _ROWS.ask(keys)
    notes = _notes([row[0] for row in rows if row[-1]])
    made: dict[uuid.UUID, CardData] = {}
    for row in rows:
        key, session, asker = row[:3]
        named = settings[session].names_for_moderators
        made[key] = _card(language, row, named, registry.mark(asker), tuple(notes[key]))
    found = registry.translations({card["text"] for card in made.values()})
    return {key: _with(card, found[card["text"]]) for key, card in made.items()}


def _with(card: CardData, translations: Mapping[str, str] | None) -> CardData:
    """The card with what machines have made of its words."""
    return card if translations is None else {**card, "translations": translations}


def _rows(keys: list[uuid.UUID]) -> "QuerySet[Question, tuple[Any, ...]]":
    tree = Question.objects.filter(root=OuterRef("pk")).exclude(pk=OuterRef("pk")).order_by().values("root")
    gathered = Coalesce(Subquery(tree.annotate(count=Count("pk")).values("count")), 0)
    noted = Exists(Note.objects.filter(question=OuterRef("pk")))
    questions = with_votes(Question.objects.filter(pk__in=keys)).annotate(gathered=gathered, is_noted=noted)
    return questions.values_list(*SHOWN)  # type: ignore[no-any-return]


_ROWS: Prepared[tuple[Any, ...]] = Prepared(_rows)


def _notes(keys: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, list[tuple[int, str, str]]]:
    notes: defaultdict[uuid.UUID, list[tuple[int, str, str]]] = defaultdict(list)
    for question, *note in _NOTES.ask(keys):
        notes[question].append(tuple(note))
    return notes


_NOTES: Prepared[tuple[Any, ...]] = Prepared(
    lambda keys: (
        Note.objects.filter(question__in=keys).order_by("pk").values_list("question", "author", "author__name", "text")
    )
)


@lru_cache(maxsize=3000)
def _card(
    language: str, row: tuple[Any, ...], named: bool, mark: str, notes: tuple[tuple[int, str, str], ...]
) -> CardData:
    """What the moderators' board shows, kept by all that it is made from: nobody may change it.

    The name of who asks without one is there only as the organiser chose.
    """
    values = dict(zip(SHOWN, row, strict=True))
    question = _question(values)
    data = asked_data(question, values["votes"], mark)
    if question.anonymous and question.names_asker(named):
        data = {**data, **by(question.asker), "place": question.asker.place}
    text, original = question.kept_words
    alike = question.similar_to if question.state in (State.PENDING, State.APPROVED) else None
    if alike is not None and (alike.state not in PUBLIC | {State.PENDING} or alike.root_id == question.root_id):
        alike = None
    card: CardData = {
        **data,
        "text": text,
        "version": question.version,
        "position": question.position,
        "reason": question.reason,
        "original": original,
        "labels": question.label_list,
        "notes": [{"participant": author, "name": name, "text": text} for author, name, text in notes],
        "gathered": values["gathered"],
        "similar": {"id": str(alike.pk), "text": alike.text} if alike else None,
        "merged_text": question.root.text if question.merged_into_id else "",
        "handled_by": question.handled_by.name if question.handled_by else "",
        "handled_by_id": question.handled_by_id,
        "handled_until": (question.handled_at + HANDLED_FOR).isoformat() if question.handled_at else "",
    }
    return cast(CardData, Written(card))


def _question(values: Mapping[str, Any]) -> Question:
    """The question of a row, with those that it names."""
    question = Question(**{name: value for name, value in values.items() if name in _OWN})
    for relation, model in (
        ("asker", Participant),
        ("handled_by", Participant),
        ("root", Question),
        ("similar_to", Question),
    ):
        of, pk = f"{relation}__", values[f"{relation}_id"]
        fields = {name.removeprefix(of): value for name, value in values.items() if name.startswith(of)}
        setattr(question, relation, model(pk=pk, **fields) if pk else None)
    return question
