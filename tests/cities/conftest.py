"""A city with an organisation, somebody who speaks for it, and cases in every state."""

from datetime import timedelta

import pytest
from PIL import Image

from cities import marks, state, trust
from cities.content import completeness
from cities.models import Case, CasePicture, City, Membership, Organisation, Solution, Tool
from common import clock
from common.uploads import of_image
from people.models import Participant
from tests import world

DRAFT = {"title": "Trams", "problem": "Queues", "done": "A tramway", "licence": "cc-by", "stage": "running"}
DRAFT |= {"results": [{"indicator": "Trips", "before": "1", "after": "2", "source": "City"}]}
DRAFT |= {"themes": ["mobility"], "targets": ["11.2"]}


def organisation_of(name="City of Tampere", **fields):
    return Organisation.objects.create(slug=trust.free_slug(Organisation, name), name=name, kind="city", **fields)


def city_of(name="Tampere", organisation=None, **fields):
    given = {"country": "Finland", "region": "europe", "population": 250_000, "timezone": "Europe/Helsinki"} | fields
    return City.objects.create(slug=trust.free_slug(City, name), name=name, organisation=organisation, **given)


def member_of(organisation, participant, role="editor", state="approved"):
    marks.changed()
    return Membership.objects.create(organisation=organisation, participant=participant, role=role, state=state)


def verified(organisation, by=None):
    return trust.verify(organisation, by, "focal", "A letter", clock.now() + timedelta(days=30))


def case_of(city, owner, to="published", **draft):
    """A case that has gone the way to a state."""
    words = DRAFT | draft
    case = Case.objects.create(
        city=city, organisation=city.organisation, owner=owner, draft=words, completeness=completeness(words)
    )
    ways = {"draft": [], "review": ["submit"], "published": ["submit", "publish"], "returned": ["submit", "return"]}
    for action in ways[to]:
        given = {"words": "Say more"} if action == "return" else {}
        case = state.step(case.pk, action, owner, **given)
    return case


def picture_of(case, caption="A tram", **fields):
    """A picture of what is written of a case."""
    image = Image.new("RGB", (320, 180), "teal")
    kept = of_image(image, "tram.png")
    given = kept | {"card": kept["data"], "caption": caption, "credit": "City of Tampere"} | fields
    return CasePicture.objects.create(case=case, **given)


def tool_of(organisation, owner=None, **fields):
    given = {"kind": "method", "name": "Steps", "text": "How", "url": "https://example.org/", "licence": "cc0"} | fields
    return Tool.objects.create(organisation=organisation, owner=owner, **given)


def solution_of(organisation, owner=None, **fields):
    return Solution.objects.create(organisation=organisation, owner=owner, **{"name": "Pump", "text": "Best"} | fields)


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    made["all"] = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    made["organisation"] = organisation_of()
    made["city"] = city_of(organisation=made["organisation"])
    member_of(made["organisation"], made["all"]["attendee"])
    return made


@pytest.fixture
def place(place):
    marks.changed()
    yield place
    marks.changed()
