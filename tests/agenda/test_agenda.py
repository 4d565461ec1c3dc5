"""The agenda: saving, one's own page, clashes by the times as things stand, and what goes by it elsewhere."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from agenda.data import items_of
from agenda.models import FollowedTheme, Saved
from agenda.own import own
from agenda.times import Span, clashes
from common import clock
from people import account
from people.access import Visibility
from people.models import Participant
from planning import feeds
from sessions import status
from sessions.models import Session, Theme
from tests import world
from tests.people.matrix import signed_in

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def session(place):
    return Session.objects.get(pk=place["session"])


def person(place, role):
    return Participant.objects.get(pk=place["people"][role])


def page(place, role="attendee"):
    whole = signed_in(place, role).get(f"/editions/{place['slug']}/agenda/").text
    return whole[whole.index("<main") :]  # below the strip of cities


def save(place, role="attendee", **data):
    return signed_in(place, role).post(f"/sessions/{place['session']}/save/", data)


def span(key, start, end, is_open=True, city="Barcelona"):
    starts, ends = NOON + timedelta(minutes=start), NOON + timedelta(minutes=end)
    return Span(key, starts, starts, starts, ends, city, is_open)


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([span(1, 0, 60), span(2, 60, 90)], {}),  # one after the other
        ([span(1, 0, 60), span(2, 59, 90)], {1: [2], 2: [1]}),
        ([span(1, 0, 60), span(2, 30, 90, city="Shanghai")], {1: [2], 2: [1]}),
        ([span(1, 0, 60), span(2, 30, 90, is_open=False)], {}),  # cancelled or over
        ([span(1, 0, 180), span(2, 10, 20), span(3, 30, 40)], {1: [2, 3], 2: [1], 3: [1]}),
        ([span(2, 0, 10), span(1, 0, 10)], {1: [2], 2: [1]}),
    ],
)
def test_clashes(spans, found):
    assert clashes(spans) == found


def late_by(key, start, end, seconds):
    """A span that is promised from start to end (minutes), and runs late by so many seconds."""
    promised, late = span(key, start, end), timedelta(seconds=seconds)
    times = (promised.start, promised.start, promised.start + late, promised.end + late)
    return Span(key, *times, promised.city, True, promised.end)


@pytest.mark.parametrize(
    ("seconds", "found"), [(0, {}), (5, {}), (179, {}), (181, {1: [2], 2: [1]}), (540, {1: [2], 2: [1]})]
)
def test_what_runs_late_clashes_by_what_is_worth_telling(seconds, found):
    assert clashes([late_by(1, 0, 45, seconds), span(2, 45, 90)]) == found
    assert not late_by(1, 0, 45, seconds).promised_with(span(2, 45, 90))


@pytest.mark.parametrize(("late", "told"), [(0, 0), (2, 0), (3, 3), (12, 12)])
def test_late_is_what_is_worth_telling(late, told):
    moved = NOON + timedelta(minutes=late)
    assert Span(1, NOON, NOON, moved, moved, "").late == told


def test_saving_by_a_form_turns_over_and_by_a_word_does_what_it_says(place):
    assert save(place).status_code == 302 and Saved.objects.count() == 1
    assert save(place).status_code == 302 and Saved.objects.count() == 0
    for _again in range(2):
        save(place, on="1")
        assert Saved.objects.count() == 1
    save(place, on="0")
    assert Saved.objects.count() == 0


@pytest.mark.parametrize("role", ["anonymous", "outsider", "banned"])
def test_who_does_not_take_part_keeps_no_agenda(place, role):
    assert save(place, role).status_code in (403, 404)
    assert Saved.objects.count() == 0


def test_no_form_leads_elsewhere(place, session):
    assert save(place, next="//example.org/").url == session.get_absolute_url()
    assert save(place, next="/notices/").url == "/notices/"


def test_the_page_is_for_whoever_signed_in(place):
    assert signed_in(place, "anonymous").get(f"/editions/{place['slug']}/agenda/").url.startswith("/people/enter/")
    assert "Nothing is saved yet" in page(place)
    save(place)
    assert "Streets for people" in page(place)
    assert "Grids that listen" not in page(place)
    assert "Streets for people" in page(place, "speaker") and "Speaker" in page(place, "speaker")


def test_what_clashes_and_what_has_moved_says_so(place, session):
    attendee = person(place, "attendee")
    for pk in (place["session"], place["other_session"]):
        Saved.objects.create(participant=attendee, session_id=pk)
    assert "At the same time in Shanghai:" in " ".join(page(place).split())
    later = session.start + timedelta(minutes=65)
    status.step(session.pk, "delay", person(place, "moderator"), new_start=later)
    shown = " ".join(page(place).split())
    assert "moved 65 min" in shown and "At the same time" not in shown


def test_what_one_may_not_see_any_more_is_gone(place, session):
    save(place)
    Session.objects.filter(pk=session.pk).update(visibility=Visibility.INVITED)
    assert "Streets for people" not in page(place)
    assert own([(place["people"]["attendee"], place["edition"])])[0]["next"] == []


def test_the_join_brings_ones_own_for_many_at_once(place, session, django_assert_max_num_queries):
    save(place)
    everybody = [(pk, place["edition"]) for pk in place["people"].values()] * 10
    with django_assert_max_num_queries(7):
        found = dict(zip(everybody, own(everybody), strict=True))
    attendee = found[place["people"]["attendee"], place["edition"]]
    assert attendee["saved"] == [session.pk] and attendee["held"] == []
    assert attendee["next"][0]["title"] == "Streets for people"
    speaker = found[place["people"]["speaker"], place["edition"]]
    assert speaker["saved"] == [] and speaker["held"] == [session.pk]


def test_themes_recommend_what_fits(place, session):
    attendee, other = person(place, "attendee"), Session.objects.get(pk=place["other_session"])
    theme = Theme.objects.create(edition=session.edition, name="Energy", slug="energy")
    Session.objects.filter(pk=other.pk).update(theme=theme)
    client = signed_in(place, "attendee")
    client.post(f"/themes/{theme.pk}/follow/", {"on": "1"})
    assert FollowedTheme.objects.get().participant == attendee and "Grids that listen" in page(place)
    save(place)  # at the same time
    assert "Grids that listen" not in page(place).partition("For you")[2]
    client.post(f"/themes/{theme.pk}/follow/", {"on": "0"})
    assert not FollowedTheme.objects.exists()


def test_ones_own_calendar_has_what_is_saved(place, session):
    attendee = person(place, "attendee")
    assert list(feeds.personal(attendee)[1]) == []
    save(place)
    assert list(feeds.personal(attendee)[1]) == [session]


def test_the_data_of_a_person_has_it_and_forgets_it(place, session):
    save(place)
    client = signed_in(place, "attendee")
    assert [row["session_id"] for row in client.get(reverse("people:download")).json()["agenda"]] == [session.pk]
    account.delete(person(place, "attendee"))
    assert not Saved.objects.exists()


def test_the_page_costs_the_same_whatever_it_holds(place, session, django_assert_max_num_queries):
    attendee, start = person(place, "attendee"), session.start
    for number in range(30):
        made = world.talk(session.edition, session.stage, f"Talk {number}")
        Session.objects.filter(pk=made.pk).update(start=start + timedelta(hours=number), end=start)
        Saved.objects.create(participant=attendee, session=made)
    client = signed_in(place, "attendee")
    with django_assert_max_num_queries(26):
        client.get(f"/editions/{place['slug']}/agenda/")


def test_what_runs_late_says_until_when_and_that_it_clashes_only_so(place, session):
    """The row shows the promised end: without the other one, what follows would not seem to be at the same time."""
    now = clock.now().replace(second=0, microsecond=0)
    Session.objects.filter(pk=session.pk).update(
        start=now - timedelta(minutes=40), end=now + timedelta(minutes=5), status="live"
    )
    session.status_changes.create(
        action="go_live", before={}, after={}, by=person(place, "moderator"), at=now - timedelta(minutes=30)
    )
    Session.objects.filter(pk=place["other_session"]).update(
        start=now + timedelta(minutes=6), end=now + timedelta(minutes=50), status="scheduled"
    )
    for pk in (session.pk, place["other_session"]):
        Saved.objects.create(participant_id=place["people"]["attendee"], session_id=pk)
    text = page(place)
    ends = (now + timedelta(minutes=15)).astimezone(ZoneInfo(session.edition.timezone))
    assert f"until about {ends:%H:%M}" in text
    assert text.count("As things stand, at the same time:") == 2 and "At the same time" not in text


def test_the_order_is_that_of_the_times_that_are_shown(place, session):
    """What is over began later than it says: it stands where it says."""
    now = clock.now().replace(second=0, microsecond=0)
    for pk, minutes, status_now in ((session.pk, 65, "ended"), (place["other_session"], 60, "scheduled")):
        start = now - timedelta(minutes=minutes)
        Session.objects.filter(pk=pk).update(start=start, end=start + timedelta(minutes=45), status=status_now)
        Saved.objects.create(participant_id=place["people"]["attendee"], session_id=pk)
    for action, minutes in (("go_live", 55), ("end", 15)):
        session.status_changes.create(
            action=action, before={}, after={}, by=person(place, "moderator"), at=now - timedelta(minutes=minutes)
        )
    shown = [item.span.shown for item in items_of(person(place, "attendee"), session.edition)]
    assert shown == [now - timedelta(minutes=65), now - timedelta(minutes=60)]
    text = page(place)
    assert text.index(f"item-{session.pk}") < text.index(f"item-{place['other_session']}")


@pytest.mark.parametrize(
    ("of_profile", "of_device", "shown"),
    [
        ("", "", None),
        ("", "Asia/Shanghai", "Asia/Shanghai"),
        ("Africa/Lagos", "Asia/Shanghai", "Africa/Lagos"),
        ("", "Mars/Olympus", None),
        ("", "../../etc/passwd", None),
        ("", "Europe", None),
        ("", "x" * 5000, None),
        ("", "\0", None),
    ],
)
def test_times_are_those_of_the_profile_else_of_the_device_else_of_the_edition(
    place, session, of_profile, of_device, shown
):
    Saved.objects.create(participant_id=place["people"]["attendee"], session=session)
    Participant.objects.filter(pk=place["people"]["attendee"]).update(timezone=of_profile)
    answer = signed_in(place, "attendee").get(f"/editions/{place['slug']}/agenda/", {"zone": of_device})
    zone = shown or session.edition.timezone
    assert answer.status_code == 200
    assert f"Times are those of {zone}" in answer.text and f'data-clock-of="{zone}"' in answer.text
    assert f"{session.begins.astimezone(ZoneInfo(zone)):%H:%M}" in answer.text
    assert ("data-ask-device" in answer.text) is not bool(of_profile)
