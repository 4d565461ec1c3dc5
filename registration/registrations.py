"""Registrations by hand: organisers add, change, cancel and restore them. Each step is on record."""

import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common import clock
from people import audit
from people.models import Participant, Registration
from people.refusal import Refused
from sessions.models import Edition


def add(edition: Edition, participant: Participant, pass_type: str, ticket: str, by: Participant) -> Registration:
    """A new registration; without a ticket reference it gets one. Raises Refused for a used one and for guests."""
    if participant.is_guest:
        raise Refused(_("A guest of the hall has no e-mail address and gets no registration. Invite them by e-mail."))
    registration = Registration(participant=participant, scope=f"edition:{edition.pk}", pass_type=pass_type)
    registration.ticket = ticket or f"desk-{secrets.token_hex(4)}"
    _save(registration, "registration.add", by)
    return registration


def change(registration: Registration, pass_type: str, ticket: str, by: Participant) -> None:
    """Change the pass and the ticket reference (empty: it stays). Raises Refused for a used reference."""
    registration.pass_type, registration.ticket = pass_type, ticket or registration.ticket
    _save(registration, "registration.change", by)


def cancel(registration: Registration, by: Participant) -> None:
    """Cancel a registration. Open sockets close within a second."""
    registration.cancelled_at = registration.cancelled_at or clock.now()
    _save(registration, "registration.cancel", by)


def restore(registration: Registration, by: Participant) -> None:
    """Make a cancelled registration valid again."""
    registration.cancelled_at = None
    _save(registration, "registration.restore", by)


def _save(registration: Registration, action: str, by: Participant) -> None:
    try:
        with transaction.atomic():
            registration.save()
            details = {"registration": registration.pk, "pass": registration.pass_type}
            audit.record(by, action, registration.scope, registration.participant_id, **details)
    except IntegrityError as error:
        raise Refused(_("Another registration of this edition has that ticket reference.")) from error
