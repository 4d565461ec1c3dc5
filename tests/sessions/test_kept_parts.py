"""Parts of the session's page are drawn once: what they show, when it changes, the next page shows; own things stay."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from chat.models import Message
from common.templatetags import drawn
from people.models import Participant
from questions.models import QuestionSettings
from sessions import rows
from sessions.models import Edition, HostCity, Session, Stage

pytestmark = pytest.mark.django_db
ONE_PAGE_S = re.compile(r'(?:client_id"|csrfmiddlewaretoken")[^>]*value="([^"]+)"')


@pytest.fixture
def place(place):
    """A session that people ask in, in two languages, with another stage beside its own."""
    Session.objects.update(languages=["en", "es"])
    for session in Session.objects.all():
        QuestionSettings.objects.create(session=session, intake="open", anonymous_allowed=True)
    return place


def page(place, role="moderator", session="session", **headers):
    client = Client(headers=headers)
    client.cookies["sessionid"] = place["cookies"][role]
    return client.get(f"/sessions/{place[session]}/?whole=1").content.decode()


def alike(html):
    return re.sub(ONE_PAGE_S, "", html)


@pytest.mark.parametrize(
    "change",
    [
        lambda: QuestionSettings.objects.update(intake="closed"),
        lambda: QuestionSettings.objects.update(anonymous_allowed=False),
        lambda: QuestionSettings.objects.update(names_for_moderators=True),
        lambda: Session.objects.update(languages=["en", "ca"]),
        lambda: Session.objects.update(title="Streets for all"),
        lambda: Stage.objects.update(name="Garden"),
        lambda: HostCity.objects.update(name="Girona"),
        lambda: Stage.objects.create(edition=Edition.objects.get(), host_city=HostCity.objects.first(), name="New"),
    ],
)
def test_a_change_is_shown_at_once(change, place):
    before = page(place)
    assert alike(page(place)) == alike(before)
    change()
    after = page(place)
    assert alike(after) != alike(before)
    drawn._lasting.cache_clear()
    drawn._drawn.cache_clear()
    assert alike(page(place)) == alike(after)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Session.objects.update(start=F("start") + timedelta(days=1), end=F("end") + timedelta(days=1)),
        lambda: Session.objects.first().delete(),
        lambda: HostCity.objects.update(name="Girona"),
        lambda: HostCity.objects.update(timezone="Pacific/Kiritimati"),
        lambda: Stage.objects.first().delete() if Session.objects.all().delete() else None,
    ],
)
@pytest.mark.parametrize("asked", ["", "?q=streets", "?show=all&day=all"])
def test_the_programme_shows_a_change_at_once(change, asked, place):
    address = f"/editions/{place['slug']}/{asked}"
    before = Client().get(address).content.decode()
    change()
    after = Client().get(address).content.decode()
    assert alike(after) != alike(before)
    drawn._lasting.cache_clear()
    rows._drawn.cache_clear()
    assert alike(Client().get(address).content.decode()) == alike(after)


def test_the_day_and_the_city_that_are_asked_for_are_marked(place):
    pages = [Client().get(f"/editions/{place['slug']}/{asked}").content.decode() for asked in ("?city=1", "?city=2")]
    days = [re.search(r'day=(\d{4}-\d\d-\d\d)"\s+aria-current="date"', html) for html in pages]
    assert all(days)
    cities = [re.findall(r'city=(\d)" aria-current="true"', html) for html in pages]
    assert cities == [["1"], ["2"]]


def test_another_session_role_and_language_has_its_own(place):
    pages = [page(place), page(place, "attendee"), page(place, session="other_session"), page(place, "outsider")]
    pages.append(page(place, "attendee", **{"accept-language": "es"}))
    drawn._lasting.cache_clear()
    assert alike(page(place, "attendee", **{"accept-language": "es"})) == alike(pages.pop())
    for html, asked in zip(
        pages, [{}, {"role": "attendee"}, {"session": "other_session"}, {"role": "outsider"}], strict=True
    ):
        drawn._lasting.cache_clear()
        assert alike(page(place, **asked)) == alike(html)


def test_each_page_has_its_own_ids_and_each_person_their_token(place):
    first, second, speaker = page(place), page(place), page(place, "speaker")
    sent = [re.findall(ONE_PAGE_S, html) for html in (first, second, speaker)]
    assert all(len(values) > 5 for values in sent)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert not {*sent[one]} & {*sent[other]}
    assert 'name="client_id"' in first and "<own" not in first + speaker


def test_what_is_said_stands_in_its_order(place):
    attendee = Participant.objects.get(pk=place["people"]["attendee"])
    session = Session.objects.get(pk=place["session"])
    for number in range(3):
        Message.send(session, attendee, f"number {number}", uuid.uuid4())
    assert re.findall(r">number (\d)<", page(place)) == ["0", "1", "2"]
    Message.objects.get(text="number 1").remove(attendee)
    assert re.findall(r">number (\d)<", page(place)) == ["0", "2"]
