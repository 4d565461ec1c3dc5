"""Calendars to subscribe to: what they say, that changes reach them, and that they tell nobody what is not theirs."""

import io
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from django.test import Client
from icalendar import Calendar

from people.models import Participant, Role
from planning import feeds
from sessions import calendars, status
from sessions.models import HostCity, Session, Stage, Told
from sessions.zones import vtimezone
from tests import world

pytestmark = pytest.mark.django_db


def events(path, client=None):
    """UID without the edition -> VEVENT of a calendar, which must be whole."""
    answer = (client or Client()).get(path)
    assert answer.status_code == 200 and answer["Content-Type"] == calendars.TYPE
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = Calendar.from_ical(answer.content)
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    found = {}
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "LAST-MODIFIED", "STATUS"} <= set(event), dict(event)
        assert event["DTSTART"].params.get("TZID", "UTC") in zones | {"UTC"}
        found[str(event["UID"]).partition("@")[0]] = event
    return found


@pytest.fixture
def public(place):
    return f"/editions/{place['slug']}/calendar.ics"


def test_it_is_a_calendar_that_says_how_often_to_come_back(place, session, public):
    Session.objects.filter(pk=session.pk).update(stream="https://example.org/live.m3u8")
    answer = Client().get(public)
    calendar = Calendar.from_ical(answer.content)
    assert (calendar["METHOD"], calendar["NAME"]) == ("PUBLISH", "Test Congress")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT15M" in answer.content
    event = events(public)[session.guid]
    assert event.start == session.start.replace(microsecond=0) and event["SEQUENCE"] == 0
    assert event.start.tzinfo == ZoneInfo("Europe/Madrid") and "CONFERENCE" in event
    assert Client().get(public, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_each_change_raises_the_sequence_whoever_makes_it(place, session, public, organiser):
    uid, first = session.guid, events(public)[session.guid]
    assert events(public)[uid]["SEQUENCE"] == 0  # nothing has changed
    status.step(session.pk, "delay", organiser, new_start=session.start + timedelta(minutes=15))
    delayed = events(public)[uid]
    assert (delayed["SEQUENCE"], delayed.start - first.start) == (1, timedelta(minutes=15))
    status.undo(session.pk, organiser)
    back = events(public)[uid]
    assert (back["SEQUENCE"], back.start) == (2, first.start)
    Stage.objects.filter(pk=session.stage_id).update(name="Forum")  # as an import or the admin does it
    assert events(public)[uid]["SEQUENCE"] == 3
    status.step(session.pk, "cancel", organiser, reason="Strike")
    cancelled = events(public)[uid]
    assert (cancelled["SEQUENCE"], cancelled["STATUS"], cancelled["DESCRIPTION"]) == (4, "CANCELLED", "Strike")
    assert back["LAST-MODIFIED"].dt <= cancelled["LAST-MODIFIED"].dt


@pytest.mark.parametrize("values", [{"visibility": "invited"}, {"visibility": "passes", "visible_passes": ["jury"]}])
def test_what_becomes_closed_turns_cancelled_and_tells_nothing(place, session, public, values):
    before = events(public)[session.guid]
    Session.objects.filter(pk=session.pk).update(title="Xk7canary", start=session.start + timedelta(hours=2), **values)
    closed = events(public)[session.guid]
    assert (closed["STATUS"], closed["SEQUENCE"], closed.start) == ("CANCELLED", 1, before.start)
    assert "URL" not in closed and b"Xk7canary" not in Client().get(public).content
    Session.objects.filter(pk=session.pk).update(visibility="public")
    assert (events(public)[session.guid]["STATUS"], events(public)[session.guid]["SEQUENCE"]) == ("CONFIRMED", 2)


def test_what_was_never_open_is_not_there(place, session, public):
    Session.objects.filter(pk=session.pk).update(visibility="registered")
    assert session.guid not in events(public)


def test_a_session_that_moves_to_another_city_leaves_the_first(place, session):
    of = {stage: f"/editions/{place['slug']}/calendars/stage/{place[stage]}.ics" for stage in ("stage", "other_stage")}
    city = f"/editions/{place['slug']}/calendars/city/{session.stage.host_city_id}.ics"
    assert session.guid in events(of["stage"]) and session.guid in events(city)
    assert session.guid not in events(of["other_stage"])
    Session.objects.filter(pk=session.pk).update(stage=place["other_stage"])
    assert events(of["stage"])[session.guid]["STATUS"] == "CANCELLED"
    assert events(city)[session.guid]["STATUS"] == "CANCELLED"
    assert events(of["other_stage"])[session.guid]["STATUS"] == "CONFIRMED"


def test_parts_of_other_editions_have_no_calendar_here(place):
    other = HostCity.objects.create(name="Elsewhere", slug="elsewhere")
    for part in (f"city/{other.pk}", "stage/999999", "speaker/1", "nothing/1"):
        assert Client().get(f"/editions/{place['slug']}/calendars/{part}.ics").status_code == 404


def test_the_secret_calendar_is_for_who_has_its_address_until_it_ends(browser, place, session):
    speaker = Participant.objects.get(pk=place["people"]["speaker"])
    Session.objects.filter(pk=session.pk).update(visibility="invited")
    path = feeds.address(speaker)
    assert list(events(path)) == [session.guid]
    assert "no-referrer" in Client().get(path)["Referrer-Policy"]
    assert browser("speaker").post("/calendars/address/", {"edition": place["slug"]}).status_code == 302
    assert Client().get(path).status_code == 404
    fresh = feeds.address(speaker)
    assert fresh != path and fresh in browser("speaker").get(f"/editions/{place['slug']}/calendars/").text
    Role.objects.filter(participant=speaker, name="speaker").delete()
    assert events(fresh)[session.guid]["STATUS"] == "CANCELLED"
    Participant.objects.filter(pk=speaker.pk).update(is_active=False)
    assert Client().get(fresh).status_code == 404


@pytest.mark.parametrize(
    "change", [lambda s: s[:-5] + ".ics", lambda s: s.replace("-1:", "-2:"), lambda s: "/calendars/x.ics"]
)
def test_a_forged_address_opens_nothing(place, organiser, change):
    assert Client().get(feeds.address(organiser)).status_code == 200
    assert Client().get(change(feeds.address(organiser))).status_code == 404


def test_what_is_gone_leaves_the_calendar_in_the_end(place, session, public):
    events(public)
    Session.objects.filter(pk=session.pk).update(visibility="invited")
    assert session.guid in events(public)
    Told.objects.update(finishes=session.end - timedelta(days=40))
    assert session.guid not in events(public)


@pytest.mark.parametrize("name", ["Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "Asia/Shanghai"])
def test_zones_are_right_to_the_minute_by_another_reader_too(name):
    """Every quarter of an hour around each change of clocks, in both hemispheres."""
    zone = ZoneInfo(name)
    other = tzical(io.StringIO(vtimezone(name, 2026, 2027).to_ical().decode().replace("\r\n", "\n"))).get()
    moment, changes = datetime(2026, 1, 2, tzinfo=UTC), 0
    while moment < datetime(2027, 12, 30, tzinfo=UTC):
        following = moment + timedelta(minutes=15)
        local = moment.astimezone(zone)
        if not local.fold and not following.astimezone(zone).fold:
            assert local.replace(tzinfo=other).utcoffset() == local.utcoffset(), local
        changes += local.utcoffset() != following.astimezone(zone).utcoffset()
        moment = following
    assert changes == (0 if name == "Asia/Shanghai" else 4)


def starts_by_dateutil(text):
    """UID -> start of each event of a feed, read without the package that writes it."""
    text = text.replace("\r\n ", "").replace("\r\n", "\n")
    zones = tzical(io.StringIO("".join(re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\n", text, re.DOTALL))))
    found = {}
    for event in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text, re.DOTALL):
        zone, local = re.search(r"DTSTART;TZID=([^:]+):(\S+)", event).groups()
        start = datetime.strptime(local, "%Y%m%dT%H%M%S").replace(tzinfo=zones.get(zone))
        found[re.search(r"UID:([^@\s]+)", event)[1]] = start.astimezone(UTC)
    return found


def test_two_readers_find_the_same_starts_over_a_change_of_clocks_in_both_hemispheres(place, session, public):
    """Before and after: Madrid puts its clocks back on 25 October, Santiago puts them forward on 6 September."""
    south = HostCity.objects.create(name="Santiago", slug="santiago", timezone="America/Santiago")
    stages = [session.stage, Stage.objects.create(edition=session.edition, host_city=south, name="Mapocho")]
    planned = {}
    days = [datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 9, 6, tzinfo=UTC)]
    for stage, day in zip(stages, days, strict=True):
        for hours in (-20, -2, 2, 7, 30):
            talk, start = world.talk(session.edition, stage, f"{hours}"), day + timedelta(hours=hours)
            Session.objects.filter(pk=talk.pk).update(start=start, end=start + timedelta(minutes=45))
            planned[talk.guid] = start
    read, other = events(public), starts_by_dateutil(Client().get(public).text)
    assert {uid: read[uid].start.astimezone(UTC) for uid in planned} == planned
    assert {uid: other[uid] for uid in planned} == planned


def test_an_hour_that_comes_twice_is_the_right_one(place, session, public):
    for hour in (0, 1):  # 02:30 in Madrid both times
        start = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        Session.objects.filter(pk=session.pk).update(start=start, end=start + timedelta(minutes=45))
        assert events(public)[session.guid].start.astimezone(UTC) == start


def test_the_programme_as_a_table(place, session, browser):
    Session.objects.filter(pk=session.pk).update(title="=HYPERLINK(1)", visibility="invited")
    path = f"/editions/{place['slug']}/programme.csv"
    assert "HYPERLINK" not in Client().get(path).text
    shown = browser("organiser").get(path).text
    assert '"\'=HYPERLINK(1)"' in shown and "Europe/Madrid" in shown and "Li Ming" in shown
