"""A session goes elsewhere: as a calendar's entry and as a link with title and picture; editions have their texts."""

import pytest
from django.test import Client
from icalendar import Calendar

from sessions import sharing
from sessions.models import Edition, Session
from sessions.templatetags.programme import language_names

pytestmark = pytest.mark.django_db


def changed(place, **values):
    Session.objects.filter(pk=place["session"]).update(**values)
    return f"/sessions/{place['session']}/"


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_takes_any_title(place):
    title = "A, B; C\\D\r\nATTENDEE:mailto:x@example.org " + "一座城市" * 40
    path = changed(place, title=title, abstract="<p>One.</p><p>Two &amp; three</p>")
    answer = Client().get(f"{path}calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    lines = unfolded(answer.text)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert "SUMMARY:A\\, B\\; C\\\\D ATTENDEE:mailto:x@example.org " + "一座城市" * 40 in lines
    assert not any(line.startswith("ATTENDEE") for line in lines)
    assert "DESCRIPTION:One. Two & three" in lines and "LOCATION:Agora\\, Barcelona" in lines


def test_a_delay_moves_the_entry_and_a_cancelled_session_says_so(place):
    session = Session.objects.get(pk=place["session"])
    path = changed(place, delayed_start=session.end, status="cancelled")
    event = Calendar.from_ical(Client().get(f"{path}calendar.ics").content).walk("VEVENT")[0]
    assert event.start == session.end.replace(microsecond=0) and event["STATUS"] == "CANCELLED"


def test_a_link_has_title_words_and_a_picture(place):
    path = changed(place, title='Streets "for" people', abstract="<p>Why<script>x</script> trams?</p>")
    page = Client().get(path).text
    assert '<meta property="og:title" content="Streets &quot;for&quot; people">' in page
    assert '<meta property="og:description" content="Why trams?">' in page
    assert '<meta property="og:image" content="http://testserver/static/share.png">' in page
    changed(place, poster="https://example.org/poster.jpg")
    assert 'content="https://example.org/poster.jpg"' in Client().get(path).text


def test_nobody_learns_of_a_hidden_session_by_its_calendar(place):
    path = changed(place, visibility="invited")
    assert Client().get(f"{path}calendar.ics").status_code == 404


def test_the_editions_texts_are_cleaned_and_linked(place):
    page = f"/sessions/{place['session']}/"
    assert "#conduct" not in Client().get(page).text
    Edition.objects.filter(pk=place["edition"]).update(conduct="<p>Be kind.</p><script>x()</script>")
    assert f"/editions/{place['slug']}/about/#conduct" in Client().get(page).text
    about = Client().get(f"/editions/{place['slug']}/about/").text
    assert "Be kind." in about and "x()" not in about


@pytest.mark.parametrize(
    ("markup", "text"),
    [("", ""), ("<p>a</p><p>b</p>", "a b"), ("x" * 300, "x" * 200 + " …"), ("&lt;b&gt;", "<b>")],
)
def test_the_summary_is_plain(markup, text):
    assert sharing.summary(Session(abstract=markup)) == text


def test_languages_are_called_by_their_own_names():
    assert language_names(["en", "ca", "zh", "xx"]) == "English, català, 简体中文, xx"
