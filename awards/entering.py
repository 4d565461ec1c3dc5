"""Entering: beginning, writing, submitting in time, co-authors. Nothing that was written is lost."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from awards import mails, state
from awards.content import Lack, lacks
from awards.models import Call, Category, Consent, Entry, Kind, State
from common import clock
from common.text import fold
from people import audit
from people.models import Participant
from people.permissions import can
from people.refusal import Refused

SIGNER = Signer(salt="awards.writing")
MOST_ENTRIES, MOST_AUTHORS = 20, 10  # of a person in a call, of an entry
WRITTEN = frozenset({State.DRAFT, State.SUBMITTED, State.QUERY})


def mark(entry: Entry) -> str:
    """Says that the form of an entry was open at this moment: who was writing at the closing gets the grace."""
    return SIGNER.sign(f"{entry.pk} {clock.timestamp():.0f}")


def _was_open(entry: Entry, sent: str) -> bool:
    try:
        pk, _space, at = SIGNER.unsign(sent).partition(" ")
    except BadSignature:
        return False
    return pk == str(entry.pk) and datetime.fromtimestamp(float(at), UTC) < entry.call.closes_at


def may_write(entry: Entry, moment: datetime, sent: str = "") -> bool:
    """Whether its authors may change and submit it at a moment; `sent` is the mark that their form came with."""
    call = entry.call
    if entry.state not in WRITTEN:
        return False
    if entry.state == State.QUERY:  # until the answer is due, whenever the call closed
        return entry.answer_until is None or moment < entry.answer_until
    if call.opens_at <= moment < call.closes_at:
        return True
    return call.closes_at <= moment < call.grace_ends and _was_open(entry, sent)


def begin(category: Category, by: Participant) -> Entry:
    """A new draft, with what is known of its author. Raises Refused outside the call's time."""
    call = Call.objects.select_for_update(no_key=True).get(pk=category.call_id)
    if not call.is_open(clock.now()):
        raise Refused(_("The call is not open."))
    if Entry.objects.of(call.edition).filter(owner=by).count() >= MOST_ENTRIES:
        raise Refused(_("You have %(most)d entries already.") % {"most": MOST_ENTRIES})
    known = {"organisation": by.organisation, "city": by.city, "country": by.country, "language": by.language}
    entry = Entry.objects.create(
        category=category, owner=by, draft={name: text for name, text in known.items() if text}
    )
    entry.authors.add(by)
    state.record(by, "begin", entry)
    return entry


def save(entry: Entry, draft: dict[str, Any], moment: datetime, sent: str) -> None:
    """Keep what was written, the entry being locked. Raises Refused when its time is over."""
    if not may_write(entry, moment, sent):
        raise Refused(_("This entry can no longer be changed. What was saved before stays as it is."))
    entry.draft, entry.saved_at = draft, clock.now()
    entry.version += 1
    entry.save(update_fields=["draft", "saved_at", "version"])


def missing(entry: Entry) -> list[Lack]:
    """What keeps an entry from being submitted: answers, and asking the person whom it honours."""
    found = lacks(entry.category.local["questions"], entry.draft)
    if entry.category.kind == Kind.LEADERSHIP and not Consent.objects.filter(entry=entry).exists():
        found.append(Lack("consent", _("The person’s consent"), _("has not been asked for")))
    return found


def submit(pk: uuid.UUID, by: Participant, moment: datetime, sent: str) -> Entry:
    """From now on what is written counts. Raises Refused for what is not complete or too late."""
    with transaction.atomic():
        entry = state.MACHINE.current(pk)
        if not may_write(entry, moment, sent):
            raise Refused(_("The call is closed."))
        if found := missing(entry):
            parts = "; ".join(f"{lack.label} {lack.words}" for lack in found)
            raise Refused(_("Not yet: %(parts)s.") % {"parts": parts}, 422)
        mails.receipt(entry)
        return state.step(pk, "submit", by)


def answer(pk: uuid.UUID, by: Participant, words: str, moment: datetime) -> Entry:
    """Answer the organisers' question; what was written meanwhile counts. Raises Refused."""
    with transaction.atomic():
        entry = state.MACHINE.current(pk)
        if entry.state == State.QUERY and not may_write(entry, moment):
            raise Refused(_("The time to answer is over. Write to the organisers."))
        if entry.changed_since and not missing(entry):
            state.step(pk, "submit", by)
        return state.step(pk, "answer", by, author=by, words=words)


def withdraw(pk: uuid.UUID, by: Participant) -> Entry:
    """Take the entry out of the call."""
    return state.step(pk, "withdraw", by)


def resume(pk: uuid.UUID, by: Participant, moment: datetime) -> Entry:
    """Take a withdrawn entry up again, while the call is open. Raises Refused."""
    with transaction.atomic():
        entry = state.MACHINE.current(pk)
        if not entry.call.is_open(moment):
            raise Refused(_("The call is closed."))
        return state.step(pk, "resume", by)


def add_author(entry: Entry, email: str, by: Participant) -> None:
    """Let somebody of the same organisation write too. Raises Refused, in the same words whoever has the address."""
    other = Participant.objects.filter(email=email.strip().lower(), is_active=True).exclude(organisation="").first()
    if other is None or not _same_organisation(other, by) or not can(other, "awards.enter", entry.edition):
        raise Refused(_("Nobody of your organisation takes part with this address."), 422)
    if entry.authors.count() >= MOST_AUTHORS:
        raise Refused(_("An entry has at most %(most)d authors.") % {"most": MOST_AUTHORS})
    entry.authors.add(other)
    _on_record(entry, "add_author", other, by)


def remove_author(entry: Entry, participant_id: int, by: Participant) -> None:
    """End that somebody writes. Raises Refused for who began it."""
    if participant_id == entry.owner_id:
        raise Refused(_("Who began the entry stays its author."))
    other = entry.authors.filter(pk=participant_id).first()
    if other:
        entry.authors.remove(other)
        _on_record(entry, "remove_author", other, by)


def _on_record(entry: Entry, action: str, other: Participant, by: Participant) -> None:
    """Put on record who may write an entry."""
    audit.record(by, f"awards.{action}", entry.edition.room_key, other.pk, entry=entry.number)


def _same_organisation(one: Participant, other: Participant) -> bool:
    return fold(one.organisation).strip() == fold(other.organisation).strip()
