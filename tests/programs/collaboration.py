"""Collaboration as tests with servers and browsers need it."""

from typing import Any

from collaboration import signing, stage
from collaboration.models import Commitment, Delegate, Replication, Signature
from expo.models import Availability
from networking.models import Card
from people.models import AuditEntry, Participant
from sessions.models import Session
from show import address
from show.models import Show
from tests import world
from tests.collaboration.conftest import case_of, city_of, delegation_of, draft_of, organisation_of
from tests.expo.conftest import expo_of


def table(members: int = 1) -> dict[str, Any]:
    """A session on air with a commitment of two cities that waits to be signed, and so many members of each.

    Cookies of the members are in "lagos" and "porto"; "screen" is the path of the stage screen.
    """
    made: dict[str, Any] = world.build()
    session = Session.objects.select_related("edition").get(pk=made["session"])
    Session.objects.filter(pk=session.pk).update(status="live")
    parties, people = [], {}
    for name in ("Lagos", "Porto"):
        marks = [f"{name.lower()}{number}-{made['slug']}" for number in range(members)]
        people[name] = [world.participant(mark, "attendee", session.edition, session) for mark in marks]
        parties.append(organisation_of(f"City of {name}", *people[name]))
    commitment = draft_of(session.edition, *parties)
    version = signing.propose(commitment.pk, people["Lagos"][0])
    stage.bring(session, commitment, Participant.objects.get(pk=made["people"]["organiser"]))
    return made | {
        "commitment": str(commitment.pk),
        "digest": version.digest,
        "parties": [party.pk for party in parties],
        "screen": address.path(Show.of(session)),
        **{name.lower(): [world.cookie(each) for each in found] for name, found in people.items()},
    }


def signatures(commitment: str) -> dict[str, Any]:
    """How a commitment stands, how many signatures its texts have, and what of it is on record."""
    found = Commitment.objects.get(pk=commitment)
    record = AuditEntry.objects.filter(details__commitment=found.number)
    signed = [entry.details["digest"] for entry in record.filter(action="collaboration.sign")]
    texts = record.filter(action__in=["collaboration.propose", "collaboration.revise"])
    return {
        "state": found.state,
        "signatures": list(Signature.objects.filter(version__commitment=found).values_list("digest", flat=True)),
        "signed": signed,
        "texts": [entry.details["digest"] for entry in texts.order_by("pk")],
    }


def city(members: int) -> dict[str, Any]:
    """A case of another city, and cookies of so many members of one city, who manage a delegation of five places."""
    made: dict[str, Any] = world.build()
    session = Session.objects.select_related("edition").get(pk=made["session"])
    marks = [f"m{number}-{made['slug']}" for number in range(members)]
    people = [world.participant(mark, "attendee", session.edition, session) for mark in marks]
    taker = city_of("Accra", *people)
    delegation = delegation_of(session.edition, taker.organisation, *(each.email for each in people))
    case = case_of(city_of("Da Nang"))
    return made | {
        "case": case.pk,
        "city": taker.pk,
        "delegation": delegation.pk,
        "members": [world.cookie(each) for each in people],
    }


def taken(case: int) -> list[dict[str, Any]]:
    """The replications of a case with their steps."""
    return [
        {"id": each.pk, "state": each.state, "steps": list(each.steps.values_list("action", flat=True))}
        for each in Replication.objects.filter(case=case)
    ]


def delegates(delegation: int) -> int:
    """How many people take a place of a delegation."""
    counted = Delegate.objects.filter(delegation=delegation)
    return counted.exclude(state__in=["refused", "withdrawn"]).count()


def library() -> dict[str, Any]:
    """A case with its "team", and a city that reads each of two languages ("zh-CN", "es-ES"): cookies of its member.

    The team lets others find it, and ask it for a meeting.
    """
    made: dict[str, Any] = world.build()
    session = Session.objects.select_related("edition__host_city").get(pk=made["session"])
    expo_of(session.edition)
    names = {"team": "Da Nang", "zh-CN": "Changsha", "es-ES": "Puebla"}
    people = {
        key: world.participant(f"{key.lower()}-{made['slug']}", "attendee", session.edition, session) for key in names
    }
    places = {key: city_of(name, people[key]) for key, name in names.items()}
    Card.objects.create(edition=session.edition, participant=people["team"], is_listed=True)
    Availability.objects.create(edition=session.edition, participant=people["team"], is_open=True)
    case = case_of(places["team"], "Trees that cool a street")
    return made | {"case": case.pk, **{key: world.cookie(who) for key, who in people.items()}}
