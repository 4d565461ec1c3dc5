"""A day of the programme: what is on now, what comes next, the rest in portions; and what a page of it costs."""

import gzip
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from sessions import rows
from sessions.data import session_card
from sessions.listing import PORTION
from sessions.models import Edition, HostCity, Session, Speaker, Stage, Status
from tests import world

pytestmark = pytest.mark.django_db
NOON = datetime(2030, 11, 5, 12, tzinfo=UTC)  # one o'clock in Barcelona, eight in the evening in Shanghai


@pytest.fixture
def place(monkeypatch):
    """An edition without sessions, at noon."""
    made = world.build()
    Session.objects.all().delete()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return made


def talk(place, title, begins, minutes=30, stage="stage", **values):
    """A session that begins so many minutes after noon."""
    start = NOON + timedelta(minutes=begins)
    return Session.objects.create(
        edition_id=place["edition"],
        guid=uuid.uuid4().hex,
        stage_id=place[stage],
        title=title,
        start=start,
        end=start + timedelta(minutes=minutes),
        **values,
    )


def get(place, **query):
    response = Client().get(reverse("sessions:programme", args=[place["slug"]]), query)
    assert response.status_code == 200
    return response.content.decode()


def groups(html):
    """(heading, titles) of the list, in order."""
    found = []
    for section in re.findall(r'<section class="slot".*?</section>', html, re.DOTALL):
        heading = re.sub("<[^>]+>", " ", re.search(r"<h3.*?</h3>", section, re.DOTALL)[0])
        found.append((" ".join(heading.split()), re.findall(r'<h3><a[^>]*dir="auto">(.*?)</a>', section)))
    return found


def day_of_all_kinds(place):
    talk(place, "Over", -60)
    talk(place, "Ended early", -10, status=Status.ENDED)
    talk(place, "Running", -10)
    talk(place, "Overrunning", -60, status=Status.LIVE)
    talk(place, "Later", 90)
    talk(place, "Called off", 30, status=Status.CANCELLED)
    talk(place, "Soon", 30)
    talk(place, "Late", -40, minutes=30, status=Status.DELAYED, delayed_start=NOON + timedelta(minutes=90))


def test_it_opens_at_now(place):
    day_of_all_kinds(place)
    html = get(place)
    assert groups(html) == [
        ("Now", ["Overrunning", "Running"]),
        ("Next 13:30", ["Called off", "Soon"]),
        ("14:30", ["Later", "Late"]),
    ]
    assert "2 sessions have ended" in html


def test_what_has_ended_is_shown_on_demand(place):
    day_of_all_kinds(place)
    link = re.search(r'hx-get="([^"]+show=ended[^"]*)"', get(place))[1].replace("&amp;", "&")
    answer = Client().get(reverse("sessions:programme", args=[place["slug"]]) + link).text
    assert "<html" not in answer and groups(answer) == [("12:00", ["Over"]), ("12:50", ["Ended early"])]
    everything = [title for _heading, titles in groups(get(place, show="all")) for title in titles]
    assert len(everything) == 8 and set(everything[:2]) == {"Over", "Overrunning"}


def test_nothing_is_folded_where_nothing_else_is_left_or_something_is_looked_for(place):
    over = talk(place, "Over", -60)
    assert groups(get(place)) == [("12:00", ["Over"])]
    talk(place, "Later", 90)
    assert [titles for _heading, titles in groups(get(place, q="over"))] == [["Over"]]
    assert f"item-{over.pk}" not in get(place)


def test_another_day_has_no_next(place):
    talk(place, "Tomorrow", 24 * 60)
    talk(place, "Now", 0)
    assert groups(get(place, day="2030-11-06")) == [("13:00", ["Tomorrow"])]


def test_one_clock_for_all_cities(place):
    """Of the main city, or of the one that is asked for; a row says the time of a city that has another one."""
    shanghai = talk(place, "Grids", 11 * 60, stage="other_stage")  # midnight in Barcelona, seven in Shanghai
    talk(place, "Rivers", 11 * 60)
    assert groups(get(place, day="2030-11-06")) == [("00:00", ["Grids", "Rivers"])]
    html = get(place, day="2030-11-06", city=shanghai.stage.host_city_id)
    assert groups(html) == [("07:00", ["Grids"])] and 'data-clock-of="Asia/Shanghai"' in html
    assert re.search(r"Shanghai</bdi> 07:00 ·", get(place, day="2030-11-06"))


