"""Recordings: cut marks as people write them, versions, and forms that lose nobody's change."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from captions.models import Caption, Track
from live.models import Event
from sessions.models import Session
from streams import marks
from streams.cutting import suggested
from streams.models import Recording, RecordingVersion
from tests.replay import world

QUIETLY = settings(deadline=None, suppress_health_check=list(HealthCheck))  # a busy machine is no fault
MADRID, DAY = ZoneInfo("Europe/Madrid"), date(2026, 11, 3)
FIRST = "2026-11-03 10:00:00 = 0:00:00"


@pytest.fixture
def place(db):
    return world.recorded()


@pytest.fixture
def staff(place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    return client


def path(place, more=""):
    return f"/sessions/{place['session']}/stream/recording/{more}"


def sent(staff, place, **changed):
    """The form as its page draws it, with changes."""
    form = staff.get(path(place)).context["form"]
    values = {name: form[name].value() for name in ("address", "cut_marks", "offset", "parts")}
    return values | {"drawn_from": form.marks} | changed


@QUIETLY
@given(
    st.lists(st.tuples(st.integers(500, 4_000_000), st.integers(0, 4_000_000)), min_size=1, max_size=9),
    st.integers(0, 600_000),
)
def test_marks_are_read_as_they_are_written(pieces, first):
    """Milliseconds stay."""
    made = [[1_793_700_000.0, first / 1000]]
    for length, hole in pieces:
        time, at = made[-1]
        made.append([time + (length + hole) / 1000, at + length / 1000])
    read = marks.read_marks(marks.marks_words(made, MADRID), DAY, MADRID)
    for before, after in zip(made, read, strict=True):
        assert after == pytest.approx(before, rel=0, abs=0.002)


def test_a_time_without_a_day_is_of_the_session_s_day_and_goes_on_past_midnight():
    read = marks.read_marks("23:50:00 = 0:00\n00:20:00 = 5:00", DAY, MADRID)
    assert read[1][0] - read[0][0] == 1800 and [at for _time, at in read] == [0, 300]
    assert marks.marks_words(read, MADRID).splitlines()[1] == "2026-11-04 00:20:00 = 0:05:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "Line 1 is no cut mark."),
        (f"{FIRST}\n10:05:00", "Line 2 is no cut mark."),
        ("25:00:00 = 0:00", "Line 1 has no time of a day."),
        ("2026-02-30 10:00:00 = 0:00", "Line 1 has no time of a day."),
        (f"{FIRST}\n10:05:00 = 0:10:00", "Mark 2 cannot follow"),
        (f"{FIRST}\n10:05:00 = 0:00:00", "Mark 2 cannot follow"),
        ("10:00:00 = 0:00\n" * 101, "more than 100 lines"),
    ],
)
def test_marks_that_are_none_are_refused_in_words(text, said):
    with pytest.raises(marks.Unreadable) as refused:
        marks.read_marks(text, DAY, MADRID)
    assert said in str(refused.value)


def test_chapters_are_read_in_order():
    found = marks.read_parts("1:00:00 The end\n 2:05 Li Ming = speaks\n\n")
    assert found == [(125, "Li Ming = speaks"), (3600, "The end")]
    assert marks.parts_words([(125, "Li")]) == "0:02:05 Li"
    for wrong in ("no place", "2:05", f"2:05 {'x' * 101}"):
        with pytest.raises(marks.Unreadable):
            marks.read_parts(wrong)


def test_the_pauses_of_the_session_suggest_marks(place):
    began = place["began"].timestamp()
    assert suggested(Session.objects.get(pk=place["session"])) == [[began, 0], [began + 900, 600]]


def test_each_change_is_a_version_that_can_be_taken_again(place, staff):
    seq = Event.objects.filter(room__key=f"session:{place['session']}").count()
    changed = sent(staff, place, address="/static/b.webm", cut_marks="", parts="0:10 Hello", offset="-4")
    assert staff.post(path(place), changed).status_code == 302
    kept = Recording.objects.get()
    assert (kept.address, kept.marks, kept.offset, kept.parts) == ("/static/b.webm", [], -4, [[10, "Hello"]])
    assert Event.objects.filter(room__key=f"session:{place['session']}").count() == seq + 1
    first = kept.number
    staff.post(path(place), sent(staff, place, address="/static/c.webm"))
    assert Recording.objects.get().number == first + 1
    staff.post(path(place), sent(staff, place))  # nothing new
    assert Recording.objects.get().number == first + 1
    old = {"version": first, "number": first}
    assert staff.post(path(place, "again/"), old).status_code == 409, "it was drawn from another version"
    assert staff.post(path(place, "again/"), old | {"number": first + 1}).status_code == 302
    assert Recording.objects.get().address == "/static/b.webm"
    assert RecordingVersion.objects.count() == 3
    assert staff.post(path(place, "again/"), {"version": 99, "number": first + 2}).status_code == 404


def test_marks_of_one_recording_are_not_those_of_another_unless_somebody_says_so(place, staff):
    changed = sent(staff, place, address="/static/other.webm")
    answer = staff.post(path(place), changed)
    assert answer.status_code == 422 and "marks are of the recording before" in answer.text
    assert "/static/other.webm" in answer.text, "the draft stays"
    assert staff.post(path(place), changed | {"same_cut": "on"}).status_code == 302


def test_two_who_change_the_same_are_told(place, staff):
    mine = sent(staff, place, parts="0:10 Mine")
    staff.post(path(place), sent(staff, place, parts="0:10 Theirs"))
    answer = staff.post(path(place), mine)
    assert answer.status_code == 409 and "0:10 Mine" in answer.text and "Theirs" in answer.text
    other = sent(staff, place, offset="3") | {"drawn_from": mine["drawn_from"], "parts": ""}
    assert staff.post(path(place), other).status_code == 302
    assert (Recording.objects.get().offset, Recording.objects.get().parts) == (3, [[10, "Theirs"]])


def test_the_slider_is_kept_unless_somebody_was_faster(place, staff):
    number = Recording.objects.get().number
    assert staff.post(path(place, "offset/"), {"offset": "2.5", "number": number}).status_code == 302
    assert Recording.objects.get().offset == 2.5
    assert staff.post(path(place, "offset/"), {"offset": "9", "number": number}).status_code == 409
    assert staff.post(path(place, "offset/"), {"offset": "999", "number": number + 1}).status_code == 422


def test_a_recording_is_removed_and_taken_again(place, staff):
    staff.post(path(place), sent(staff, place, offset="1"))
    number = Recording.objects.get().number
    staff.post(path(place), {"remove": "1"})
    assert not Recording.objects.exists()
    assert staff.post(path(place, "again/"), {"version": number, "number": 0}).status_code == 302
    assert Recording.objects.get().address == world.ADDRESS


@pytest.mark.parametrize("address", ["nothing", "javascript:alert(1)", "ftp://a.example/a.mp4", "//a.example/a.mp4"])
def test_what_nothing_plays_is_refused(place, staff, address):
    assert staff.post(path(place), sent(staff, place, address=address)).status_code == 422


def test_captions_go_with_the_recording(place, staff):
    """What was said in the pause is not in it; what comes back by a file stands where it stood."""
    track = Track.objects.create(session_id=place["session"], language="en", name="English", offset=-4)
    for seconds, text in ((14, "One"), (700, "In the pause"), (910, "Two")):
        Caption.objects.create(track=track, at=place["began"] + timedelta(seconds=seconds), text=text)
    file = f"/sessions/{place['session']}/captions/en.vtt"
    text = Client().get(file).text
    assert "00:00:10.000 --> 00:00:17.000\nOne" in text and "00:10:06.000 --> 00:10:13.000\nTwo" in text
    assert "In the pause" not in text
    staff.post(f"/captions/tracks/{track.pk}/upload/", {"file": SimpleUploadedFile("a.vtt", text.encode())})
    assert track.lines.count() == 2, "the file took the place of the lines"
    assert Client().get(file).text == text
