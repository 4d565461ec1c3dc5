"""The entries of collaboration in the navigation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from collaboration.models import Commitment, Delegation, Signing
from common.contract import Entry, Link
from people.permissions import can
from sessions.navigation import any_of

_any = any_of(Delegation)


def _commitments(request: Any, edition: Any) -> Entry | None:
    """For everybody who may look around."""
    if edition is None:
        return None
    return Entry(_("Commitments"), reverse("collaboration:board"), "handshake")


def _delegations(request: Any, edition: Any) -> Entry | None:
    """Where an edition has delegations."""
    if edition is None or not _any(edition):
        return None
    return Entry(_("Delegations"), reverse("collaboration:delegations", args=[edition.slug]), "flag")


def _signings(request: Any, session: Any) -> Entry | None:
    """For who runs a session in which something is signed, and for organisers while something waits for it."""
    if not can(request.user, "collaboration.present", session):
        return None
    waiting = Commitment.objects.filter(edition=session.edition_id, state="signing")
    may_bring = can(request.user, "collaboration.manage", session.edition) and waiting.exists()
    if not may_bring and not session.has("signings", Signing.objects.filter(session=session.pk).exists):
        return None
    return Entry(_("Signings"), reverse("collaboration:signings", args=[session.pk]))


LINKS = [Link("edition", _commitments), Link("edition", _delegations), Link("session", _signings)]
