"""Announcements are translated by machine for who reads a language in which nobody typed them."""

from datetime import timedelta

import pytest

from announcements import announcing
from announcements.models import Announcement
from common import clock
from live.models import Event
from tests.people.matrix import signed_in
from tests.translation.conftest import built, place, service  # noqa: F401  (fixtures)
from translation import listening, working
from translation.models import Translation

pytestmark = pytest.mark.django_db
LUNCH = "The lunch is ready in the third hall"


def announce(place, session=None, **texts):  # noqa: F811
    starts = clock.now()
    edition = place["at"].edition
    given = {"scope": session.room_key if session else edition.room_key, "session": session, "texts": texts}
    given |= {"starts_at": starts, "ends_at": starts + timedelta(minutes=5)}
    return announcing.make(edition, place["all"]["organiser"], given)


def bar(place, language, path=""):  # noqa: F811
    page = (
        signed_in(place, "attendee")
        .get(path or f"/editions/{place['slug']}/", headers={"accept-language": language})
        .text
    )
    return page.split('id="announcements"')[1].split("</section>")[0].split("<main")[0]


@pytest.fixture
def readers(place):  # noqa: F811
    """Somebody reads the edition's pages in Spanish, somebody in Arabic."""
    listening.note({place["at"].edition.room_key: {"en", "es", "ar"}})


def test_who_is_there_gets_it_pushed_and_who_comes_finds_it_on_every_page(place, service, readers):  # noqa: F811
    made = announce(place, en=LUNCH)
    assert "es: " not in bar(place, "es") and service.asked == [], "the page does not ask a machine"
    working.work()
    told = Event.objects.filter(room__key=place["at"].edition.room_key, kind="translation.text")
    assert {(each.data["id"], each.data["language"]) for each in told} >= {(f"announcement-{made.pk}", "es")}
    for path in ("", place["at"].get_absolute_url()):
        assert f"es: {LUNCH.upper()}" in bar(place, "es", path) and LUNCH in bar(place, "es", path)
    assert "data-original" in bar(place, "es") and "es: " not in bar(place, "en")


def test_what_somebody_typed_is_read_and_no_machines(place, service, readers):  # noqa: F811
    announce(place, en=LUNCH, es="La comida está lista")
    working.work()
    assert "La comida está lista" in bar(place, "es") and "es: " not in bar(place, "es")


def test_one_of_a_session_is_translated_in_its_room(place, service):  # noqa: F811
    announce(place, place["at"], en=LUNCH)
    working.work()
    assert f"es: {LUNCH.upper()}" in bar(place, "es", place["at"].get_absolute_url())


def test_when_it_is_over_nothing_of_it_is_kept(place, service, readers):  # noqa: F811
    made = announce(place, en=LUNCH)
    working.work()
    assert Translation.objects.filter(text__contains="LUNCH").exists()
    announcing.withdraw(Announcement.objects.get(pk=made.pk), place["all"]["organiser"])
    working.work()
    assert not Translation.objects.filter(text__contains="LUNCH").exists()
