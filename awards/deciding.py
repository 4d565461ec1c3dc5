"""The chair decides: prepares a list, seals it, opens it. Until then nobody else reads it."""

import hashlib
import json
import secrets
import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards import state
from awards.models import HONOURS, Category, Decision, Entry, State
from common import clock
from common.versions import fingerprint
from people import audit
from people.models import Participant
from people.refusal import Refused

FINALISTS, WINNERS = Decision.Kind.FINALISTS, Decision.Kind.HONOURS
MAY_GET = {FINALISTS: (State.FINALIST,), WINNERS: HONOURS}
FROM = {FINALISTS: [State.ELIGIBLE], WINNERS: [State.ELIGIBLE, State.FINALIST]}


def _locked(category: Category, kind: str) -> Decision:
    Category.objects.select_for_update(no_key=True).get(pk=category.pk)
    return Decision.objects.get_or_create(category=category, kind=kind)[0]


def seen_of(decision: Decision) -> str:
    """Stands for a list and its seal: who changes, seals or opens it says what they saw."""
    return fingerprint([sorted(decision.places), decision.digest])


def _seen(category: Category, kind: str, seen: str | None) -> Decision:
    """The decision, locked. Raises Refused when it is not what was `seen` (None: whatever it is)."""
    decision = _locked(category, kind)
    if seen is not None and seen != seen_of(decision):
        raise Refused(_("Somebody was faster with “%(title)s”. Look again.") % {"title": category.name})
    return decision


def place(
    category: Category, kind: str, entry: uuid.UUID, honour: str, by: Participant, *, seen: str | None = None
) -> None:
    """Put an entry on the list that is prepared, as `honour`; empty takes it off. Raises Refused once it is sealed."""
    with transaction.atomic():
        decision = _seen(category, kind, seen)
        if decision.digest:
            raise Refused(_("This decision is sealed. Take the seal off before you change it."))
        entries = Entry.objects.filter(category=category, state__in=FROM[Decision.Kind(kind)])
        if honour and (honour not in MAY_GET[Decision.Kind(kind)] or not entries.filter(pk=entry).exists()):
            raise Refused(_("This entry cannot get that."))
        others = [[held, pk] for held, pk in decision.places if pk != str(entry)]
        decision.places = [*others, [honour, str(entry)]] if honour else others
        decision.save(update_fields=["places"])


def seal(category: Category, kind: str, by: Participant, *, seen: str | None = None) -> Decision:
    """Seal the list: time, SHA-256, who. Raises Refused for an empty or a sealed one."""
    with transaction.atomic():
        decision = _seen(category, kind, seen)
        if decision.digest or not decision.places:
            raise Refused(_("There is nothing to seal."))
        text = {"nonce": secrets.token_hex(16), "category": category.name, "kind": kind, "places": decision.places}
        decision.sealed = json.dumps(text, sort_keys=True, ensure_ascii=False)
        decision.digest = hashlib.sha256(decision.sealed.encode()).hexdigest()
        decision.sealed_at, decision.sealed_by = clock.now(), by
        decision.save()
        _on_record(by, "seal", decision)
    return decision


def unseal(category: Category, kind: str, by: Participant, *, seen: str | None = None) -> None:
    """Take the seal off, which stays on record with its digest. Raises Refused once anything of it was opened."""
    with transaction.atomic():
        decision = _seen(category, kind, seen)
        staged = category.cues.exclude(state="waiting").exclude(honour=State.FINALIST)
        if decision.opened_at or not decision.digest or (kind == WINNERS and staged.exists()):
            raise Refused(_("It is not sealed, or has been opened."))
        _on_record(by, "unseal", decision)
        decision.sealed = decision.digest = ""
        decision.sealed_at = decision.sealed_by = None
        decision.save()


def _on_record(by: Participant, action: str, decision: Decision) -> None:
    details: dict[str, Any] = {"category": decision.category_id, "kind": decision.kind, "digest": decision.digest}
    audit.record(by, f"awards.{action}", decision.category.call.edition.room_key, **details)


def opened(decision: Decision) -> list[tuple[str, uuid.UUID]]:
    """What a sealed decision says, as (honour, entry). Raises Refused if it is not what was sealed."""
    if hashlib.sha256(decision.sealed.encode()).hexdigest() != decision.digest:
        raise Refused(_("This decision is not what was sealed: its SHA-256 differs."))
    return [(honour, uuid.UUID(pk)) for honour, pk in json.loads(decision.sealed)["places"]]


def sealed_of(category: Category, kind: str) -> Decision | None:
    """The sealed decision of a category."""
    return category.decisions.filter(kind=kind).exclude(digest="").first()


def honour_all(decision: Decision, honour: str, by: Participant | None) -> None:
    """Give the entries of a decision their honour, publicly. Those who have withdrawn meanwhile get none."""
    for held, pk in opened(decision):
        if held == honour and Entry.objects.get(pk=pk).state in state.OPENED:
            state.step(pk, state.OPENING_OF[State(honour)], by)


def take_back_honour(decision: Decision, honour: str, by: Participant) -> None:
    """Take an honour back from all who have it by this decision."""
    for held, pk in opened(decision):
        if held == honour and Entry.objects.get(pk=pk).state == honour:
            state.undo(pk, by, state.OPENINGS)


def open_finalists(category: Category, by: Participant | None, *, seen: str | None = None) -> None:
    """Publish the finalists of a category. Raises Refused while they are not sealed."""
    with transaction.atomic():
        decision = _seen(category, FINALISTS, seen)
        if not decision.digest or decision.opened_at:
            raise Refused(_("The finalists are not sealed, or are public already."))
        honour_all(decision, State.FINALIST, by)
        decision.opened_at = clock.now()
        decision.save(update_fields=["opened_at"])
        audit.record(by, "awards.open", category.call.edition.room_key, category=category.pk, digest=decision.digest)


def close_finalists(category: Category, by: Participant) -> None:
    """Take the publication of the finalists back. Raises Refused."""
    with transaction.atomic():
        decision = _locked(category, FINALISTS)
        if not decision.opened_at:
            raise Refused(_("There is nothing to take back."))
        take_back_honour(decision, State.FINALIST, by)
        decision.opened_at = None
        decision.save(update_fields=["opened_at"])
        audit.record(by, "awards.close", category.call.edition.room_key, category=category.pk)


def seals(category: Category) -> list[dict[str, Any]]:
    """What everybody may know of a category's decisions: when they were sealed, the digest, and what was opened."""
    return [
        {
            "kind": decision.get_kind_display(),
            "digest": decision.digest,
            "sealed_at": decision.sealed_at,
            "sealed": decision.sealed if decision.opened_at else "",
        }
        for decision in category.decisions.all()
        if decision.digest
    ]
