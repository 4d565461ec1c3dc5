"""Notices: who planned around a session is told when it changes, once, and before it begins."""

import re
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import translation

from agenda.models import Saved
from common import clock
from live.log import between
from notices import push
from notices.changes import kind_of
from notices.history import own
from notices.models import Kind, Notice, Pending, Subscription, Wishes
from people.access import Visibility
from people.models import Participant
from planning import drafting, releasing
from planning.working import find, items_of
from scheduler import work
from scheduler.models import Job
from sessions import status
from sessions.models import Edition, Session
from show import ripple
from tests import world
from tests.people.matrix import signed_in

WHERE = {"begins": "2026-11-26T10:00", "ends": "2026-11-26T11:00", "stage": 1, "cancelled": False}
KEYS = {
    "p256dh": "BCqomefhSs-m3yXh5pXDxGlQg-Rx0ANzVUj_Il4EFMXHM_3x1H3m1NG_qh7r-4N4mseHIMty5SpIUobcazPMtCI",
    "auth": "AAAAAAAAAAAAAAAAAAAAAA",
}


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    for pk in (made["session"], made["other_session"]):
        Saved.objects.create(participant_id=made["people"]["attendee"], session_id=pk)
    Session.objects.update(start=clock.now() + timedelta(hours=5), end=clock.now() + timedelta(hours=6))
    return made


@pytest.fixture
def session(place):
    return Session.objects.get(pk=place["session"])


@pytest.fixture
def organiser(place):
    return Participant.objects.get(pk=place["people"]["organiser"])


def pass_time():
    """The half minute after a change has gone by."""
    Job.objects.update(due_at=clock.now())
    work.do_due()


def kinds(place, role="attendee"):
    return [(each.session_id, each.kind) for each in Notice.objects.filter(participant=place["people"][role])]


def delay(session, by, minutes):
    session.refresh_from_db()
    status.step(session.pk, "delay", by, new_start=session.begins + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({}, {}, ""),
        ({"reworded": True}, {}, Kind.WORDS),
        ({}, {"begins": "later"}, Kind.MOVED),
        ({}, {"stage": 2}, Kind.MOVED),
        ({"reworded": True}, {"stage": 2}, Kind.MOVED),
        ({}, {"cancelled": True}, Kind.CANCELLED),
        ({}, {"cancelled": True, "stage": 2}, Kind.CANCELLED),
        ({"cancelled": True}, {"cancelled": True, "stage": 2}, ""),
        ({"cancelled": True}, {}, Kind.AGAIN),
    ],
)
def test_what_happened(before, after, kind):
    assert kind_of(WHERE | before, WHERE | after) == kind


def test_a_delay_tells_who_saved_it_and_its_speakers_and_nobody_else(place, session, organiser):
    delay(session, organiser, 15)
    assert not Notice.objects.exists()
    pass_time()
    assert kinds(place) == kinds(place, "speaker") == kinds(place, "session_moderator") == [(session.pk, "moved")]
    assert kinds(place, "organiser") == kinds(place, "outsider") == []


def test_several_moves_are_one_notice_from_what_was_known_to_what_holds(place, session, organiser):
    delay(session, organiser, 10)
    delay(session, organiser, 5)
    pass_time()
    notice = Notice.objects.get(participant=place["people"]["attendee"])
    assert notice.before["begins"] == session.start.isoformat()
    delay(session, organiser, 5)  # before anybody has looked
    pass_time()
    notice = Notice.objects.get(participant=place["people"]["attendee"])
    assert notice.before["begins"] == session.start.isoformat()
    assert notice.after["begins"] == (session.start + timedelta(minutes=20)).isoformat()
    signed_in(place, "attendee").get("/notices/")
    delay(session, organiser, 5)
    pass_time()
    assert Notice.objects.filter(participant=place["people"]["attendee"]).count() == 2


@pytest.mark.parametrize("own", ["", "Asia/Shanghai"])
def test_a_notice_says_when_by_ones_own_clock_or_names_the_city(place, session, organiser, own):
    """Never UTC: who has chosen no zone reads a city's time with its name, and the browser adds their own."""
    who = Participant.objects.get(pk=place["people"]["attendee"])
    Participant.objects.filter(pk=who.pk).update(timezone=own)
    edition = session.edition
    at = clock.now()
    Notice.objects.create(participant=who, session=session, kind=Kind.WORDS, before={}, after=WHERE, at=at)
    text = signed_in(place, "attendee").get("/notices/").text
    shown = re.search(r'<ol class="told-list">.*?<time[^>]*>(.*?)</time>', text, re.S)[1]
    assert f"{at.astimezone(ZoneInfo(own or edition.timezone)):%H:%M}" in shown
    assert (edition.host_city.name in shown and f'data-zone="{edition.timezone}"' in shown) is not bool(own)


