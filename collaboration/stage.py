"""A signing as the stage screen and the session's page show it, and the cues that open and close it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, TypedDict

from django.db import transaction
from django.template.context import RequestContext
from django.utils.translation import gettext_lazy as _

from collaboration.models import Commitment, Signing, Version
from common import clock
from common.contract import Shown
from common.prepared import Prepared
from live.log import append, hide
from people import audit
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step
from sessions.models import Session
from show.following import screen_changed

S = Signing.State
PRESENT = "collaboration.present"
FRESH = timedelta(seconds=8)  # a name that was just written
STEPS = {
    "open": Step(_("Open the signing"), frozenset({S.WAITING, S.CLOSED}), S.OPEN, PRESENT),
    "close": Step(_("Close the signing"), frozenset({S.OPEN}), S.CLOSED, PRESENT),
}


class SigningParty(TypedDict):
    """A party on stage: who has signed for it; the name is empty until then."""

    organisation: str
    signed: bool
    name: str
    office: str
    fresh: bool


class Table(TypedDict):
    """A commitment that is being signed. `url` is empty until everybody may see its page."""

    id: int
    title: str
    target: str
    due: str
    url: str
    parties: list[SigningParty]
    signed: int
    complete: bool


def table_of(signing: Signing) -> Table | None:
    """What is shown of an open signing; None when its text was taken back meanwhile."""
    commitment = signing.commitment
    version = commitment.proposed or commitment.in_force
    if version is None:
        return None
    parties = _parties(commitment, version)
    return {
        "id": signing.pk,
        "title": version.content["title"],
        "target": version.content["target"],
        "due": version.content["due"],
        "url": commitment.get_absolute_url() if commitment.is_public else "",
        "parties": parties,
        "signed": sum(party["signed"] for party in parties),
        "complete": all(party["signed"] for party in parties),
    }


def _parties(commitment: Commitment, version: Version) -> list[SigningParty]:
    signatures = {signature.organisation_id: signature for signature in version.signatures.all()}
    shown: list[SigningParty] = []
    for party in commitment.parties.select_related("organisation"):
        signature = signatures.get(party.organisation_id)
        shown.append({
            "organisation": party.organisation.name,
            "signed": signature is not None,
            "name": signature.name if signature else "",
            "office": signature.office if signature else "",
            "fresh": signature is not None and clock.now() - signature.at < FRESH,
        })  # fmt: skip
    return shown


def _open(session: Session) -> Signing | None:
    return None if session.lacks("signings") else _OPEN.first(session.pk)


_OPEN: Prepared[Signing] = Prepared(
    lambda session: (
        Signing.objects.filter(session=session, state=S.OPEN).select_related("commitment__in_force").order_by("pk")[:1]
    )
)


def on_screen(session: Session) -> Shown | None:
    """The open signing, for the hall: more urgent than a poll while it lasts."""
    signing = _open(session)
    table = table_of(signing) if signing else None
    return Shown(table, 4) if table else None


def card(session: Session, user: Any = None) -> dict[str, Any]:
    """The open signing as the session's page shows it: "signing" is None while there is none."""
    signing = _open(session)
    return {"signing": table_of(signing) if signing else None}


def cards(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """What entries of the kind "collaboration.signing" show: the signing that is open in their sessions now."""
    sessions = Session.objects.in_bulk({entry["session"] for entry in entries})
    shown = {pk: card(session) for pk, session in sessions.items()}
    return [shown.get(entry["session"]) for entry in entries]


def pinned(page: RequestContext, session: Session) -> dict[str, Any]:
    """The card above the panels of the session's page."""
    return {"data": page["read"]}


def changed(commitment: Commitment) -> None:
    """Say that texts or signatures of a commitment have changed, where it is being signed. In the change's
    transaction."""
    for signing in commitment.signings.filter(state=S.OPEN).select_related("session__edition"):
        _tell(signing.session)


def _tell(session: Session) -> None:
    """ "collaboration.signing": it holds ids only."""
    append(session.room_key, "collaboration.signing", {"session": session.pk}, parent=session.edition.room_key)
    screen_changed(session)


def bring(session: Session, commitment: Commitment, by: Participant) -> None:
    """Put a commitment that waits to be signed on a session's list. Raises Refused."""
    with transaction.atomic():
        if commitment.proposed is None or commitment.edition_id != session.edition_id:
            raise Refused(_("There is no text of it that waits to be signed."))
        _signing, made = Signing.objects.get_or_create(session=session, commitment=commitment)
        if made:
            audit.record(by, "collaboration.bring", session.room_key, commitment=commitment.number)


def take_away(signing: Signing, by: Participant) -> None:
    """Take a commitment off a session's list. Raises Refused while it is on stage."""
    with transaction.atomic():
        signing = MACHINE.current(signing.pk)
        if signing.state == S.OPEN:
            raise Refused(_("It is on stage: close it first."))
        signing.delete()
        audit.record(by, "collaboration.take_away", signing.session.room_key, commitment=signing.commitment.number)


def _lock(pk: int) -> Signing:
    session = Signing.objects.values_list("session", flat=True).filter(pk=pk).first()
    if session is None:
        raise Refused(_("It was taken off the list."), 404)
    Session.locked(session)
    return Signing.objects.select_related("commitment__in_force", "session__edition").get(pk=pk)


def _change(signing: Signing, action: str) -> None:
    if action == "close":
        return
    if Signing.objects.filter(session=signing.session_id, state=S.OPEN).exists():
        raise Refused(_("Another signing is on stage: close it first."))
    if signing.state == S.WAITING and signing.commitment.proposed is None:
        raise Refused(_("There is no text of it that waits to be signed."))
    signing.opened_at = clock.now()


def _save(signing: Signing) -> None:
    signing.version += 1
    signing.save()


def _record(by: Participant | None, action: str, signing: Signing, **details: Any) -> None:
    scope = signing.session.room_key
    audit.record(by, f"collaboration.{action}", scope, commitment=signing.commitment.number, **details)


def _announce(signing: Signing, before: dict[str, Any]) -> None:
    _tell(signing.session)
    if before["state"] == S.OPEN:
        hide(signing.session.room_key)  # what was rendered of it


MACHINE = Machine(
    steps=STEPS,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=lambda signing: {"state": signing.state},
    record=_record,
    announce=_announce,
    impossible=_("“%(step)s” is not possible: the signing is “%(state)s”."),
    faster=_("Somebody was faster: the signing is “%(state)s” now. Look again before you go on."),
)
step = MACHINE.take
