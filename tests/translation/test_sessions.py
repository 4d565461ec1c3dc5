"""What a session says of itself is translated once, beside its page: the page never waits for a machine."""

import pytest
from django.test import Client
from django.utils import translation

from sessions import status
from sessions.translating import lines, translated
from tests.people.matrix import signed_in
from tests.translation.room import frames, told
from translation import working
from translation.models import Translation, Wanted

pytestmark = pytest.mark.django_db
ABSTRACT = "<p>The city <b>plans</b> the trams.</p><ul><li>Who pays for them?</li><li>Who drives?</li></ul>"


@pytest.fixture
def talk(place):
    session = place["at"]
    session.title, session.abstract, session.languages = "How the city plans for all", ABSTRACT, ["en"]
    session.save()
    return place


def page(talk, language, role="attendee"):
    client = signed_in(talk, role)
    return client.get(talk["at"].get_absolute_url(), headers={"accept-language": language}).text


def test_html_becomes_lines():
    assert lines(ABSTRACT) == "The city plans the trams.\nWho pays for them?\nWho drives?"
    assert lines("A &lt;b&gt;<br>new<br/>line <script>x()</script>") == "A <b>\nnew\nline"
    assert lines("") == lines("<p> </p>") == ""


def test_who_is_there_gets_it_pushed_and_who_comes_finds_it_there(talk, service):
    assert "es: " not in page(talk, "es") and service.asked == [], "the page does not ask a machine"
    working.work()
    pk = talk["at"].pk
    assert {event.data["id"] for event in told(talk)} == {f"title-{pk}", f"abstract-{pk}"}
    shown = frames(talk, "es")
    assert f'id="translated-title-{pk}"' in shown and f'id="translated-abstract-{pk}"' in shown
    assert "es: WHO PAYS" in shown and "es:" not in frames(talk, "en")
    asked = len(service.asked)
    spanish = page(talk, "es")
    assert "es: HOW THE CITY" in spanish and "es: WHO DRIVES?" in spanish
    assert "es: HOW" not in page(talk, "en") and "es: WHO" not in page(talk, "en")
    assert len(service.asked) == asked


def test_other_words_are_translated_anew_and_the_old_ones_are_gone_at_once(talk, service):
    working.work()
    talk["at"].title = "How the city plans for nobody"
    talk["at"].save()
    assert "PLANS FOR ALL" not in frames(talk, "es") and "PLANS FOR ALL" not in page(talk, "es")
    status.step(talk["at"].pk, "prepare", talk["all"]["moderator"])
    working.work()
    assert "PLANS FOR NOBODY" in frames(talk, "es")
    assert not Translation.objects.filter(text__contains="PLANS FOR ALL").exists()


def test_before_an_embargo_ends_nothing_leaves(talk, service):
    talk["at"].embargo_until = talk["at"].end
    talk["at"].save()
    working.work()
    assert service.asked == [] and told(talk) == []


def test_who_reads_its_own_language_has_no_machine(talk, service):
    Wanted.objects.exclude(language="en").delete()
    working.work()
    assert service.asked == []


def test_one_query_more(talk, service, django_assert_num_queries):
    with django_assert_num_queries(1), translation.override("es"):
        translated(talk["at"])


def test_visitors_see_it_too(talk, service):
    working.work()
    answer = Client().get(talk["at"].get_absolute_url(), headers={"accept-language": "es"})
    assert "es: HOW THE CITY" in answer.text
