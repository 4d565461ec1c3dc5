"""Scanner apps, leads by one's own yes, workbooks, the facet of products, and passes into video calls."""

import io
import uuid
import zipfile
from datetime import timedelta

import jwt
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from common import clock, workbooks
from common.tables import as_xlsx
from expo import devices, finding, importing, scanning, talking, telling, video
from expo.models import Exhibitor, Lead, Meeting, Talk
from people import limits
from people.refusal import Refused
from tests.expo.conftest import exhibitor_of

pytestmark = pytest.mark.django_db
LEADS, PROFILE = "/exhibitors/api/v1/leads/", "/exhibitors/api/v1/profile"


@pytest.fixture
def token(place):
    return devices.add(place["exhibitor"], "Reader", place["all"]["staff"])


@pytest.fixture
def code(place):
    return scanning.badge_of(place["edition_row"], place["all"]["attendee"]).code


def send(token, path=LEADS, **data):
    header = {"Authorization": f"Exhibitor {token}"}
    if path == PROFILE:
        return Client().get(path, headers=header)
    return Client().post(path, data, content_type="application/json", headers=header)


def signed_in(place, who):
    client = Client()
    client.cookies["sessionid"] = place["cookies"][who]
    return client


def test_an_app_sends_leads_as_to_pretix(place, token, code):
    assert send(token, PROFILE).json()["name"] == "City of Tampere"
    sent = {"code": code, "scanned": clock.now().isoformat(), "scan_type": "lead", "rating": 4, "tags": ["a", "b"]}
    first = send(token, **sent, notes="Kind", device_name="DEV1")
    assert first.status_code == 201 and first.json()["attendee"]["fields"][0]["value"] == "Attendee"
    assert "email" not in str(first.json()), "only what the badge gives"
    again = send(token, code=code, rating=None, tags=None, notes="")
    assert again.status_code == 200
    assert {name: again.json()[name] for name in ("rating", "tags", "notes")} == {
        "rating": 4, "tags": ["a", "b"], "notes": "Kind",
    }  # fmt: skip
    assert Lead.objects.get().scanned_by == place["all"]["staff"]


@pytest.mark.parametrize(
    "wrong",
    [{}, {"code": 7}, {"code": "NOBODYHASTHIS"}, {"code": "x" * 400}, {"rating": 9}, {"rating": True}, {"rating": "5"}],
)
def test_what_cannot_be_is_400(token, code, wrong):
    answer = send(token, **({"code": code} if "rating" in wrong else {}) | wrong)
    assert answer.status_code == 400 and answer.json()["detail"]


def test_only_a_token_of_somebody_who_is_still_in_the_team_counts(place, token, code):
    assert send("WRONG", code=code).status_code == 401
    assert send("", PROFILE).status_code == 401
    rows = place["exhibitor"].team
    rows.filter(participant=place["all"]["staff"]).delete()
    assert send(token, code=code).status_code == 401
    assert not Lead.objects.exists()


def test_who_guesses_tokens_has_to_wait(place, token):
    assert {send("WRONG", PROFILE).status_code for _try in range(25)} == {401, 429}
    assert send("WRONG", PROFILE).status_code == 429
    assert send(token, PROFILE).status_code == 200, "the other stands of the hall share the address"
    assert limits.retry_after("expo.scan", 1) == 0


def test_a_device_that_is_ended_reads_nothing(place, token):
    page = reverse("expo:devices", args=[place["exhibitor"].pk])
    assert signed_in(place, "colleague").get(page).text.count(token) == 0, "a token is shown once"
    signed_in(place, "colleague").post(page, {"remove": place["exhibitor"].devices.get().pk})
    assert send(token, PROFILE).status_code == 401


def test_somebody_gives_a_stand_what_they_tick_and_takes_it_back(place):
    who, pk = place["all"]["attendee"], place["exhibitor"].pk
    page = reverse("expo:agree", args=[pk])
    given = {"fields": ["organisation"], "source": "ring", "client_id": str(uuid.uuid4())}
    assert signed_in(place, "attendee").post(page, given).status_code == 302
    lead = scanning.leads_of(place["exhibitor"]).get()
    assert lead.fields == ["name", "organisation"] and lead.source == "ring" and lead.scanned_by is None
    assert signed_in(place, "attendee").post(page, given | {"source": "scan"}).status_code == 422
    assert signed_in(place, "staff").post(page, given).status_code == 409
    assert "Talk with the stand" in signed_in(place, "attendee").get(reverse("expo:me", args=[place["slug"]])).text
    scanning.take_back(who, lead.pk)
    assert not scanning.leads_of(place["exhibitor"]).exists()


def test_ringing_and_writing_alone_give_nothing(place):
    talking.ring(place["exhibitor"], place["all"]["attendee"], "Hello", uuid.uuid4(), staffed=True)
    talking.write(place["exhibitor"], None, place["all"]["attendee"], "Hello", uuid.uuid4())
    assert not Lead.objects.exists()


