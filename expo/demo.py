"""The demo’s exhibition: a hall of thirty in Barcelona, some of them in Shanghai, with teams, rings and leads."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import BytesIO

from common import clock
from common.contract import DemoCongress
from expo import demo_documents, demo_logos, demo_stands, drawings, meeting, partners, scanning, talking
from expo.models import (
    Availability,
    Exhibitor,
    Expo,
    Favourite,
    HallPlan,
    Lead,
    Meeting,
    Member,
    Stand,
    State,
    Visit,
)
from people.models import Participant
from sessions.models import Edition, HostCity

TEXT = (
    "We work with {city} and with places that ask the same questions. At the stand we show what is in use today: bring"
    " a street, a number or a complaint, and we look at it together."
)
HELLO = "We bring the model of the square out at three. Come by, or ring from wherever you are."


def fill(congress: DemoCongress) -> None:
    """Make the exhibition once."""
    edition = congress.edition
    if Expo.objects.filter(edition=edition).exists():
        return
    Expo.objects.create(edition=edition, tables=16)
    cities = {city.slug: city for city in edition.host_cities}
    exhibitors = [_exhibitor(edition, cities, place, row) for place, row in enumerate(demo_stands.rows())]
    demo_logos.mark(exhibitors)
    demo_documents.lay_out(exhibitors)
    people, crowd = congress.people, congress.crowd
    _teams(exhibitors, [people["jonas"], people["li"], *crowd])
    _written(edition, exhibitors, people)
    _met(exhibitors, people, crowd)
    _to_meet(edition, people, crowd)


def _to_meet(edition: Edition, people: Mapping[str, Participant], crowd: Sequence[Participant]) -> None:
    """Some of the crowd may be asked for a meeting, so may Amara; one of them asks her. And a drawing of the hall."""
    for who in (people["amara"], *crowd[:4]):
        Availability.objects.create(edition=edition, participant=who, is_open=True)
    own = Availability.objects.select_related("participant", "edition__host_city").get(
        edition=edition, participant=people["amara"]
    )
    partner = partners.person(own)
    if times := partner.slots():
        meeting.ask(partner, crowd[0], "Market days in Lagos and Kumasi", times[len(times) // 2], Meeting.Way.VIDEO)
    drawing = drawings.cleaned(BytesIO(demo_stands.HALL.encode()))
    HallPlan.objects.create(edition=edition, host_city=edition.host_city, hall="Hall 2", **vars(drawing))


def _exhibitor(edition: Edition, cities: dict[str, HostCity], place: int, row: list[str]) -> Exhibitor:
    name, kind, city, country, themes, claim, products = row
    abroad = "shanghai" if country == "China" else "barcelona"
    host = cities.get(abroad, edition.host_city)
    made = Exhibitor.objects.create(
        edition=edition,
        stand=_stand(edition, host, place),
        name=name,
        kind=kind,
        city=city,
        country=country,
        claim=claim,
        text=TEXT.format(city=city),
        products="\n".join(part.strip() for part in products.split(";")),
        website="https://example.org/",
        video="https://meet.example.org/stand" if place % 3 == 0 else "",
        links="Brochure | https://example.org/brochure.pdf" if place % 2 == 0 else "",
        state=State.APPROVED,
        is_public=True,
    )
    every = list(edition.themes.all())
    made.themes.set([every[int(number)] for number in themes.split() if int(number) < len(every)])
    return made


def _stand(edition: Edition, host: HostCity, place: int) -> Stand:
    """Islands of five with aisles between them; the start-ups and towns of one pavilion share a stand."""
    if place in (6, 7):
        place = 5
    row, column = divmod(place, 8)
    wide = place in (5, 21)
    defaults = {"x": column * 5, "y": row * 4, "width": 4, "height": 3 if wide else 2 + place % 2}
    number = f"{'ABCDE'[row]}{column + 1:02}"
    hall = "Hall 2" if host == edition.host_city else "Pavilion"
    return Stand.objects.get_or_create(edition=edition, host_city=host, hall=hall, number=number, defaults=defaults)[0]


def _teams(exhibitors: list[Exhibitor], people: list[Participant]) -> None:
    """Jonas, whom one can enter as, is at the stand of Tampere; Li at that of Shanghai; the crowd at others."""
    places = [exhibitors[2], exhibitors[28], *exhibitors[8:]]
    for exhibitor, who in zip(places, people, strict=False):
        Member.objects.create(exhibitor=exhibitor, email=who.email or "", participant=who, here=True)


def _written(edition: Edition, exhibitors: list[Exhibitor], people: Mapping[str, Participant]) -> None:
    """A stand that waits for Helena's approval, an invitation for Amara, and a word in a chat."""
    draft = exhibitors[12].content() | {"claim": "Crossings that wait for everybody"}
    Exhibitor.objects.filter(pk=exhibitors[12].pk).update(draft=draft, state=State.WAITING)
    new = {"name": "Lagos Market Trust", "kind": "institution", "country": "Nigeria", "claim": "A hall with a memory"}
    waiting = Exhibitor.objects.create(edition=edition, name=new["name"], state=State.WAITING, draft=new)
    Member.objects.create(exhibitor=waiting, email=people["amara"].email or "")
    talking.write(exhibitors[2], None, people["jonas"], HELLO, uuid.uuid4())


def _met(exhibitors: list[Exhibitor], people: Mapping[str, Participant], crowd: Sequence[Participant]) -> None:
    """Who looked, saved, rang, asked for a meeting, and was scanned."""
    tampere, amara, jonas = exhibitors[2], people["amara"], people["jonas"]
    for number, who in enumerate([amara, *crowd]):
        for exhibitor in exhibitors[number % 3 :: 3]:
            Visit.objects.create(exhibitor=exhibitor, participant=who)
        Favourite.objects.create(exhibitor=exhibitors[(number * 5) % len(exhibitors)], participant=who)
    Favourite.objects.get_or_create(exhibitor=exhibitors[10], participant=amara)
    text = "Could the street trials kit work beside a market?"
    talking.ring(tampere, amara, text, uuid.uuid4(), staffed=True)
    talking.ring(tampere, crowd[0], "Is the tram data under an open licence?", uuid.uuid4(), staffed=False)
    if times := meeting.slots(tampere):
        topic = "Trams and market days"
        Meeting.objects.create(
            edition=tampere.edition,
            exhibitor=tampere,
            visitor=amara,
            topic=topic,
            starts_at=times[len(times) // 2],
            way=Meeting.Way.VIDEO,
        )
    badge = scanning.badge_of(tampere.edition, amara)
    at = clock.now() - timedelta(hours=1)
    Lead.objects.create(
        exhibitor=tampere, participant=amara, client_id=uuid.uuid4(), scanned_by=jonas, scanned_at=at,
        fields=badge.fields, rating=4, tags="market", note="Send the kit’s handbook",
    )  # fmt: skip
