"""Who sees and does what: the public, visitors, a stand's team, other teams, moderators, organisers."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from expo import scanning, talking
from expo.models import Meeting, StandMessage
from tests.expo.conftest import visitor_of

pytestmark = pytest.mark.django_db
WHO = ["anonymous", "outsider", "attendee", "rival", "staff", "colleague", "speaker", "moderator", "organiser"]
WHO += ["guest", "banned"]
TEAM, PUBLIC = {"staff", "colleague"}, set(WHO) - {"banned"}
VISITORS = {"attendee", "rival", "moderator", "organiser"}
TAKING_PART = VISITORS | TEAM
# address -> who gets it; the talk is the attendee's, taken by "staff", the meeting the attendee's and unanswered
PAGES = {
    "index": PUBLIC,
    "plan": PUBLIC,
    "mine": TAKING_PART,
    "stand": PUBLIC,
    "me": TAKING_PART,
    "meet": VISITORS,
    "desk": TEAM,
    "profile": TEAM,
    "team": TEAM,
    "scan": TEAM,
    "leads": TEAM,
    "leads_csv": TEAM,
    "leads_xlsx": TEAM,
    "devices": TEAM,
    "people": TAKING_PART,
    "hours": TAKING_PART,
    "drawings": {"organiser"},
    "talk": {"attendee", "staff"},
    "meeting": {"attendee"} | TEAM,
    "ics": {"attendee"} | TEAM,
    "check": {"organiser"},
    "manage": {"organiser"},
    "settings": {"organiser"},
    "import": {"organiser"},
    "export": {"organiser"},
}
WRITES = {
    "save": TAKING_PART,
    "chat": TAKING_PART,
    "ring": TAKING_PART,
    "meet": VISITORS,
    "agree": VISITORS,
    "devices": TEAM,
    "hours": TAKING_PART,
    "drawings": {"organiser"},
    "here": TEAM,
    "profile": TEAM,
    "documents": TEAM,
    "team": TEAM,
    "join": set(),
    "scan": TEAM,
    "remove": TEAM | {"moderator", "organiser"},
    "say": {"attendee", "staff"},
    "step": {"attendee", "staff"},
    "answer": {"attendee"} | TEAM,
    "own_badge": TAKING_PART,
    "take_back": {"attendee"},
    "decide": {"organiser"},
    "place": {"organiser"},
    "invite": {"organiser"},
}
BY_SLUG = {
    "mine",
    "people",
    "hours",
    "drawings",
    "index",
    "plan",
    "me",
    "manage",
    "settings",
    "import",
    "export",
    "own_badge",
    "take_back",
}
BY_TALK, BY_MEETING = {"talk", "say", "step"}, {"meeting", "answer", "ics"}
CANARY = "Xk7canary"


@pytest.fixture
def crowd(place):
    exhibitor, people = place["exhibitor"], place["all"]
    exhibitor.video = f"https://example.org/{CANARY}"
    exhibitor.save()
    place["line"] = talking.write(exhibitor, None, people["staff"], "Hello", uuid.uuid4())
    place["talk"] = talking.ring(exhibitor, people["attendee"], f"{CANARY} question", uuid.uuid4(), staffed=True)
    talking.take(place["talk"].pk, people["staff"])
    talking.write(exhibitor, place["talk"], people["staff"], f"{CANARY} answer", uuid.uuid4())
    place["meeting"] = Meeting.objects.create(
        edition=exhibitor.edition,
        exhibitor=exhibitor,
        visitor=people["attendee"],
        topic=f"{CANARY} topic",
        starts_at=place["at"].end,
    )
    badge = scanning.badge_of(place["edition_row"], people["attendee"])
    scanning.scan(exhibitor, people["staff"], scanning.Scan(badge.code, uuid.uuid4(), note=f"{CANARY} note"))
    return place


def visitor(place, who):
    client = Client()
    if who != "anonymous":
        client.cookies["sessionid"] = place["cookies"][who]
    return client


def address(place, name):
    if name in BY_SLUG:
        return reverse(f"expo:{name}", args=[place["slug"]])
    things = {"talk": BY_TALK, "meeting": BY_MEETING, "line": {"remove"}}
    thing = next((thing for thing, names in things.items() if name in names), "exhibitor")
    return reverse(f"expo:{name}", args=[place[thing].pk])


@pytest.mark.parametrize("name", PAGES)
def test_pages(crowd, name):
    for who in WHO:
        status = visitor(crowd, who).get(address(crowd, name)).status_code
        assert (status == 200) == (who in PAGES[name]), (who, status)
        assert status in (200, 403, 404, 409), who


@pytest.mark.parametrize("name", WRITES)
def test_writes_of_others_are_refused(crowd, name):
    for who in WHO:
        status = visitor(crowd, who).post(address(crowd, name), {}).status_code
        if who not in WRITES[name]:
            assert status in (403, 404, 409), (who, status)
        elif name != "take_back":
            assert status in {302, 409, 422} | ({404} if name == "step" else set()), (who, status)


def test_what_is_private_is_on_no_page_of_others(crowd):
    """Talks, meetings, notes and the address of the video call, for everybody but those whose they are."""
    for who in ("outsider", "rival", "colleague", "speaker", "moderator", "organiser"):
        for name in PAGES:
            text = visitor(crowd, who).get(address(crowd, name)).content.decode(errors="replace")
            words = {"question", "answer"} | (set() if who in TEAM else {"topic", "note"})
            assert not any(f"{CANARY} {word}" in text for word in words), (who, name)
    assert f"{CANARY} answer" in visitor(crowd, "attendee").get(address(crowd, "talk")).text


def test_what_is_not_public_is_there_for_its_team_and_organisers_only(crowd):
    type(crowd["exhibitor"]).objects.filter(pk=crowd["exhibitor"].pk).update(is_public=False)
    for who in WHO:
        status = visitor(crowd, who).get(address(crowd, "stand")).status_code
        assert (status == 200) == (who in TEAM | {"organiser"}), who
        assert "City of Tampere" not in visitor(crowd, "attendee").get(address(crowd, "index")).text


def test_a_line_of_a_talk_is_not_to_be_removed_by_others(crowd):
    line = StandMessage.objects.filter(talk=crowd["talk"]).first()
    for who in WHO:
        assert visitor(crowd, who).post(reverse("expo:remove", args=[line.pk])).status_code == 404, who


def test_who_leaves_the_team_loses_everything(crowd):
    from expo import team

    staff = crowd["exhibitor"].team.get(participant=crowd["all"]["staff"])
    team.remove(crowd["exhibitor"], staff.pk, crowd["all"]["colleague"])
    for name in ("desk", "leads", "talk", "scan", "leads_csv"):
        assert visitor(crowd, "staff").get(address(crowd, name)).status_code == 404, name
    crowd["talk"].refresh_from_db()
    assert (crowd["talk"].state, crowd["talk"].taken_by) == ("left", None), "it goes back to the team"


def test_a_badge_tells_nobody_whose_it_is(crowd):
    code = crowd["all"]["attendee"].badges.get().code
    name = crowd["all"]["attendee"].name
    for who in ("outsider", "rival", "staff", "organiser"):
        text = visitor(crowd, who).get(reverse("expo:badge", args=[code])).text
        assert name not in text, who
    assert visitor(crowd, "anonymous").get(reverse("expo:badge", args=[code])).status_code == 302


@pytest.mark.parametrize("wide", [False, True])
def test_a_badge_is_found_as_people_type_it(crowd, wide):
    code = crowd["all"]["attendee"].badges.get().code
    typed = "".join(chr(ord(sign) + 0xFEE0) for sign in code.lower()) if wide else f"\u200b{code.lower()}"
    assert code in visitor(crowd, "staff").get(reverse("expo:badge", args=[typed])).text


def test_an_invitation_is_for_its_address_alone(crowd):
    from expo import team

    late = visitor_of(crowd, "late")
    team.invite(crowd["exhibitor"], late.email.upper(), crowd["all"]["staff"])
    assert visitor(crowd, "attendee").post(address(crowd, "join")).status_code == 404
    assert "Join the team" in visitor(crowd, "late").get(address(crowd, "me")).text
    assert visitor(crowd, "late").post(address(crowd, "join")).status_code == 302
    assert visitor(crowd, "late").get(address(crowd, "desk")).status_code == 200