def test_a_question_that_was_left_is_answered_with_a_notice(place):
    talk = talking.ring(place["exhibitor"], place["all"]["attendee"], "Late?", uuid.uuid4(), staffed=False)
    Talk.objects.update(opened_at=clock.now() - timedelta(hours=3))
    taken = talking.take(talk.pk, place["all"]["staff"])
    for _line in range(2):
        talking.write(place["exhibitor"], taken, place["all"]["staff"], "Yes", uuid.uuid4())
    assert [told.sentence for told in telling.told(place["all"]["attendee"])] == ["has answered your question"]


def test_products_are_counted_among_those_that_fit(place):
    edition = place["edition_row"]
    for number, products in enumerate(["Noise map\nKits", "noise  map", "Noise map of ports", ""]):
        exhibitor_of(edition, f"Town {number}", products=products, country="Chile" if number else "Peru")
    everybody = finding.Finder(edition, {})
    found = everybody.found(place["all"]["attendee"])
    counts = dict(everybody.products(found))
    for name, count in counts.items():
        chosen = finding.Finder(edition, {"product": name}).exhibitors(place["all"]["attendee"])
        assert chosen.count() == count, name
    narrow = finding.Finder(edition, {"country": "Peru"})
    assert dict(narrow.products(narrow.found(place["all"]["attendee"]))) == {"Noise map": 1, "Kits": 1}


def test_a_workbook_is_read_like_a_table(place):
    raw = as_xlsx(
        ["name", "country", "products"], [{"name": "City of Lagos", "country": "Nigeria", "products": "A; B"}]
    )
    upload = importing.take(place["edition_row"], io.BytesIO(raw), "stands.xlsx")
    assert importing.survey(upload).counts["new"] == 1
    assert not Exhibitor.objects.filter(name="City of Lagos").exists(), "nothing is written before one says so"
    importing.apply(upload, place["all"]["organiser"])
    assert Exhibitor.objects.get(name="City of Lagos").products == "A\nB"


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (workbooks.MAX_UNPACKED + 1))
    return out.getvalue()


def many_rows():
    book, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for _row in range(importing.MOST + 2):
        sheet.append(["name"])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [(lambda: b"PK\x03\x04 no archive", "cannot be read"), (bomb, "too large"), (many_rows, "rows")],
    ids=["broken", "bomb", "rows"],
)
def test_workbooks_have_bounds(place, raw, words):
    with pytest.raises(Refused, match=words):
        importing.take(place["edition_row"], io.BytesIO(raw()), "stands.xlsx")


@pytest.fixture
def call(place, settings):
    settings.VIDEO_KEY, settings.VIDEO_SECRET = "congress", "s" * 40
    place["expo"].video, place["expo"].video_url = "jitsi", "https://meet.example.org"
    place["expo"].save()
    return Meeting.objects.create(
        edition=place["edition_row"], exhibitor=place["exhibitor"], visitor=place["all"]["attendee"], state="accepted",
        host=place["all"]["staff"], topic="Trams", starts_at=clock.now() + timedelta(hours=1), way="video",
    )  # fmt: skip


def claims(address, name):
    token = address.partition(f"{name}=")[2].partition("&")[0]
    return jwt.decode(token, "s" * 40, algorithms=["HS256"], options={"verify_aud": False})


def test_each_of_the_two_gets_a_pass_of_their_own_into_one_room(place, call):
    visitor, staff = (claims(video.of_meeting(call, place["all"][who]), "jwt") for who in ("attendee", "staff"))
    assert visitor["room"] == staff["room"] and len(visitor["room"]) == 32
    assert (visitor["context"]["user"]["moderator"], staff["context"]["user"]["moderator"]) == (False, True)
    assert visitor["exp"] - clock.now().timestamp() <= video.LASTS.total_seconds()
    page = reverse("expo:call", args=[call.pk])
    assert signed_in(place, "attendee").get(page)["Location"].startswith("https://meet.example.org/")
    assert signed_in(place, "colleague").get(page).status_code == 404
    Meeting.objects.update(state="requested")
    assert signed_in(place, "attendee").get(page).status_code == 404


def test_livekit_and_an_address_of_the_stand(place, call, settings):
    place["expo"].video = "livekit"
    place["expo"].save()
    address = video.of_meeting(call, place["all"]["attendee"])
    assert claims(address, "token")["video"]["roomJoin"] and "wss%3A%2F%2Fmeet.example.org" in address
    settings.VIDEO_SECRET = ""
    assert video.of_meeting(call, place["all"]["attendee"]) == call.exhibitor.video


def test_half_of_a_surrogate_pair_is_no_json_that_can_be_read(token, code):
    half = chr(0xD800)
    for sent in ({"code": code, "notes": half}, {"code": half}, {"code": code, "scanned": half}, {"tags": [half]}):
        assert send(token, **sent).status_code == 400, sent
    assert not Lead.objects.exists()
