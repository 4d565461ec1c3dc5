"""What the templates of commitments show, as plain data."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypedDict

from django.db.models import Count, Prefetch

from cities.models import Organisation
from collaboration import speaking
from collaboration.models import OPEN_ENDED, Commitment, Party, Report, Signature, State, Version
from collaboration.signing import is_whole
from collaboration.standing import silent_from
from collaboration.state import local_day

PUBLIC_STATES = (State.TRACK, State.LATE, State.SILENT, State.DONE, State.WITHDRAWN)


class Row(TypedDict):
    """A commitment in a list."""

    url: str
    title: str
    state: str
    label: str
    target: str
    due: date | None
    parties: list[Organisation]
    heard: Report | None


class Signed(TypedDict):
    """A party of a text, with its signature or None."""

    organisation: Organisation
    signature: Signature | None


class Text(TypedDict):
    """A version of a commitment, who has signed it, and whether it is still what was proposed."""

    version: Version
    parties: list[Signed]
    complete: bool
    whole: bool


def rows(commitments: Any) -> list[Row]:
    """Commitments for a list, in a fixed number of queries."""
    parties = Prefetch("parties", Party.objects.select_related("organisation"))
    found = list(commitments.select_related("in_force").prefetch_related(parties))
    heard = _last_reports(found)
    return [
        {
            "url": commitment.get_absolute_url(),
            "title": str(commitment),
            "state": commitment.state,
            "label": str(commitment.get_state_display()),
            "target": commitment.in_force.content["target"] if commitment.in_force else "",
            "due": commitment.due,
            "parties": [party.organisation for party in commitment.parties.all()],
            "heard": heard.get(commitment.pk),
        }
        for commitment in found
    ]


def _last_reports(commitments: Iterable[Commitment]) -> dict[Any, Report]:
    newest: dict[Any, Report] = {}
    for report in Report.objects.filter(commitment__in=list(commitments)).defer("words"):
        newest.setdefault(report.commitment_id, report)
    return newest


def state_counts(commitments: Any, states: Sequence[State] = PUBLIC_STATES) -> list[dict[str, Any]]:
    """Of each of these states how many of the commitments are in it."""
    counted = commitments.order_by().values("state").annotate(count=Count("pk"))
    counts = {row["state"]: row["count"] for row in counted}
    return [{"state": state, "label": state.label, "count": counts.get(state, 0)} for state in states]


def text_of(version: Version, parties: Iterable[Party]) -> Text:
    """A version with the signatures of the commitment's parties."""
    signatures = {signature.organisation_id: signature for signature in version.signatures.all()}
    signed: list[Signed] = [
        {"organisation": party.organisation, "signature": signatures.get(party.organisation_id)} for party in parties
    ]
    complete = all(each["signature"] for each in signed)
    return {"version": version, "parties": signed, "complete": complete, "whole": is_whole(version)}


def texts_of(commitment: Commitment, everything: bool) -> list[Text]:
    """The texts of a commitment, the newest first: all of them for its parties, else those that all have signed."""
    parties = list(commitment.parties.select_related("organisation"))
    versions = commitment.versions.select_related("commitment").prefetch_related("signatures__session")
    texts = [text_of(version, parties) for version in versions.order_by("-number")]
    return [text for text in texts if everything or text["complete"]]


def parties_of(user: Any, commitment: Commitment) -> Any:
    """The parties of a commitment that somebody speaks for, as organisations."""
    return speaking.organisations(user).filter(pk__in=commitment.parties.values("organisation"))


def silence_begins(commitment: Commitment) -> date | None:
    """The day on which a commitment turns silent if nothing is heard."""
    if commitment.state not in OPEN_ENDED or commitment.spoken_at is None:
        return None
    return silent_from(local_day(commitment, commitment.spoken_at))
