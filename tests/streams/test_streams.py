"""Where streams come from: order, states, lists that we write, health, and what the server fetches."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.db.models import F
from django.test import Client

from common import clock, fetching
from common.fetching import Unreachable, fetch
from live.models import Event
from people.models import AuditEntry
from sessions.models import Session, Status
from show import kept
from streams import health, loop, playing, playlist, watching
from streams.demo import give_loop
from streams.forms import RenditionForm, SourceForm
from streams.models import Rendition, Source, Switch

HLS = "https://a.example/live.m3u8"


@pytest.mark.parametrize(
    ("status", "has_stream", "recording", "state"),
    [
        ("scheduled", True, None, "waiting"),
        ("delayed", True, None, "waiting"),
        ("starting", True, None, "preview"),
        ("starting", False, None, "waiting"),
        ("live", True, None, "live"),
        ("live", False, None, "offline"),
        ("paused", True, None, "paused"),
        ("paused", False, None, "offline"),
        ("ended", True, None, "ended"),
        ("ended", True, "", "processing"),
        ("ended", True, HLS, "ended"),
        ("on_demand", False, HLS, "on_demand"),
        ("on_demand", True, None, "on_demand"),
        ("on_demand", False, "", "offline"),
        ("cancelled", True, None, "ended"),
    ],
)
def test_the_player_has_a_state_for_every_status(status, has_stream, recording, state):
    assert playing.state_of(Status(status), has_stream, recording) == state


def test_the_chosen_source_comes_first_and_each_address_once():
    found = [{"address": address} for address in ("a", "b", "a", "c")]
    assert [each["address"] for each in playing.ordered(found, "c")] == ["c", "a", "b"]
    assert [each["address"] for each in playing.ordered(found, "gone")] == ["a", "b", "c"]


def parts(*given):
    return [Rendition(pk=pk, **fields) for pk, fields in enumerate(given, 1)]


VIDEO = {"kind": "video", "name": "Stage", "address": "v.m3u8", "codecs": "avc1.42c015,mp4a.40.2", "height": 720}
FLOOR = {"kind": "audio", "name": "Floor", "language": "en", "address": "f.m3u8"}
SPANISH = {"kind": "audio", "name": 'Es"pa\nñol', "language": "es", "address": "e.m3u8"}
SIGNED = {"kind": "sign", "name": "LSC", "language": "csc", "address": "s.m3u8", "codecs": "avc1.42c015"}
TEXT = {"kind": "subtitles", "name": "English", "language": "en", "address": "t.m3u8"}


def test_the_list_has_every_language_and_one_picture():
    lines = playlist.multivariant(parts(VIDEO, FLOOR, SPANISH, SIGNED, TEXT)).splitlines()
    assert lines[0] == "#EXTM3U"
    sounds = [line for line in lines if "TYPE=AUDIO" in line]
    assert 'LANGUAGE="en",DEFAULT=YES' in sounds[0] and 'LANGUAGE="es",DEFAULT=NO' in sounds[1]
    assert 'NAME="Es\'pañol"' in sounds[1] and all("URI=" in line for line in sounds)
    assert lines[-2:] == [
        '#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=1280x720,CODECS="avc1.42c015,mp4a.40.2",AUDIO="audio",'
        'SUBTITLES="subtitles"',
        "v.m3u8",
    ]


@pytest.mark.parametrize(("picture", "last"), [("4", "s.m3u8"), ("sound", "f.m3u8"), ("99", "v.m3u8")])
def test_another_picture_is_another_list_with_the_same_languages(picture, last):
    lines = playlist.multivariant(parts(VIDEO, FLOOR, SPANISH, SIGNED), picture).splitlines()
    assert lines[-1] == last and sum("TYPE=AUDIO" in line for line in lines) == 2


def test_nothing_that_plays_is_no_list():
    assert playlist.multivariant(parts(TEXT)) == "" == playlist.multivariant([])


def test_the_small_live_stream_goes_on_at_the_time_of_day():
    before, after = (loop.window("es", 1_800_000_000 + seconds, "/s") for seconds in (0, 2))
    assert "#EXT-X-MEDIA-SEQUENCE:899999992" in before and "#EXT-X-MEDIA-SEQUENCE:899999993" in after
    assert before.count("#EXTINF") == loop.WINDOW and "/s/es/init.mp4" in before
    assert "DATE-TIME:2027-01-15T07:59:58.000Z\n#EXTINF:2.0,\nes/899999999.m4s" in before  # the newest complete one


@pytest.mark.parametrize("name", loop.SCALES)
def test_each_round_of_the_small_stream_is_later_by_its_length(name):
    begins = []
    for number in (600_000_000, 600_000_005, 600_000_006):
        content = loop.segment(name, number)
        begins.append(int.from_bytes(content[content.index(b"tfdt") + 8 :][:8], "big") / loop.SCALES[name])
    assert begins == pytest.approx([1_200_000_000, 1_200_000_010, 1_200_000_012], abs=0.05)


NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)


def media(age, target=2):
    newest = NOW - timedelta(seconds=age)
    return (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:{target}\n#EXT-X-PROGRAM-DATE-TIME:{newest.isoformat()}\n#EXTINF:2.0,\n1.ts\n"
    )


@pytest.mark.parametrize(
    ("text", "is_well"),
    [
        (media(4), True),
        (media(7.9), True),
        (media(9), False),
        (media(9, target=6), True),
        (media(9) + "#EXT-X-ENDLIST\n", True),
        ("<html>", False),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PROGRAM-DATE-TIME:soon\n", True),
        ("#EXTM3U\n", True),
    ],
)
def test_a_playlist_that_is_three_target_durations_old_stands_still(text, is_well):
    assert (health.problem(text, NOW) == "") == is_well


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "soon", "2026-13-40T00:00:00Z"])
@pytest.mark.parametrize("length", ["4", "1.2.3", ".", "999999999999"])
def test_a_playlist_of_any_words_is_read(date, length):
    text = f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-PROGRAM-DATE-TIME:{date}\n#EXTINF:{length},\na.ts\n"
    assert health.problem(text, NOW) in ("", "The stream stands still.")


UNDATED = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:4,\na.ts\n"


def test_a_playlist_without_dates_stands_still_when_it_ends_as_it_did_before(place, monkeypatch):
    text = UNDATED
    monkeypatch.setattr(health, "fetch", lambda address, largest: text.encode())
    source = Source.objects.create(session_id=place["session"], address=HLS)

    def look(later):
        Source.objects.exclude(tail_at=None).update(tail_at=F("tail_at") - timedelta(seconds=later))
        return health.check(Source.objects.get(pk=source.pk))

    assert [look(0), look(11), look(2)] == ["", "", "The stream stands still."]
    text = UNDATED.replace("a.ts", "b.ts")
    assert look(0) == "", "it goes on"
    text = UNDATED.replace("a.ts", "b.ts") + "#EXT-X-ENDLIST\n"
    assert [look(0), look(60)] == ["", ""]


def test_a_list_that_leads_to_no_address_is_no_playlist(place, monkeypatch):
    monkeypatch.setattr(health, "fetch", lambda address, largest: b"#EXTM3U\n#EXT-X-STREAM-INF:X\nhttp://[oops\n")
    source = Source.objects.create(session_id=place["session"], address=HLS)
    assert health.check(source) == "This is no HLS playlist."


def test_a_stream_that_stands_still_is_red_in_the_control_room(place, monkeypatch):
    old = (clock.now() - timedelta(minutes=1)).isoformat()
    text = f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-PROGRAM-DATE-TIME:{old}\n#EXTINF:4,\na.ts\n"
    monkeypatch.setattr(health, "fetch", lambda address, largest: text.encode())
    Session.objects.filter(pk=place["session"]).update(status="live")
    Source.objects.create(session_id=place["session"], address=HLS)
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["organiser"]
    assert "in trouble" not in client.get(f"/editions/{place['slug']}/control/").text
    watching.look({})
    kept.clear()
    page = client.get(f"/editions/{place['slug']}/control/").text
    assert '<li class="alarming red"><a href="/sessions/' in page and "1 stream in trouble" in page


def test_who_answers_drop_by_drop_is_given_up(monkeypatch):
    class Dripping:
        status = 200

        def read1(self, size):
            return b"#"

    moments = count(0, 1.0)
    monkeypatch.setattr("common.fetching.time.monotonic", lambda: next(moments))
    with pytest.raises(Unreachable, match="slowly"):
        fetching._body(Dripping(), 1_000)


def test_the_first_variant_is_looked_at():
    text = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow/i.m3u8\n"
    assert health.variant(text, "https://a.example/x/m.m3u8") == "https://a.example/x/low/i.m3u8"
    assert health.variant(media(1), HLS) is None


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/a.m3u8", "http://localhost:8000/a.m3u8", "http://[::1]/a.m3u8", "http://10.1.2.3/a"),
        *("http://192.168.1.1/", "http://169.254.169.254/latest/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/"),
        *("http://[fe80::1]/", "http://100.64.0.1/", "http://2130706433/", "http://0x7f.1/", "http://[2002:7f00:1::]/"),
        *("ftp://a.example/", "file:///etc/passwd", "http://", "http://[x", "http://a.example:99999/", "x"),
    ],
)
def test_nothing_private_is_fetched(url):
    with pytest.raises(Unreachable):
        fetch(url, 1_000)


def test_the_address_that_was_checked_is_the_one_that_is_asked(monkeypatch):
    """A name that answers with a private address the second time gains nothing."""
    answers = [[(2, 1, 6, "", ("93.184.216.34", 80))], [(2, 1, 6, "", ("127.0.0.1", 80))]]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *args, **options: answers.pop(0))
    asked = []

    def connect(address, timeout):
        asked.append(address)
        raise OSError

    monkeypatch.setattr(fetching.socket, "create_connection", connect)
    with pytest.raises(Unreachable):
        fetch("http://rebinding.example/a.m3u8", 1_000)
    assert asked == [("93.184.216.34", 80)]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"address": "javascript:alert(1)", "priority": "1"}, "address"),
        ({"address": HLS, "priority": "1", "region": "Atlantis"}, "region"),
        ({"address": HLS, "priority": "1", "region": "Asia/"}, None),
        ({"address": HLS, "priority": "-1"}, "priority"),
    ],
)
def test_sources_are_checked(fields, wrong):
    assert list(SourceForm(fields).errors) == ([wrong] if wrong else [])


def test_languages_are_written_as_browsers_look_for_them():
    form = RenditionForm({"kind": "audio", "name": "Español", "language": "spa", "address": HLS, "bandwidth": "9"})
    assert form.is_valid() and form.cleaned_data["language"] == "es"
    form = RenditionForm(
        {"kind": "sign", "name": "x", "language": "l s", "address": "https://a/b.mp4", "bandwidth": "9"}
    )
    assert set(form.errors) == {"language", "address", "codecs"}


@pytest.fixture
def staff(place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    return client


def feed(place, role="attendee"):
    """What the page of the session says to its player."""
    client = Client()
    client.cookies["sessionid"] = place["cookies"][role]
    text = client.get(f"/sessions/{place['session']}/?whole=1").text
    found = text.partition('<script type="application/json">')[2].partition("</script>")[0]
    return json.loads(found) if found else None


def test_own_sources_come_before_the_programme_and_the_stage(place, staff):
    path = f"/sessions/{place['session']}/stream/"
    Session.objects.filter(pk=place["session"]).update(status="live", stream="https://b.example/b.mp4")
    for address, stage in (("https://youtu.be/dQw4w9WgXcQ", "on"), (HLS, "")):
        sent = {"address": address, "priority": "5"} | ({"for_stage": stage} if stage else {})
        assert staff.post(f"{path}add/", sent).status_code == 302
    assert [each["kind"] for each in feed(place)["sources"]] == ["hls", "file", "youtube"]
    staff.post(f"{path}switch/", {"address": "https://b.example/b.mp4"})
    told = Event.objects.filter(kind="streams.sources").last().data["item"]["stream"]
    assert [each["kind"] for each in told["sources"]] == ["file", "hls", "youtube"] and feed(place)["key"] == told[
        "key"
    ]
    assert staff.post(f"{path}switch/", {"address": "https://else.example/b.mp4"}).status_code == 409
    staff.post(f"{path}switch/", {"address": ""})
    assert not Switch.objects.exists() and feed(place)["sources"][0]["kind"] == "hls"
    assert AuditEntry.objects.filter(action="streams.switch").count() == 2
    page = staff.get(path).text
    assert "https://b.example/b.mp4" in page and "from the programme" in page


def test_before_it_begins_only_the_team_gets_the_stream(place):
    Session.objects.filter(pk=place["session"]).update(status="starting", stream=HLS)
    assert feed(place) is None and feed(place, "moderator")["state"] == "preview"
    Session.objects.filter(pk=place["session"]).update(status="scheduled")
    assert feed(place, "moderator")["sources"] == []


def test_a_recording_is_prepared_and_then_played(place, staff):
    path = f"/sessions/{place['session']}/stream/recording/"
    Session.objects.filter(pk=place["session"]).update(status="ended", stream=HLS)
    staff.post(path, {"address": ""})
    assert feed(place)["state"] == "processing"
    Session.objects.filter(pk=place["session"]).update(status="on_demand")
    staff.post(path, {"address": "https://b.example/talk.mp4"})
    assert [each["src"] for each in feed(place)["sources"]] == ["https://b.example/talk.mp4"]
    assert staff.post(path, {"address": "nothing"}).status_code == 422


def test_the_list_is_for_who_may_see_the_session(place):
    source = give_loop(place["session"])
    path = f"/sessions/{place['session']}/streams/{source.pk}/list.m3u8"
    assert Client().get(path).text.count("TYPE=AUDIO") == 2
    assert Client().get(f"/sessions/{place['other_session']}/streams/{source.pk}/list.m3u8").status_code == 404
    Session.objects.filter(pk=place["session"]).update(visibility="staff")
    assert Client().get(path).status_code == 404


def test_a_moderator_of_one_session_sets_no_stream_for_the_stage(place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["session_moderator"]
    path = f"/sessions/{place['session']}/stream/add/"
    assert client.post(path, {"address": HLS, "priority": "5"}).status_code == 302
    assert client.post(path, {"address": HLS, "priority": "5", "for_stage": "on"}).status_code == 403
    assert Source.objects.filter(stage=None).count() == 1 == Source.objects.count()


def test_what_is_on_air_is_checked_again_and_again_some_at_a_time(place):
    session = Session.objects.get(pk=place["session"])
    for number in range(watching.AT_ONCE + 2):  # nothing private is fetched, so none of these takes any time
        Source.objects.create(session=session, address=f"http://10.0.0.{number}/a.m3u8", priority=number)
    Source.objects.create(session=session, address="/streams/demo/a.m3u8")
    for status, looks, checked in (
        ("scheduled", 1, 0),
        ("live", 1, watching.AT_ONCE),
        ("live", 2, watching.AT_ONCE + 2),
    ):
        Session.objects.filter(pk=session.pk).update(status=status)
        for _ in range(looks):
            watching.look({})
        assert Source.objects.exclude(checked_at=None).count() == checked
    assert watching.health_of([session.pk, place["other_session"]]) == {session.pk: watching.AT_ONCE + 2}
    before = list(Source.objects.order_by("pk").values_list("checked_at", flat=True))
    watching.look({})
    assert list(Source.objects.order_by("pk").values_list("checked_at", flat=True)) == before, "its time has not come"