def test_portions_reach_every_session_once(place):
    for number in range(PORTION * 2 + 5):
        talk(place, f"T{number:03}", 10 + number // 40)
    path, seen = reverse("sessions:programme", args=[place["slug"]]), []
    while path:
        page = Client().get(path).text
        seen += re.findall(r">(T\d{3})</a></h3>", page)
        link = re.search(r'hx-get="(\?[^"]*part=rows[^"]*)" hx-target="closest .rest"', page)
        path = link and reverse("sessions:programme", args=[place["slug"]]) + link[1].replace("&amp;", "&")
    assert seen == [f"T{number:03}" for number in range(PORTION * 2 + 5)]


def test_a_row_holds_hostile_text_as_text(place):
    session = talk(place, "<script>alert(1)</script>", 10)
    speaker = Speaker.objects.create(edition=session.edition, guid="x", name='"><img src=x>')
    session.speakers.add(speaker)
    HostCity.objects.filter(pk=session.stage.host_city_id).update(name="<i>B")
    Stage.objects.filter(pk=session.stage_id).update(name="<i>S")
    html = rows.draw(rows.rows_of([session.pk])[0])
    assert "<script" not in html and "<img" not in html and "<i>" not in html and "&lt;i&gt;S" in html


def test_a_pushed_row_is_the_row_of_the_page(place):
    session = talk(place, "Grids", 10, status=Status.DELAYED, delayed_start=NOON + timedelta(hours=1))
    card = session_card(Session.objects.for_display().get(pk=session.pk))
    assert rows.draw(card) == rows.draw(rows.rows_of([session.pk])[0])


def test_a_city_says_what_is_next_and_leads_to_its_part(place):
    soon = talk(place, "Soon in Shanghai", 60, stage="other_stage")
    talk(place, "Later in Shanghai", 120, stage="other_stage")
    talk(place, "Secret", 30, stage="other_stage", visibility="invited")
    talk(place, "Tomorrow", 24 * 60)
    html = get(place)
    cities = dict(re.findall(r'<li class="city" id="city-(\d+)">(.*?)</li>', html, re.DOTALL))
    city = cities[str(soon.stage.host_city_id)]
    assert f'href="/sessions/{soon.pk}/"' in city and ">21:00</time>" in city and "Secret" not in html
    assert f'href="/editions/{place["slug"]}/?city={soon.stage.host_city_id}"' in city
    assert any(">Wed 13:00</time>" in other for other in cities.values())


def test_nobody_following_is_not_shown(place):
    talk(place, "On", -10, status=Status.LIVE)
    lines = re.findall(r"<(?:span|p)[^>]*data-followers([^>]*)>", get(place))
    assert lines and all("hidden" in line for line in lines)


def full_day(place):
    """A thousand sessions on two days, each with two speakers, in three cities."""
    edition = Edition.objects.get(pk=place["edition"])
    stages = [place["stage"], place["other_stage"]]
    sessions = [
        Session(
            edition=edition,
            guid=str(number),
            stage_id=stages[number % 2],
            title=f"{uuid.UUID(int=number * 7919 + 2**100)} of things that cities do {number}",
            start=NOON + timedelta(minutes=5 * (number // 20) - 600, days=number % 2),
            end=NOON + timedelta(minutes=5 * (number // 20) - 570, days=number % 2),
        )
        for number in range(1000)
    ]
    Session.objects.bulk_create(sessions)
    speakers = Speaker.objects.bulk_create(
        Speaker(edition=edition, guid=f"many-{number}", name=f"Speaker Number {number}") for number in range(400)
    )
    through = Session.speakers.through
    through.objects.bulk_create(
        through(session=session, speaker=speakers[(session.pk + more) % 400])
        for session in sessions
        for more in range(2)
    )


def test_a_thousand_sessions_cost_twenty_queries_and_thirty_kilobytes_at_most(place, django_assert_max_num_queries):
    full_day(place)
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["attendee"]
    address = reverse("sessions:programme", args=[place["slug"]])
    for path in (address, f"{address}?part=rows", f"{address}?part=filters", f"{address}?q=cities"):
        with django_assert_max_num_queries(18):
            page = client.get(path)
        assert page.status_code == 200
        assert len(gzip.compress(page.content, 6)) < 15_000, path
    assert page.text.count('<li class="item') == PORTION
