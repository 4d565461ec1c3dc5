"""Delegations as those who can be asked for a meeting: their focal points answer, and nobody else's name is told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from collaboration.delegating import COUNTED, headed_by
from collaboration.models import Delegate, Delegation, FocalPoint
from collaboration.protocol import with_needs
from common.contract import Delegations, Party
from people.models import Participant
from sessions.models import Edition

MOST = 100


class Listed(Sequence[Party]):
    """Delegations of which only those of a page are read."""

    def __init__(self, delegations: QuerySet[Delegation]) -> None:
        self._delegations = delegations

    def __len__(self) -> int:
        return self._delegations.count()

    def __getitem__(self, at: Any) -> Any:
        return _parties(self._delegations[at]) if isinstance(at, slice) else _parties(self._delegations[at : at + 1])[0]

    def __iter__(self) -> Iterator[Party]:
        return iter(_parties(self._delegations[:MOST]))


def listed(edition_id: int, words: str) -> Sequence[Party]:
    """The delegations of an edition whose focal points have signed in, those that hold the words, by name."""
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        return []
    known = Participant.objects.filter(is_active=True).values("email")
    points = FocalPoint.objects.filter(delegation=OuterRef("pk")).annotate(address=Lower("email"))
    answered = with_needs(edition, words).filter(Exists(points.filter(address__in=known)))
    return Listed(answered.order_by("organisation__name", "pk"))


def one(edition_id: int, pk: int) -> Party | None:
    """A delegation of an edition whose focal points have signed in."""
    edition = Edition.objects.filter(pk=edition_id).first()
    found = _parties(with_needs(edition, "").filter(pk=pk)) if edition else []
    return next((party for party in found if party.people), None)


def answered_by(edition_id: int, participant: Participant) -> Collection[int]:
    """Ids of the delegations of an edition whose focal point somebody is."""
    return list(headed_by(participant, edition_id).values_list("pk", flat=True))


def sends(edition_id: int, participant: Participant) -> Collection[int]:
    """Ids of the organisations whose delegation somebody is on, or manages."""
    listed = Delegate.objects.filter(state__in=COUNTED, email__iexact=participant.email or "-")
    sent = Delegation.objects.filter(edition=edition_id, pk__in=listed.values("delegation"))
    return {*sent.values_list("organisation", flat=True)} | {
        *headed_by(participant, edition_id).values_list("organisation", flat=True)
    }


def find(pks: Collection[int]) -> Mapping[int, Party]:
    """Delegations by id."""
    rows = Delegation.objects.filter(pk__in=pks).select_related("organisation")
    return {party.pk: party for party in _parties(rows)}


def _parties(delegations: QuerySet[Delegation]) -> list[Party]:
    rows = list(delegations)
    points = FocalPoint.objects.filter(delegation__in=[row.pk for row in rows]).values_list("delegation", "email")
    addresses: dict[int, set[str]] = {}
    for delegation, email in points:
        addresses.setdefault(delegation, set()).add(email.lower())
    every = {email for emails in addresses.values() for email in emails}
    known = dict(Participant.objects.filter(email__in=every, is_active=True).values_list("email", "pk"))
    return [_party(row, [known[email] for email in addresses.get(row.pk, ()) if email in known]) for row in rows]


def _party(delegation: Delegation, people: Collection[int]) -> Party:
    needs: Any = getattr(delegation, "open_needs", ())
    return Party(delegation.pk, str(delegation.organisation), " · ".join(need.text for need in needs[:3]), people)


DELEGATIONS = Delegations(listed, one, find, answered_by, sends)