def test_what_is_taken_back_in_time_was_never_told(place, session, organiser):
    delay(session, organiser, 10)
    status.undo(session.pk, organiser)
    pass_time()
    assert not Notice.objects.exists() and not Pending.objects.exists()


def test_what_is_taken_back_later_is_told(place, session, organiser):
    status.step(session.pk, "cancel", organiser, reason="The river came")
    pass_time()
    shown = signed_in(place, "attendee").get("/notices/").text
    assert "is cancelled. The river came" in shown
    status.undo(session.pk, organiser)
    pass_time()
    assert kinds(place)[0] == (session.pk, "again")


def test_a_release_tells_of_moves_and_cancellations_together(place, session, organiser):
    edition = Edition.objects.get(pk=place["edition"])
    drafting.cancel(edition, find(edition, f"s{session.pk}"), organiser)
    later = {"start": (session.start + timedelta(hours=1)).isoformat(), "title": "Grids that hum"}
    later["end"] = (session.end + timedelta(hours=1)).isoformat()
    drafting.put(edition, find(edition, f"s{place['other_session']}"), later, organiser)
    pks = list(edition.drafts.values_list("pk", flat=True))
    reached = releasing.touched(items_of(edition, drafted=True, full=True))[f"s{session.pk}"]["people"]
    assert reached == 4  # who saved it, its speaker, its moderator, and the guest of its hall
    releasing.release(edition, pks, "A wet day", organiser)
    pass_time()
    assert sorted(kinds(place)) == sorted([(session.pk, "cancelled"), (place["other_session"], "moved")])
    assert Notice.objects.filter(participant=place["people"]["attendee"]).values("at").distinct().count() == 1
    mine = [message for message in mail.outbox if message.to[0].startswith("attendee-")]
    assert len(mine) == 1 and "A wet day" in mine[0].body and "Grids that hum" in mine[0].body
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox)


def test_a_ripple_tells_and_its_end_tells_again(place, session, organiser):
    """Helena confirms a ripple: who saved the sessions is told, and told again when it is taken back."""
    now = clock.now()
    first = world.talk(session.edition, session.stage, "Before")
    Session.objects.filter(pk=first.pk).update(start=now - timedelta(minutes=60), end=now - timedelta(minutes=20))
    Session.objects.filter(pk=session.pk).update(start=now - timedelta(minutes=10), end=now + timedelta(minutes=50))
    for step in ("prepare", "go_live"):
        status.step(first.pk, step, organiser)
    offer = ripple.current(session.stage)
    made = ripple.publish(session.stage, organiser, sessions=len(offer.moves), minutes=offer.most)
    pass_time()
    assert kinds(place) == [(session.pk, "moved")]
    signed_in(place, "attendee").get("/notices/")
    ripple.take_back(made, organiser)
    pass_time()
    assert len(kinds(place)) == 2


def test_who_may_not_see_a_session_hears_nothing_of_it(place, session, organiser):
    Session.objects.filter(pk=session.pk).update(visibility=Visibility.INVITED)
    delay(session, organiser, 15)
    pass_time()
    assert kinds(place) == [] and kinds(place, "speaker")
    told = [event.shown for event in between(f"edition:{place['edition']}", 0, 99) if event.kind == "notices.told"]
    assert told == [{"lines": []}]


def test_the_bell_counts_moments_until_they_are_seen(place, session, organiser):
    me = [(place["people"]["attendee"], place["edition"]), (place["people"]["outsider"], place["edition"])]
    for pk in (place["session"], place["other_session"]):
        delay(Session.objects.get(pk=pk), organiser, 15)
    pass_time()
    assert own(me) == [{"unseen": 1}, {"unseen": 0}]
    signed_in(place, "attendee").get("/notices/")
    assert own(me) == [{"unseen": 0}, {"unseen": 0}]


@pytest.mark.parametrize(("minutes", "wish", "told"), [(9, None, 1), (11, None, 0), (11, 15, 1), (4, 0, 0), (4, 5, 1)])
def test_reminders_come_when_wished_and_once_for_each_start(place, session, organiser, minutes, wish, told):
    attendee = place["people"]["attendee"]
    Session.objects.filter(pk=session.pk).update(start=clock.now() + timedelta(minutes=minutes))
    if wish is not None:
        Wishes.objects.create(participant_id=attendee, minutes=wish)
    work.start()
    for _twice in range(2):
        pass_time()
    assert kinds(place).count((session.pk, "reminder")) == told
    if told:
        delay(session, organiser, 1)
        pass_time()
        pass_time()
        assert kinds(place).count((session.pk, "reminder")) == 2


