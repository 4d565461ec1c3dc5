"""Who sees and does what: the two of a conversation, others of the edition, moderators, organisers, outsiders."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from live.log import between
from live.models import Room
from live.viewer import viewer
from networking import keeping_away, rooms
from networking.models import Block, Card, Conversation, Line, Report
from people.models import Participant
from tests.networking.conftest import card_of, opened, say
from tests.networking.test_directory import address, client

pytestmark = pytest.mark.django_db
WHO = ["anonymous", "outsider", "attendee", "ming", "amara", "third", "speaker", "moderator", "organiser", "guest"]
WHO += ["banned"]
TWO = {"amara", "ming"}
TAKING_PART = {"attendee", "ming", "amara", "third", "moderator", "organiser"}
CANARY = "Xk7canary"
OF_EDITION = {"directory": TAKING_PART, "card": TAKING_PART, "messages": TAKING_PART, "desk": {"organiser"}}
PAGES = OF_EDITION | {"person": TAKING_PART - {"ming"}, "conversation": TWO, "report": TWO}
WRITES = {
    "ask": TAKING_PART - {"ming"},
    "block": TAKING_PART - {"ming"},
    "card": TAKING_PART,
    "say": TWO,
    "step": TWO,
    "away": TWO,
    "read": TWO,
    "report": TWO,
    "remove": {"ming"},
    "decide": {"organiser"},
}


@pytest.fixture
def two(place):
    card_of(place, "ming", about="Trams")
    made = opened(place, "amara", "ming", f"{CANARY} request")
    place["line"] = say(made, made.asked, f"{CANARY} line")
    place["report"] = keeping_away.report(made, made.asker, "Rude", [place["line"]])
    place["two"] = made
    return place


def visitor(place, who):
    return Client() if who == "anonymous" else client(place, who)


def where(place, name):
    if name in OF_EDITION:
        return address(place, name)
    if name in ("person", "ask", "block"):
        return address(place, name, place["all"]["ming"].pk)
    thing = {"remove": "line", "decide": "report"}.get(name, "two")
    return reverse(f"networking:{name}", args=[place[thing].pk])


@pytest.mark.parametrize("name", PAGES)
def test_pages(two, name):
    for who in WHO:
        status = visitor(two, who).get(where(two, name)).status_code
        assert (status == 200) == (who in PAGES[name]), (who, status)
        assert status in (200, 403, 404), who


@pytest.mark.parametrize("name", WRITES)
def test_writes_of_others_are_refused_and_change_nothing(two, name):
    def kept():
        models = (Block, Card, Conversation, Line, Report)
        return [list(model.objects.order_by("pk").values()) for model in models]

    for who in WHO:
        before = kept()
        status = visitor(two, who).post(where(two, name), {}).status_code
        if who not in WRITES[name]:
            assert status in (403, 404), (who, status)
            assert kept() == before, who
        else:
            assert status in {204, 302, 422}, (who, status)
            if name == "remove":
                break


def test_what_two_write_is_on_no_page_of_others(two):
    pages = [where(two, name) for name in PAGES] + ["/notices/", "/people/account/data.json", "/search/?q=xk7"]
    pages += [f"/editions/{two['slug']}/", f"/editions/{two['slug']}/people/{two['all']['ming'].pk}/"]
    for who in set(WHO) - TWO:
        for path in pages:
            text = visitor(two, who).get(path).content.decode(errors="replace")
            if who == "organiser" and path == where(two, "desk"):
                assert f"{CANARY} line" in text and f"{CANARY} request" not in text, "the reported lines, and no others"
            else:
                assert CANARY not in text.replace("q=xk7", ""), (who, path)
    for who in TWO:
        assert f"{CANARY} line" in client(two, who).get(where(two, "conversation")).text
        assert CANARY not in client(two, who).get(where(two, "messages")).text + client(two, who).get("/notices/").text


def test_ones_data_has_what_one_wrote_and_not_what_the_other_did(two):
    amara = client(two, "amara").get("/people/account/data.json").text
    assert f"{CANARY} request" in amara and '"Rude"' in amara
    ming = client(two, "ming").get("/people/account/data.json").text
    assert f"{CANARY} line" in ming and f"{CANARY} request" not in ming and "Rude" not in ming


def test_the_room_is_there_for_the_two_alone(two):
    key = two["two"].room_key
    for who in [name for name in WHO if name != "anonymous"]:
        eyes = viewer(Participant.objects.get(pk=two["all"][who].pk), key)
        assert (eyes is not None) == (who in TWO), who
    user = two["all"]["amara"]
    for wrong in ("conversation:", "conversation:7", f"conversation:{uuid.uuid4()}", key.upper(), f"{key}0"):
        assert rooms.conversation(user, wrong) is None, wrong


def test_what_one_does_about_the_other_is_told_to_oneself_only(two):
    ming, amara = two["all"]["ming"], two["all"]["amara"]
    before = Room.heads([two["two"].room_key])[two["two"].room_key]
    client(two, "ming").post(where(two, "away"), {"on": "1"})
    told = between(two["two"].room_key, before, before + 100)
    assert [event.audience for event in told] == [f"participant:{ming.pk}"]
    assert told[0].shown["away"] and not viewer(amara, two["two"].room_key).sees(told[0].audience)
    page = client(two, "amara").get(where(two, "conversation")).text
    assert "You have blocked" not in page and "Only the two of you" in page


def test_nobody_blocks_or_finds_out_by_an_id(two):
    for who in (two["all"]["third"].pk, 99999999):
        answer = client(two, "amara").post(address(two, "block", who), {"on": "1"})
        assert answer.status_code == 404
    assert not Block.objects.exists()
    assert client(two, "amara").post(address(two, "block", two["all"]["ming"].pk), {"on": "1"}).status_code == 302
    assert client(two, "amara").post(address(two, "block", two["all"]["ming"].pk), {"on": "0"}).status_code == 302
    assert not Block.objects.exists(), "one's own block can be taken back though they are not to be found"


def test_a_refused_request_gives_back_what_was_written(two):
    Conversation.objects.all().delete()
    sent = {"text": f"{'x' * 1001} kept", "client_id": uuid.uuid4()}
    answer = client(two, "amara").post(where(two, "ask"), sent)
    assert answer.status_code == 422 and "x kept</textarea>" in answer.text
    sent["text"] = "Hello"
    assert client(two, "amara").post(where(two, "ask"), sent).status_code == 302
    again = client(two, "amara").post(where(two, "ask"), {"text": "Hello again", "client_id": uuid.uuid4()})
    assert again.status_code == 409 and "Hello again</textarea>" in again.text and "Go on there" in again.text


def test_reports_choose_lines_of_the_other_and_are_decided_once(two):
    own = two["two"].lines.get(author=two["all"]["amara"])
    sent = {"reason": "Insults", "lines": [own.pk]}
    assert client(two, "amara").post(where(two, "report"), sent).status_code == 422, "one's own lines are no evidence"
    sent = {"reason": "Insults", "lines": [two["line"].pk], "block": "on"}
    assert client(two, "amara").post(where(two, "report"), sent).status_code == 302
    made = Report.objects.latest("pk")
    assert (made.about, made.lines) == (two["all"]["ming"], [f"{CANARY} line"])
    assert Block.objects.get().blocker == two["all"]["amara"]
    client(two, "ming").post(reverse("networking:remove", args=[two["line"].pk]))
    assert f"{CANARY} line" in client(two, "organiser").get(where(two, "desk")).text, "a copy that stays"
    path = reverse("networking:decide", args=[made.pk])
    assert client(two, "organiser").post(path, {"action": "uphold"}).status_code == 302
    assert client(two, "organiser").post(path, {"action": "dismiss"}).status_code == 409
    record = client(two, "organiser").get(reverse("registration:record", args=[two["slug"]]))
    assert "upheld a report about what Ming wrote" in record.text


def test_limits(two):
    assert [client(two, "amara").post(where(two, "say"), {}).status_code for _ in range(11)][-1] == 429
    assert [client(two, "third").post(where(two, "ask"), {}).status_code for _ in range(21)][-1] == 429
