"""Texts and signatures: proposing a text, signing it, taking it back. A signature is of one text, for one party.

All of it happens with the commitment's row locked: who signs while another text is proposed signs what they saw, or
nothing.
"""

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cities.models import Organisation
from collaboration import speaking, stage
from collaboration.models import Commitment, Signature, Signing, State, Version
from collaboration.state import MACHINE, standing_of
from collaboration.wording import Content, digest, wording
from common import clock
from people.models import Participant
from people.refusal import Refused

NEEDED = ("title", "measure", "baseline", "target", "due")
MOST_PARTIES = 12
MOST_VERSIONS = 50  # texts of a commitment


def lacks(draft: dict[str, Any]) -> list[str]:
    """The names of the parts that a draft still needs."""
    return [name for name in NEEDED if not draft.get(name)]


def propose(pk: uuid.UUID, by: Participant, *, expected: int | None = None) -> Version:
    """Make the draft the text that the parties are asked to sign. Earlier signatures are of earlier texts.

    Raises Refused for a draft that is not complete, or that says what the newest text says.
    """
    with transaction.atomic():
        commitment = MACHINE.current(pk, expected)
        if lacks(commitment.draft):
            raise Refused(_("Not yet: title, measure, baseline, target and the day it is due have to be written."), 422)
        version, before = _next(commitment, by), commitment.proposed
        if version.number > MOST_VERSIONS:
            raise Refused(_("That is enough: nobody reads a text of so many versions. Begin a new commitment."), 422)
        details = {"text": version.number, "digest": version.digest, **_replaces(before)}

        def put(commitment: Commitment) -> None:
            version.save()
            if not commitment.is_public:
                commitment.title, commitment.due = version.content["title"], day_of(version)

        commitment = MACHINE.take(pk, _action(commitment), by, work=put, **details)
        stage.changed(commitment)
    return version


def _action(commitment: Commitment) -> str:
    return "propose" if commitment.state == State.DRAFT else "revise"


def day_of(version: Version) -> date:
    """The day on which what a text promises is due."""
    return date.fromisoformat(version.content["due"])


def _replaces(before: Version | None) -> dict[str, Any]:
    """For the record: the text that is not to be signed any more, and how many had signed it."""
    return {"instead_of": before.digest, "signatures": before.signatures.count()} if before else {}


def _next(commitment: Commitment, by: Participant) -> Version:
    newest = commitment.versions.last()
    parties = [party.organisation.name for party in commitment.parties.select_related("organisation")]
    draft = commitment.draft
    content: Content = {
        "title": draft["title"],
        "parties": parties,
        "measure": draft["measure"],
        "baseline": draft["baseline"],
        "target": draft["target"],
        "due": draft["due"],
        "milestones": draft.get("milestones", []),
    }
    if not parties:
        raise Refused(_("A commitment needs a party."), 422)
    if newest and newest.dropped_at is None and newest.content == content:
        raise Refused(_("Nothing has changed: this is the text that is proposed already."))
    version = as_text(commitment, newest.number + 1 if newest else 1, content)
    version.by = by
    return version


def as_text(commitment: Commitment, number: int, content: Content) -> Version:
    """A version of that content, with the text that is signed and its digest; not saved."""
    text = wording(commitment.number, number, content)
    return Version(commitment=commitment, number=number, content=content, text=text, digest=digest(text))


def is_whole(version: Version) -> bool:
    """Whether a text is the one that was proposed, and each signature is of it."""
    signed = {signature.digest for signature in version.signatures.all()}
    as_written = wording(version.commitment.number, version.number, version.content)
    return version.text == as_written and digest(version.text) == version.digest and signed <= {version.digest}


def sign(pk: uuid.UUID, organisation: Organisation, by: Participant, seen: str, office: str = "") -> Signature:
    """Sign the proposed text for a party; `seen` is the SHA-256 of the text that the person read.

    The last signature brings the text into force. Raises Refused for another text, twice, and for who does not sign
    for the party.
    """
    with transaction.atomic():
        commitment = MACHINE.current(pk)
        version = _to_sign(commitment, organisation, by, seen)
        on_stage = Signing.objects.filter(commitment=commitment, state=Signing.State.OPEN).first()
        signature = Signature(version=version, organisation=organisation, by=by, name=by.name, office=office)
        signature.digest, signature.session = version.digest, on_stage.session if on_stage else None

        def put(commitment: Commitment) -> None:
            signature.save()
            if version.signatures.count() == commitment.parties.count():
                _bring_into_force(commitment, version)

        details: Any = {"text": version.number, "digest": version.digest, "organisation": organisation.pk}
        stage.changed(MACHINE.take(pk, "sign", by, work=put, **details))
    return signature


def _to_sign(commitment: Commitment, organisation: Organisation, by: Participant, seen: str) -> Version:
    """The text that a person may sign now for a party. Raises Refused."""
    version = commitment.proposed
    if not commitment.parties.filter(organisation=organisation).exists() or not speaking.may_sign(by, organisation):
        raise Refused(_("Only a focal point of a party that is verified signs for it."), 403)
    if version is None or version.digest != seen:
        raise Refused(_("The text has changed since you read it. Read it again before you sign."))
    if not is_whole(version):
        raise Refused(_("This text is not what was proposed: its SHA-256 differs. Tell the organisers."))
    if version.signatures.filter(organisation=organisation).exists():
        raise Refused(_("%(name)s has signed this text already.") % {"name": organisation.name})
    return version


def _bring_into_force(commitment: Commitment, version: Version) -> None:
    """All have signed: from now on this text counts, and the parties have said something by it."""
    commitment.in_force, commitment.title, commitment.due = version, version.content["title"], day_of(version)
    commitment.spoken_at = clock.now()
    commitment.in_force_at = commitment.in_force_at or commitment.spoken_at
    commitment.reminded, commitment.admits_delay = 0, False
    commitment.state = standing_of(commitment)


def drop(pk: uuid.UUID, by: Participant, *, expected: int | None = None) -> None:
    """Take the proposed text back; a commitment that has none in force is a draft again. Raises Refused."""
    with transaction.atomic():
        version = MACHINE.current(pk, expected).proposed
        if version is None:
            raise Refused(_("There is no text that waits to be signed."))

        def put(commitment: Commitment) -> None:
            version.dropped_at = clock.now()
            version.save(update_fields=["dropped_at"])
            if commitment.state == State.SIGNING:
                commitment.state = State.DRAFT

        details: Any = {"text": version.number, "digest": version.digest, "signatures": version.signatures.count()}
        stage.changed(MACHINE.take(pk, "drop", by, work=put, **details))