def test_reminders_are_mailed_to_who_wishes_and_is_not_here(place, session):
    attendee = place["people"]["attendee"]
    Session.objects.filter(pk=session.pk).update(start=clock.now() + timedelta(minutes=5))
    Wishes.objects.create(participant_id=attendee, mail_reminders=True)
    work.start()
    pass_time()
    assert [message.subject for message in mail.outbox] == ["Soon: Streets for people"]


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("ar", "قريبًا: Streets for people", "أجندتك، وخيار تلقي هذه الرسائل أو إيقافها:"),
        ("zh-hans", "即将开始：Streets for people", "您的日程中即将开始："),
        ("es", "Pronto: Streets for people", "Hola"),
    ],
)
def test_a_mail_is_in_the_language_of_who_gets_it(place, session, language, subject, words):
    attendee = place["people"]["attendee"]
    Participant.objects.filter(pk=attendee).update(language=language)
    Session.objects.filter(pk=session.pk).update(start=clock.now() + timedelta(minutes=5))
    Wishes.objects.create(participant_id=attendee, mail_reminders=True)
    work.start()
    pass_time()
    assert [message.subject for message in mail.outbox] == [subject] and words in mail.outbox[0].body


@pytest.mark.parametrize(("language", "label"), [("en", "10 minutes before"), ("ar", "قبل 10 دقيقة")])
def test_when_one_is_reminded_is_said_in_the_language_of_the_page(language, label):
    """The choices are made once, when the process starts."""
    with translation.override(language):
        assert label in [str(words) for _minutes, words in Wishes.MINUTES]


@pytest.mark.parametrize(
    ("start", "end", "clock", "quiet"),
    [
        (time(22), time(7), time(23), True),
        (time(22), time(7), time(6, 59), True),
        (time(22), time(7), time(7), False),
        (time(1), time(5), time(3), True),
        (time(1), time(5), time(6), False),
        (None, None, time(3), False),
        (time(3), time(3), time(3), False),
    ],
)
def test_quiet_hours(start, end, clock, quiet):
    assert Wishes(quiet_from=start, quiet_until=end).is_quiet(clock) == quiet


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com.example.org/", False),
        ("https://evilfcm.googleapis.com.example.org/", False),
        ("https://evil-push.apple.com/", False),
        ("https://fcm.googleapis.com:8443/", False),
        ("https://user@fcm.googleapis.com/", False),
        ("https://169.254.169.254/", False),
        ("https://[::1", False),
        ("javascript:alert(1)", False),
    ],
)
def test_we_send_to_push_services_only(endpoint, known):
    assert push.is_known(endpoint) == known


def test_a_browser_is_taken_with_whole_keys_and_only_for_itself(place):
    client = signed_in(place, "attendee")
    endpoint = "https://fcm.googleapis.com/fcm/send/abc"
    assert client.post("/notices/device/", {"endpoint": "https://example.org/", **KEYS}).status_code == 422
    assert client.post("/notices/device/", {"endpoint": endpoint, "p256dh": "AAAA", "auth": "%"}).status_code == 422
    assert client.post("/notices/device/", {"endpoint": endpoint, **KEYS}).status_code == 204
    signed_in(place, "outsider").post("/notices/device/", {"endpoint": endpoint, "off": "1"})
    assert Subscription.objects.get().participant_id == place["people"]["attendee"]
    client.post("/notices/device/", {"endpoint": endpoint, "off": "1"})
    assert not Subscription.objects.exists()


def test_wishes_are_kept_by_their_form(place):
    client = signed_in(place, "attendee")
    drawn_from = re.search('name="drawn_from" value="([^"]+)"', client.get("/notices/").text)[1]
    data = {"minutes": "30", "quiet_from": "23:00", "quiet_until": "06:30", "drawn_from": drawn_from}
    assert client.post("/notices/wishes/", data).status_code == 302
    assert client.post("/notices/wishes/", data | {"minutes": "5"}).status_code == 409  # of another tab
    wishes = Wishes.objects.get()
    assert (wishes.minutes, wishes.mail_changes, wishes.quiet_until) == (30, False, time(6, 30))
