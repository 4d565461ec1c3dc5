"""Files of captions: WebVTT, SubRip and TTML as tools write them, and what somebody sends who means no good."""

import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from captions import files, writing
from captions.models import Caption, Track
from live.models import Event, Room
from people.refusal import Refused
from sessions.models import Session
from tests import world

TT = '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang="en"{more}>'
BODY = "<body><div>{lines}</div></body></tt>"


def ttml(lines, more="", head=""):
    return (f'<?xml version="1.0"?>{head}' + TT.format(more=more) + BODY.format(lines=lines)).encode()


def cues(lines, more=""):
    return [tuple(cue) for cue in files.read("talk.ttml", ttml(lines, more))]


@pytest.mark.parametrize(
    ("begin", "more", "seconds"),
    [
        ("00:00:01.500", "", 1.5),
        ("00:01:00", "", 60),
        ("2.5s", "", 2.5),
        ("1500ms", "", 1.5),
        ("1.5m", "", 90),
        ("00:00:01:12", ' ttp:frameRate="24"', 1.5),
        ("36f", ' ttp:frameRate="24"', 1.5),
        ("15000000t", ' ttp:tickRate="10000000"', 1.5),
    ],
)
def test_times_are_read_in_all_ways_in_which_ttml_says_them(begin, more, seconds):
    assert cues(f'<p begin="{begin}" dur="1s">Hello</p>', more) == [(seconds, "Hello")]


def test_the_text_of_ttml_has_its_words_whatever_is_around_them():
    lines = '<p begin="1s">One <span tts:color="red" xmlns:tts="x">red</span><br/>word\n  more</p>'
    assert cues(lines) == [(1, "One red word more")]
    assert cues('<p begin="1s">\n</p><p begin="2s"><metadata>no</metadata>Yes &amp; &lt;b&gt;</p>') == [
        (2, "Yes & <b>")
    ]
    assert cues('<p><span begin="1s" end="2s">One</span> <span begin="3s" end="4s">two</span></p>') == [
        (1, "One"),
        (3, "two"),
    ]


def test_times_of_what_is_around_count():
    lines = '<div begin="10s"><p begin="1s">Hello</p></div><p begin="2s">First</p>'
    assert cues(lines) == [(2, "First"), (11, "Hello")]


@pytest.mark.parametrize(
    "text", ["智慧城市与可持续交通", "المدن الذكية", "Zażółć gęślą jaźń", "Ελλάδα", "हिन्दी", "🚲 for all"]
)
@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.ttml"])
def test_texts_of_all_scripts_are_read(text, name):
    assert [cue.text for cue in files.read(name, written(name, text))] == [text]


def written(name, text):
    """A file of that kind with one line."""
    stamp = "00:00:01.000 --> 00:00:02.000"
    kinds = {
        "a.vtt": f"WEBVTT\n\n{stamp}\n{text}\n".encode(),
        "a.srt": f"1\n{stamp.replace('.', ',')}\n{text}\n".encode("utf-8-sig"),
        "a.ttml": ttml(f'<p begin="1s" end="2s">{text}</p>'),
    }
    return kinds[name]


def test_xml_says_its_encoding():
    text = ttml('<p begin="1s">señor</p>').decode()
    assert files.read("a.xml", text.encode("utf-16"))[0].text == "señor"
    latin = text.replace('version="1.0"', 'version="1.0" encoding="iso-8859-1"').encode("latin-1")
    assert files.read("a.dfxp", latin)[0].text == "señor"


