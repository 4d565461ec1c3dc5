"""Registrations by hand: what an organiser adds, changes or cancels beside the imports."""

import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common import clock
from people import audit
from people.models import Participant, Registration
from people.refusal import Refused
from sessions.models import Edition


def add(edition: Edition, participant: Participant, pass_type: str, ticket: str, by: Participant) -> Registration:
    """A new registration; without a ticket reference it gets one of ours. Raises Refused for one that is taken."""
    if participant.is_guest:
        raise Refused(_("A guest of the hall has no e-mail address and gets no registration. Invite them by e-mail."))
    made = Registration(participant=participant, scope=f"edition:{edition.pk}", pass_type=pass_type)
    made.ticket = ticket or f"desk-{secrets.token_hex(4)}"
    _save(made, "registration.add", by)
    return made


def change(found: Registration, pass_type: str, ticket: str, by: Participant) -> None:
    """Another pass or ticket reference. Raises Refused for a reference that is taken."""
    found.pass_type, found.ticket = pass_type, ticket or found.ticket
    _save(found, "registration.change", by)


def cancel(found: Registration, by: Participant) -> None:
    """It opens nothing any more; open sockets follow within a second."""
    found.cancelled_at = found.cancelled_at or clock.now()
    _save(found, "registration.cancel", by)


def restore(found: Registration, by: Participant) -> None:
    """It holds again."""
    found.cancelled_at = None
    _save(found, "registration.restore", by)


def _save(found: Registration, action: str, by: Participant) -> None:
    try:
        with transaction.atomic():
            found.save()
            details = {"registration": found.pk, "pass": found.pass_type}
            audit.record(by, action, found.scope, found.participant_id, **details)
    except IntegrityError as error:
        raise Refused(_("Another registration of this edition has that ticket reference.")) from error
