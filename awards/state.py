"""The states of an entry: which step leads where, what goes with it, who may take it."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from awards.models import PUBLIC, Consent, Entry, Kind, Message, State
from common import clock
from live.revocations import end_copies
from people import audit
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step

S = State
ENTER, MANAGE, CHAIR = "awards.enter", "awards.manage", "awards.chair"
CHECKED = frozenset({S.SUBMITTED, S.QUERY})
OPENED = frozenset({S.ELIGIBLE, S.FINALIST})

# What its authors do, within the times of the call (entering.py).
OWN_STEPS = {
    "submit": Step(_("Submit"), frozenset({S.DRAFT, S.SUBMITTED, S.QUERY}), None, ENTER),
    "withdraw": Step(_("Withdraw"), frozenset({S.DRAFT, S.SUBMITTED, S.QUERY, S.ELIGIBLE}), S.WITHDRAWN, ENTER),
    "resume": Step(_("Take up again"), frozenset({S.WITHDRAWN}), None, ENTER),
    "answer": Step(_("Answer"), frozenset({S.QUERY}), S.SUBMITTED, ENTER),
}
# What the person does whom a Leadership entry honours (consent.py).
OBJECTION = {"object": Step(_("Consent taken back"), frozenset(S) - {S.DRAFT, S.WITHDRAWN}, S.WITHDRAWN, ENTER)}
# What organisers do.
STEPS = {
    "accept": Step(_("Accept"), CHECKED | {S.INELIGIBLE}, S.ELIGIBLE, MANAGE),
    "query": Step(_("Ask the entrant"), CHECKED, S.QUERY, MANAGE),
    "refuse": Step(_("Not eligible"), CHECKED, S.INELIGIBLE, MANAGE),
}
# What happens to an entry when a sealed decision is opened.
OPENINGS = {
    "nominate": Step(_("Finalist"), frozenset({S.ELIGIBLE}), S.FINALIST, CHAIR),
    "third": Step(_("Third place"), OPENED, S.THIRD, CHAIR),
    "second": Step(_("Second place"), OPENED, S.SECOND, CHAIR),
    "mention": Step(_("Special mention"), OPENED, S.MENTION, CHAIR),
    "win": Step(_("Winner"), OPENED, S.WINNER, CHAIR),
}
OPENING_OF = {S.FINALIST: "nominate", S.THIRD: "third", S.SECOND: "second", S.MENTION: "mention", S.WINNER: "win"}
# What organisers say of a challenge's team that was chosen (incubating.py).
MOVES = {"move": Step(_("Another stage"), PUBLIC, None, MANAGE)}
LABELS = {action: step.label for action, step in (OWN_STEPS | OBJECTION | STEPS | OPENINGS | MOVES).items()}
FIELDS: tuple[str, ...] = ("state", "reason", "answer_until", "submitted_at", "title", "organisation", "city")
FIELDS += ("country", "language", "stage")


def _lock(pk: uuid.UUID) -> Entry:
    Entry.objects.select_for_update(no_key=True).get(pk=pk)
    return Entry.objects.select_related("category__call__edition__host_city", "owner").get(pk=pk)


def _change(
    entry: Entry,
    action: str,
    *,
    author: Participant | None = None,
    words: str = "",
    until: datetime | None = None,
    stage: str = "",
) -> None:
    """What goes with a step. `words`: the question, the answer or the reason; `until`: when an answer is due."""
    if action == "move":
        entry.stage = stage
        return
    if action in ("query", "refuse", "answer") and not words:
        raise Refused(_("Write a few words first."), 422)
    if action == "accept" and entry.category.kind == Kind.LEADERSHIP:
        given = Consent.objects.filter(entry=entry, given_at__isnull=False)
        if not given.exists():
            raise Refused(_("The person whom it honours has not agreed yet."))
    if action == "submit":
        _count(entry)
    elif action == "resume":
        entry.state = S.SUBMITTED if entry.submitted_at else S.DRAFT
    elif action in ("query", "answer"):
        Message.objects.create(entry=entry, author=author, text=words, from_entrant=action == "answer")
    entry.reason = words if action == "refuse" else ""
    entry.answer_until = until if action == "query" else None


def _count(entry: Entry) -> None:
    """From now on what is written counts."""
    draft = dict(entry.draft)
    for name in ("title", "organisation", "city", "country", "language"):
        setattr(entry, name, draft.pop(name, ""))
    entry.answers, entry.submitted_at = draft, clock.now()
    entry.state = S.QUERY if entry.state == S.QUERY else S.SUBMITTED
    entry.files.filter(in_draft=False).delete()
    entry.files.update(counts=True)


def _snapshot(entry: Entry) -> dict[str, Any]:
    plain = {name: getattr(entry, name) for name in (*FIELDS, "answers")}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in plain.items()}


def _restore(entry: Entry, before: dict[str, Any]) -> None:
    for name, value in before.items():
        is_time = name in ("answer_until", "submitted_at") and value
        setattr(entry, name, parse_datetime(value) if is_time else value)


def _save(entry: Entry) -> None:
    entry.version += 1
    entry.save()


def record(by: Participant | None, action: str, entry: Entry, **details: Any) -> None:
    """Put a step on record, for the edition."""
    audit.record(by, f"awards.{action}", entry.edition.room_key, entry=entry.number, **details)


def _announce(entry: Entry, before: dict[str, Any]) -> None:
    """Nothing of it is live (what the stage reveals is a cue's), but what is taken back leaves the public pages."""
    if before["state"] in PUBLIC and not entry.is_public:
        end_copies()


MACHINE = Machine(
    steps=STEPS,
    others=OWN_STEPS | OBJECTION | OPENINGS | MOVES,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=_snapshot,
    record=record,
    announce=_announce,
    impossible=_("“%(step)s” is not possible: the entry is “%(state)s”."),
    faster=_("Somebody was faster: the entry has changed and is “%(state)s” now. Look again before you go on."),
    history=lambda entry: entry.steps,
    restore=_restore,
)
allowed, step = MACHINE.allowed, MACHINE.take


def undo(pk: uuid.UUID, by: Participant, steps: Any, *, expected: int | None = None) -> Entry:
    """Undo the newest step if it is one of these `steps`. Raises Refused: nobody takes back what others did."""
    with transaction.atomic():
        last = MACHINE.last(_lock(pk))
        if last is None or last.action not in steps:
            raise Refused(_("There is no step to undo."))
        return MACHINE.undo(pk, by, expected=expected)