BOMB = '<!DOCTYPE tt [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "{}"><!ENTITY c "{}">]>'.format("&a;" * 10, "&b;" * 10)
FILE = '<!DOCTYPE tt [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "bomb": ttml('<p begin="1s">&c;</p>', head=BOMB),
    "file": ttml('<p begin="1s">&a;</p>', head=FILE),
    "foreign": ttml('<p begin="1s">x</p>', head='<!DOCTYPE tt SYSTEM "http://127.0.0.1/x.dtd">'),
    "cut": ttml('<p begin="1s">Hello</p>')[:-9],
    "latin": "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='1s'>señor</p></div></body></tt>".encode(
        "latin-1"
    ),
    "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><tt xmlns="http://www.w3.org/ns/ttml"/>',
    "other": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "nothing": b"",
    "no lines": ttml(""),
    "no time": ttml('<p begin="soon">Hello</p>'),
    "no rate": ttml('<p begin="1f">Hello</p>', ' ttp:frameRate="0"'),
    "far": ttml('<p begin="99999999999h">Hello</p>'),
    "deep": ttml('<p begin="1s">' + "<span>" * 4_000 + "x" + "</span>" * 4_000 + "</p>"),
    "many": ttml('<p begin="1s">x</p>' * (files.MOST + 1)),
    "circle": ttml('<p begin="1s" style="a">x</p>', head="").replace(
        b"<body>", b'<head><styling><style xml:id="a" style="a"/></styling></head><body>'
    ),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_ttml_is_refused_in_words(content):
    try:
        found = files.read("a.ttml", content)
    except Refused as refused:
        assert refused.status == 422 and str(refused)
    else:
        assert [cue.text for cue in found] in (["Hello"], ["x"]) and all(
            0 <= cue.start <= files.LATEST for cue in found
        )
        assert content in (HOSTILE["circle"], HOSTILE["foreign"], HOSTILE["no rate"], HOSTILE["no time"])


def test_a_bomb_takes_no_memory():
    """An entity of ten more of ten more: a billion letters if anything unfolds it."""
    lols = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    content = ttml('<p begin="1s">&l9;</p>', head=f'<!DOCTYPE tt [<!ENTITY l0 "lol">{lols}]>')
    tracemalloc.start()
    with pytest.raises(Refused):
        files.read("a.ttml", content)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.ttml"])
def test_a_line_of_another_century_is_refused(name):
    content = written(name, "Hello").replace(b"00:00:01", b"99:00:01").replace(b'"1s"', b'"99h"')
    with pytest.raises(Refused):
        files.read(name, content)


@pytest.mark.django_db
def test_a_file_of_any_kind_takes_the_place_of_the_lines_and_a_refused_one_of_none():
    place = world.build()
    track = Track.objects.create(session_id=place["session"], language="en", name="English")
    staff = Client()
    staff.cookies["sessionid"] = place["cookies"]["moderator"]
    path = f"/captions/tracks/{track.pk}/upload/"
    for name in ("a.vtt", "a.srt", "a.ttml"):
        assert staff.post(path, {"file": SimpleUploadedFile(name, written(name, name))}).status_code == 302
        assert list(Caption.objects.values_list("text", flat=True)) == [name]
    for content, status in ((HOSTILE["bomb"], 422), (b"x" * (files.LARGEST + 1), 413)):
        refused = staff.post(path, {"file": SimpleUploadedFile("a.ttml", content)})
        assert refused.status_code == status and "Traceback" not in refused.text
    assert list(Caption.objects.values_list("text", flat=True)) == ["a.ttml"]


@pytest.mark.django_db
def test_a_long_file_takes_as_many_statements_as_a_short_one():
    place = world.build()
    track = Track.objects.create(session_id=place["session"], language="en", name="English")
    begin = Session.objects.get(pk=place["session"]).start

    def asked(number):
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            writing.replace(track, [(begin, f"Line {at}") for at in range(number)])
        return len(queries)

    asked(1)
    before = Room.objects.get(key=f"session:{place['session']}").head
    assert asked(50) == asked(1)
    kinds = Event.objects.filter(room__key=f"session:{place['session']}", seq__gt=before, kind="captions.line")
    assert kinds.count() == 1 + 50 + 50 + 1, "each line that goes or comes is told"
