"""Captions are translated while somebody asks for them, finished lines alone, as a track that says machine."""

import pytest
from django.utils import timezone

from captions import writing
from captions.models import Caption, Track
from common import clock
from tests.people.matrix import signed_in
from tests.translation.room import frames, told
from translation import listening, working
from translation.models import Translation, TranslationSettings, Wanted

pytestmark = pytest.mark.django_db
SAID = "The city pays for the trams."


@pytest.fixture
def track(place):
    place["at"].status = "live"
    place["at"].save()
    return Track.objects.create(session=place["at"], language="en", name="English")


def spoken(track, text):
    return writing.receive(track.pk, Track.objects.get(pk=track.pk).last_seq + 1, text)


def ask(place, role="attendee", **more):
    client = signed_in(place, role)
    return client.post(
        f"/sessions/{place['session']}/translation/ask/", {"of": "captions.line", "language": "es"} | more
    )


def sent(service):
    return [text for asked in service.asked for text in asked["q"]]


def page(place, language, role="attendee"):
    client = signed_in(place, role)
    return client.get(place["at"].get_absolute_url(), headers={"accept-language": language}).text


def test_only_while_somebody_asks(place, track, service):
    spoken(track, f"{SAID}\n")
    working.work()
    assert SAID not in sent(service), "a Spanish reader is there, and reads no captions"
    assert ask(place).status_code == 204
    working.work()
    assert sent(service).count(SAID) == 1
    spoken(track, "And who drives them?\n")
    working.work()
    assert "And who drives them?" in sent(service)
    Wanted.objects.exclude(kind="").update(seen_at=clock.now() - listening.ASKED)
    spoken(track, "Nobody asks for this any more.\n")
    working.work()
    assert "Nobody asks for this any more." not in sent(service)


def test_lines_come_as_a_track_of_their_own_for_that_language(place, track, service):
    ask(place)
    spoken(track, f"{SAID}\n")
    working.work()
    line = Caption.objects.get()
    [event] = [each for each in told(place) if each.data["of"] == "captions.line"]
    assert event.data == {"of": "captions.line", "id": str(line.pk), "language": "es", "staff": False}
    shown = frames(place, "es")
    assert f'id="caption-machine-{line.pk}" data-live-into="#transcript-machine"' in shown
    assert "es: THE CITY PAYS" in shown and f'data-due="{round(line.at.timestamp(), 2)}"' in shown
    assert "es:" not in frames(place, "en") and "es:" not in frames(place, "ca")


def test_what_is_being_typed_is_not_translated(place, track, service):
    ask(place)
    spoken(track, "The city pays for")
    working.work()
    assert not any("The city pays" in text for text in sent(service))


def test_once_for_each_line_and_language(place, track, service):
    ask(place)
    spoken(track, f"{SAID}\n")
    working.work()
    ask(place, "moderator")
    working.work()
    assert sent(service).count(SAID) == 1
    assert Translation.objects.filter(target="es", text__startswith="es: THE CITY").count() == 1


def test_a_line_that_is_corrected_takes_its_translation_with_it(place, track, service):
    ask(place)
    spoken(track, f"{SAID}\n")
    working.work()
    line = Caption.objects.select_related("track__session").get()
    writing.correct(line, "The city pays for nothing.")
    shown = frames(place, "es")
    assert "es: THE CITY PAYS FOR THE" not in shown, "at once"
    assert f'id="caption-machine-{line.pk}" hidden' in shown, "it is taken from open pages"
    working.work()
    assert "es: THE CITY PAYS FOR NOTHING" in frames(place, "es")
    writing.correct(Caption.objects.select_related("track__session").get(), "")
    assert "es: THE CITY" not in frames(place, "es")
    working.work()
    assert not Translation.objects.filter(text__startswith="es: THE CITY").exists()


def test_pages_offer_it_where_nobody_writes_that_language(place, track, service):
    assert "Español (" in page(place, "es") and "Español (" not in page(place, "en")
    Track.objects.create(session=place["at"], language="es", name="Castellano")
    assert "Español (" not in page(place, "es")


def test_pages_do_not_offer_what_no_machine_may_make(place, track, service, settings):
    TranslationSettings.objects.update(may_leave=False)
    assert "transcript-machine" not in page(place, "es")
    settings.TRANSLATION_BACKENDS = []
    assert "transcript-machine" not in page(place, "es")


def test_who_comes_finds_what_is_there(place, track, service):
    spoken(track, f"{SAID}\n")
    ask(place)
    working.work()
    shown = page(place, "es")
    assert "es: THE CITY PAYS" in shown and 'id="transcript-machine"' in shown


def test_only_the_first_track_is_translated(place, track, service):
    chinese = Track.objects.create(session=place["at"], language="zh", name="中文")
    ask(place)
    spoken(chinese, "城市怎么付钱？\n")
    working.work()
    assert not any("城市" in text for text in sent(service))


def test_the_machines_track_is_a_file_too(place, track, service):
    address = f"/sessions/{place['session']}/captions/es.vtt"
    spoken(track, f"{SAID}\n")
    assert signed_in(place, "attendee").get(address).status_code == 404
    ask(place)
    working.work()
    answer = signed_in(place, "attendee").get(address)
    assert answer.status_code == 200 and "es: THE CITY PAYS" in answer.content.decode()
    assert signed_in(place, "attendee").get(f"/sessions/{place['session']}/captions/ca.vtt").status_code == 404


def test_many_lines_are_pushed_as_far_as_a_page_shows_them(place, track, service):
    at = timezone.now()
    Caption.objects.bulk_create(
        Caption(track=track, at=at, text=f"The line of the city, number {n}") for n in range(200)
    )
    ask(place)
    working.work()
    assert Translation.objects.filter(text__startswith="es: THE LINE").count() == 200
    pushed = [event.data["id"] for event in told(place) if event.data["of"] == "captions.line"]
    newest = Caption.objects.order_by("at", "pk").values_list("pk", flat=True)[50:]
    assert pushed == [str(pk) for pk in newest]


@pytest.mark.parametrize("wrong", [{"of": "chat.message"}, {"of": "x"}, {"language": "xx"}, {"language": ""}])
def test_what_is_no_request_is_refused(place, track, wrong):
    assert ask(place, **wrong).status_code == 422
    assert not Wanted.objects.exclude(kind="").exists()
