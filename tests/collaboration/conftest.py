"""Organisations and who speaks for them, commitments in each state, cities with cases, delegations."""

from datetime import timedelta

import pytest
from django.utils.text import slugify

from cities.models import Case, City, Level, Membership, Organisation
from collaboration import signing
from collaboration.models import Commitment, Delegation, FocalPoint, Party, Report
from common import clock
from people.models import Participant
from sessions.models import Session
from tests import world

DRAFT = {
    "title": "Shade for every school",
    "measure": "Schools with trees",
    "baseline": "12 of 80",
    "target": "80 of 80",
    "milestones": [],
}


def organisation_of(name, *people):
    """A verified organisation for which these people speak."""
    until = clock.now() + timedelta(days=365)
    slug = f"{slugify(name)}-{Organisation.objects.count()}"
    made = Organisation.objects.create(kind="city", name=name, slug=slug, level=Level.VOUCHED, level_until=until)
    for participant in people:
        Membership.objects.create(organisation=made, participant=participant, role="focal", state="approved")
    return made


def city_of(name, *people):
    """A city for which these people speak."""
    organisation = organisation_of(f"City of {name}", *people)
    return City.objects.create(organisation=organisation, name=name, slug=organisation.slug, region="africa")


def case_of(city, title="Trees that talk"):
    """A published case of a city."""
    return Case.objects.create(city=city, title=title, state="published", is_public=True)


def draft_of(edition, *organisations, days=400, **words):
    """A complete draft of these parties."""
    due = (clock.now() + timedelta(days=days)).date().isoformat()
    draft = DRAFT | {"due": due} | words
    commitment = Commitment.objects.create(edition=edition, draft=draft, title=draft["title"])
    for organisation in organisations:
        Party.objects.create(commitment=commitment, organisation=organisation)
    return commitment


def signed_by(commitment, *hands):
    """Propose the draft and sign it for (organisation, participant) each; gives it back as it is stored."""
    version = signing.propose(commitment.pk, hands[0][1])
    for organisation, participant in hands:
        signing.sign(commitment.pk, organisation, participant, version.digest, "Mayor")
    commitment.refresh_from_db()
    return commitment


def heard_ago(commitment, **ago):
    """Let the last word of a commitment be that long ago."""
    commitment.spoken_at = clock.now() - timedelta(**ago)
    commitment.save(update_fields=["spoken_at"])


def report_of(organisation, says="track", **fields):
    """What a party says, not yet kept."""
    return Report(**{"organisation": organisation, "says": says, "words": "We planted 300 trees."} | fields)


def delegation_of(edition, organisation, *addresses, **fields):
    """A delegation that whoever has these addresses manages."""
    made = Delegation.objects.create(edition=edition, organisation=organisation, **fields)
    for address in addresses:
        FocalPoint.objects.create(delegation=made, email=address)
    return made


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    made["all"] = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    made["at"] = Session.objects.select_related("edition__host_city").get(pk=made["session"])
    made["edition"] = made["at"].edition
    for name in ("mayor", "partner"):
        made["all"][name] = world.participant(f"{name}-{made['slug']}", "attendee", made["edition"], made["at"])
        made["cookies"][name] = world.cookie(made["all"][name])
    made["lagos"] = organisation_of("City of Lagos", made["all"]["mayor"])
    made["porto"] = organisation_of("City of Porto", made["all"]["partner"])
    made["hands"] = [(made["lagos"], made["all"]["mayor"]), (made["porto"], made["all"]["partner"])]
    return made
