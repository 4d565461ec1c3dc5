"""The pages of Tomorrow.City in a large library: what each takes of the database, the processor and the line."""

import gzip
import random
import statistics
import time
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from bench.programs import library
from cities.content import COLUMNS
from cities.models import (
    Case,
    CasePicture,
    CaseVersion,
    City,
    Cost,
    Fact,
    Membership,
    Organisation,
    Region,
    Result,
    Solution,
    SolutionUse,
    Stage,
    Tag,
)
from collaboration.models import Adaptation, Replication
from common import clock
from common.uploads import of_image
from people.models import Participant

TIMES = 15
PAGES = {
    "case list": "/tomorrow/cases/",
    "cases by theme": "/tomorrow/cases/?theme=mobility",
    "cases by words": "/tomorrow/cases/?q=water",
    "case page": "/tomorrow/cases/{case}/",
    "city page": "/tomorrow/cities/at/city-0/",
    "city list": "/tomorrow/cities/",
    "solutions": "/tomorrow/solutions/",
}


def build(cases: int, cities: int, solutions: int) -> dict[str, Any]:
    """Write the library with all that its pages show; a session's cookie, and the id of the fullest case."""
    made, chance = library.build(cases, cities, solutions), random.Random(7)
    who = Participant.objects.get(email__startswith="attendee")
    organisation = Organisation.objects.create(kind="city", name="City of City 0", slug="city-of-city-0")
    Membership.objects.create(organisation=organisation, participant=who, role="focal", state="approved")
    named = list(City.objects.order_by("pk"))
    for city in named:
        city.region, city.population = chance.choice(Region.values), chance.randrange(20_000, 12_000_000)
        city.organisation = organisation if city.slug == "city-0" else None
        city.save()
    tags = list(Tag.objects.all())
    City.tags.through.objects.bulk_create(
        City.tags.through(city_id=city.pk, tag_id=tag.pk) for city in named for tag in chance.sample(tags, 3)
    )
    written = list(Case.objects.order_by("pk"))
    for at, case in enumerate(written):
        case.cost, case.stage, case.published_at = chance.choice(Cost.values), chance.choice(Stage.values), clock.now()
        case.reviewed_at = clock.now() - timedelta(days=chance.randrange(900))
        case.city = named[0] if at < 60 else case.city
    Case.objects.bulk_update(written, ["cost", "stage", "published_at", "reviewed_at", "city"], batch_size=500)
    Result.objects.bulk_create(
        Result(
            case=case, position=at, **dict(zip(COLUMNS, ("Trips a day", "31,000", "44,000", "Counted"), strict=True))
        )
        for case in written
        for at in range(3)
    )
    _pictures(written)
    _around(written[0], named, who)
    return made | {"case": written[0].pk}


def _pictures(written: list[Case]) -> None:
    """Half of the cases have three; they are all the same one."""
    kept = of_image(Image.linear_gradient("L").resize((640, 360)), "drawing.png")
    given = kept | {"card": kept["data"][:2000], "caption": "A street", "credit": "The city"}
    given |= {"is_public": True, "was_public": True}
    rows = (CasePicture(case=case, **given) for case in written[::2] for _at in range(3))
    CasePicture.objects.bulk_create(rows, batch_size=500)


def _around(case: Case, named: list[City], who: Any) -> None:
    """The first case has versions, uses, and is taken over by 40 cities, of which 12 run it; its city has facts."""
    CaseVersion.objects.bulk_create(CaseVersion(case=case, number=at, content={}) for at in range(1, 6))
    for at, city in enumerate(named[1:41]):
        state = "running" if at < 12 else "interested"
        replication = Replication.objects.create(case=case, city=city, state=state)
        Adaptation.objects.create(replication=replication, by=who, text="With other trees, and two metres deeper.")
    sold = list(Solution.objects.order_by("pk")[:20])
    SolutionUse.objects.bulk_create(
        SolutionUse(solution=each, city=named[0], case=case, words="Works") for each in sold
    )
    rows = (Fact(city=named[0], label=f"Fact {at}", value="12", source="City", date="2026-01-01") for at in range(8))
    Fact.objects.bulk_create(rows)


def measured(cookie: str, case: int) -> dict[str, dict[str, Any]]:
    """Name of a page -> queries, milliseconds of processor (median) and kB compressed, for who speaks for a city."""
    client = Client(headers={"host": "localhost"})
    client.cookies["sessionid"] = cookie
    found = {}
    for name, address in PAGES.items():
        path = address.format(case=case)
        answer = client.get(path)
        assert answer.status_code == 200, (name, answer.status_code)
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        queries = len(caught)  # before the next request forgets them
        times = [_spent(client, path) for _ in range(TIMES)]
        size = len(gzip.compress(answer.content)) / 1000
        found[name] = {"queries": queries, "ms": statistics.median(times), "kB": size}
    return found


def _spent(client: Client, path: str) -> float:
    began = time.process_time()
    client.get(path)
    return 1000 * (time.process_time() - began)
