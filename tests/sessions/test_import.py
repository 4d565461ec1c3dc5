"""Importing schedules: real files and the quirks of real files."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from people.models import Participant
from sessions import speaking
from sessions.models import Edition, HostCity, Session, Speaker, Stage, Status, Strand
from sessions.schedule.importer import Report

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
PLAIN = (DATA / "plain.xml").read_bytes()
PLAIN_JSON = (
    b'{"schedule": {"conference": {"title": "T", "start": "2026-03-01", "time_zone_name": "Asia/Kolkata", "days": ['
    b'{"date": "2026-03-01", "rooms": {"Hall": [{"guid": "a", "title": "A", "date": "2026-03-01T10:00:00+05:30",'
    b' "duration": "00:30", "persons": [{"id": 1, "public_name": "Bo Li"}]}]}}]}}}'
)


def run(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_schedule", str(path), **({"edition": "e26", "at_once": True} | options), stdout=out)
    return out.getvalue()


def session(guid: str) -> Session:
    return Session.objects.select_related("stage__host_city", "strand").get(guid=guid)


def local(guid: str) -> str:
    found = session(guid)
    return f"{found.start.astimezone(found.zone):%m-%d %H:%M}"


def rows() -> list[int]:
    return [model.objects.count() for model in (Edition, HostCity, Session, Speaker, Stage, Strand)]


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.created, report.updated, report.unchanged, len(report.skipped), report.absent


def test_new_edition_from_the_head() -> None:
    output = run(DATA / "plain.xml")
    assert output == "Small Congress (new): created 2, updated 0, unchanged 0, skipped 0, not in this file 0\n"
    edition = Edition.objects.get(slug="e26")
    assert (edition.name, str(edition.start_date), str(edition.end_date)) == (
        "Small Congress",
        "2026-03-01",
        "2026-03-02",
    )
    assert (edition.host_city.name, edition.timezone, edition.languages) == ("Kolkata", "Asia/Kolkata", ["en"])
    opening = session("11111111-1111-4111-8111-111111111111")
    assert opening.abstract == "<p>First line.</p>\n<p>A second text.</p>"
    assert (opening.format, opening.languages, str(opening.strand)) == ("talk", ["en"], "Mobility")
    assert opening.stream == "" and opening.status == Status.SCHEDULED
    assert Speaker.objects.count() == 2


def test_update_keeps_status_and_counts_what_is_absent(tmp_path: Path) -> None:
    run(DATA / "plain.xml")
    Session.objects.update(status=Status.LIVE, stream="https://example.org/a.m3u8", poster="https://example.org/p.png")
    changed = tmp_path / "changed.xml"
    changed.write_bytes(
        PLAIN.replace(b"Water", b"Energy")
        .replace(b"T11:00", b"T12:00")
        .replace(b'id="8">Bo Li', b'id="9">Cy')
        .replace(b"11111111-1111-4111-8111-111111111111", b"other")
    )
    assert "created 1, updated 1, unchanged 0, skipped 0, not in this file 1" in run(changed)
    water = session("22222222-2222-4222-8222-222222222222")
    assert (water.title, water.status, water.stream) == ("Energy", Status.LIVE, "https://example.org/a.m3u8")
    assert water.poster == "https://example.org/p.png"
    assert local(water.guid) == "03-01 12:00"
    assert [speaker.name for speaker in water.speakers.all()] == ["Asha Rao", "Cy"]


def test_existing_edition_keeps_its_fields_and_gives_its_zone(tmp_path: Path) -> None:
    city = HostCity.objects.create(name="Doha", slug="doha", timezone="Asia/Qatar")
    Edition.objects.create(name="Mine", slug="e26", host_city=city, start_date="2026-01-01", end_date="2026-01-02")
    file = tmp_path / "naive.json"
    file.write_bytes(PLAIN_JSON.replace(b"+05:30", b"").replace(b"Asia/Kolkata", b"Not/AZone"))
    assert run(file).startswith("Mine: created 1")
    assert local("a") == "03-01 10:00" and session("a").stage.host_city == city
    assert str(Edition.objects.get().start_date) == "2026-01-01"


def test_quirks_of_xml() -> None:
    output = run(DATA / "quirks.xml")
    assert "created 12, updated 0, unchanged 0, skipped 7" in output
    # The first day begins at 03:00 of 1 March local time although it is dated 28 February.
    expected = {
        "utc-beside-local": "03-01 10:30",
        "conflict": "03-01 12:00",
        "naive": "03-01 13:00",
        "dayonly": "03-01 14:00",
        "nodate": "03-01 15:00",
        "night": "03-02 01:30",
        "daychange": "03-03 02:00",
    }
    assert {guid: local(guid) for guid in expected} == expected
    lengths = [session(guid).duration for guid in ("conflict", "naive", "nodate")]
    assert lengths == [timedelta(days=1, hours=2.5), timedelta(hours=1.5), timedelta(minutes=30)]
    assert session("id:7").title == "No GUID" and session("blank").title == "Only a subtitle"
    assert session("4d1bLUwCGeaGdHS4DEdx5A").stage.name == "Attic"
    assert session("noroom").stage.name == "Unassigned"
    assert session("utc-beside-local").poster == "" and session("conflict").poster == "https://example.org/a.png"
    assert session("utc-beside-local").languages == ["de-de", "en"]
    assert {strand.slug for strand in Strand.objects.all()} == {"c", "c-2"}
    assert run(DATA / "quirks.xml").count("unchanged 12") == 1


def test_quirks_of_texts_and_persons() -> None:
    run(DATA / "quirks.xml")
    html = "<p>Real <em>elements</em></p>\n<p>One &lt; two.</p><p>Next paragraph<br>next line &lt;</p>"
    assert session("markup").abstract == html
    assert sorted(Speaker.objects.values_list("name", "biography")) == [
        ("Asha Rao", "<p>Plans <b>cities</b>.</p>"),
        ("No Number", ""),
    ]


def test_skipped_events_say_where_and_why() -> None:
    skipped = [line for line in run(DATA / "quirks.xml").splitlines() if line.startswith("skipped ")]
    reasons = ["GUID is taken by line", "no duration", "longer than a week", "is zero", "0000-01", "out of range"]
    assert len(skipped) == 7
    for line, reason in zip(skipped, [*reasons, "no GUID"], strict=True):
        assert line.startswith("skipped line ") and reason in line


def test_quirks_of_json() -> None:
    output = run(DATA / "quirks.json", city="Leipzig")
    assert "created 5, updated 0, unchanged 0, skipped 2" in output
    assert "skipped day 1, room Hall, event 4: this is not an object" in output
    assert session("a").title == "Nul and half a letter" and session("a").languages == ["en", "ca"]
    assert session("a").start.hour == 9  # naive: the offset with which the days begin
    assert Edition.objects.get().host_city.timezone == "Etc/GMT-1"
    assert session("roomless").stage.name == "Unassigned" and session("b").stage.name == "Listed"
    assert session("end").duration == timedelta(hours=1)
    assert {speaker.guid for speaker in session("a").speakers.all()} >= {"ABC"}
    assert Speaker.objects.count() == 4
    assert "unchanged 5" in run(DATA / "quirks.json")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "windows-1252", "gb18030"])
def test_encodings_of_xml(encoding: str, tmp_path: Path) -> None:
    declared = encoding.removesuffix("-sig").removesuffix("-le")
    title = "城市" if encoding == "gb18030" else "Málaga"
    text = PLAIN.decode().replace("UTF-8", declared).replace("Opening", title)
    (tmp_path / "a.xml").write_bytes(text.encode(encoding))
    run(tmp_path / "a.xml")
    assert session("11111111-1111-4111-8111-111111111111").title == title


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32-be"])
def test_encodings_of_json(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(PLAIN_JSON.decode().encode(encoding))
    assert "created 1" in run(tmp_path / "a")


def test_same_room_overlaps_and_lengths(tmp_path: Path) -> None:
    document = json.loads(PLAIN_JSON)
    events = document["schedule"]["conference"]["days"][0]["rooms"]["Hall"]
    long = {"title": "x" * 999, "room": "r" * 999, "track": "t" * 999, "type": "y" * 999, "guid": "g" * 999}
    events.append(events[0] | long | {"persons": [{"id": "p" * 999, "name": "n" * 999}]})
    events.append(events[0] | {"guid": "overlap"})
    (tmp_path / "a.json").write_text(json.dumps(document))
    assert "created 3" in run(tmp_path / "a.json")
    for item in (*Session.objects.all(), *Stage.objects.all(), *Strand.objects.all(), *Speaker.objects.all()):
        item.full_clean(exclude=["languages"])
    assert "unchanged 3" in run(tmp_path / "a.json")


def test_dry_run_writes_nothing() -> None:
    assert run(DATA / "plain.xml", dry_run=True).startswith("Dry run, nothing written. Small Congress (new): created 2")
    assert rows() == [0] * 6


AS_XML = """<schedule><conference><title>T</title><start>2026-03-01</start><time_zone_name>Asia/Kolkata</time_zone_name>
</conference><day date="2026-03-01"><room name="Hall"><event guid="a"><title>A</title>
<date>2026-03-01T10:00:00+05:30</date><duration>00:30</duration>
<persons><person {}>{}</person></persons></event></room></day></schedule>"""


def as_file(folder: Path, kind: str, identities: dict[str, str], name: str = "Bo Li") -> Path:
    """A schedule of one session with one speaker."""
    path = folder / f"schedule.{kind}"
    if kind == "xml":
        path.write_text(AS_XML.format(" ".join(f'{key}="{value}"' for key, value in identities.items()), name))
    else:
        schedule = json.loads(PLAIN_JSON)
        person = identities | {"public_name": name}
        schedule["schedule"]["conference"]["days"][0]["rooms"]["Hall"][0]["persons"] = [person]
        path.write_text(json.dumps(schedule))
    return path


SAME = [
    ({"guid": "g1", "code": "ABC"}, {"guid": "g2", "code": "ABC"}),
    ({"code": "ABC"}, {"guid": "g2", "code": "ABC"}),
    ({"guid": "g1", "code": "ABC"}, {"code": "ABC"}),
    ({"id": "26", "code": "ABC"}, {"id": "99", "guid": "g2", "code": "ABC"}),
    ({"id": "26"}, {"id": "26", "code": "ABC"}),
    ({"id": "26", "code": "ABC", "guid": "g1"}, {"id": "26"}),
]


@pytest.mark.parametrize("kinds", [("xml", "xml"), ("xml", "json"), ("json", "xml"), ("json", "json")])
@pytest.mark.parametrize(("before", "after"), SAME)
def test_a_speaker_whose_code_stays_is_the_same(tmp_path: Path, before, after, kinds) -> None:
    run(as_file(tmp_path, kinds[0], before))
    speaker = Speaker.objects.get()
    bo = Participant.objects.create_user("bo@example.org", name="Bo")
    speaking.link(speaker, bo, None)
    for _again in range(2):
        run(as_file(tmp_path, kinds[1], after))
        assert Speaker.objects.get().pk == speaker.pk and Speaker.objects.get().participant == bo
        assert list(bo.roles.values_list("scope", flat=True)) == [f"session:{session('a').pk}"]
    run(as_file(tmp_path, kinds[0], before))  # and back
    assert Speaker.objects.get().pk == speaker.pk


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ({"guid": "g1", "code": "ABC"}, {"guid": "g2", "code": "XYZ"}, "Bo Li"),
        ({"id": "26"}, {"id": "26"[::-1], "code": "ABC"}, "Bo Li"),
        ({"id": "26", "code": "ABC"}, {"id": "26", "code": "XYZ"}, "Mallory"),  # ids of another system
        ({"guid": "g1"}, {"guid": "g2", "code": "g1"}, "Bo Li"),
    ],
)
def test_another_speaker_gets_no_role_of_theirs(tmp_path: Path, before, after, name) -> None:
    run(as_file(tmp_path, "json", before))
    bo = Participant.objects.create_user("bo@example.org", name="Bo")
    speaking.link(Speaker.objects.get(), bo, None)
    run(as_file(tmp_path, "json", after, name))
    assert Speaker.objects.count() == 2 and not bo.roles.exists()


def test_a_speaker_stored_before_codes_were_kept_is_found_by_theirs(tmp_path: Path) -> None:
    run(as_file(tmp_path, "json", {"code": "ABC"}))
    Speaker.objects.update(identities={})
    run(as_file(tmp_path, "json", {"guid": "g2", "code": "ABC"}))
    assert Speaker.objects.get().guid == "g2"


def test_one_code_for_two_in_a_file_stays_two(tmp_path: Path) -> None:
    path = as_file(tmp_path, "json", {})
    schedule = json.loads(path.read_text())
    persons = [{"guid": guid, "code": "ABC", "public_name": guid} for guid in ("g1", "g2")]
    persons += [{"code": "ABC", "public_name": "g1"}]
    schedule["schedule"]["conference"]["days"][0]["rooms"]["Hall"][0]["persons"] = persons
    path.write_text(json.dumps(schedule))
    for _again in range(2):
        run(path)
        assert sorted(Speaker.objects.values_list("guid", flat=True)) == ["g1", "g2"]


def test_names_and_titles_that_show_nothing_are_none(tmp_path: Path) -> None:
    path = as_file(tmp_path, "json", {"code": "ABC"}, "\u2800\u3164")
    path.write_text(path.read_text().replace('"title": "A"', '"title": "\\u2800"'))
    run(path)
    assert not Speaker.objects.exists() and session("a").title == "Untitled"
