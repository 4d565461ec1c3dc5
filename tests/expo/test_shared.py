"""Pages that are drawn for many: nobody is of a team in them, and each change of what is public is told their room."""

import io
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from common.shared import not_for_many
from expo import importing, own, privacy, scanning, state, talking
from expo.models import Badge, Exhibitor, Favourite, Member, Visit, expo_room
from live.models import Room
from people.cohorts import NOBODY, cohort_of
from people.models import Participant
from tests.expo.conftest import exhibitor_of, member_of, visitor_of
from tests.expo.test_drawings import HEAD
from tests.expo.test_rights import visitor
from tests.hybrid.test_shared_pages import drawn, same_connection  # noqa: F401

pytestmark = pytest.mark.django_db


def listed(place, name="index"):
    return reverse(f"expo:{name}", args=[place["slug"]])


def cohort(place, who):
    return cohort_of(Participant.objects.get(pk=place["all"][who].pk))


def test_who_stands_for_many_has_nothing_of_anybody(place):
    """An invitation that nobody has accepted yet has no participant, as who stands for many has no id."""
    exhibitor = place["exhibitor"]
    Member.objects.create(exhibitor=exhibitor, email="invited@example.org")
    Favourite.objects.create(exhibitor=exhibitor, participant=place["all"]["staff"])
    scanning.badge_of(place["edition_row"], place["all"]["staff"])
    for who in ("staff", "organiser"):
        page = drawn(exhibitor.get_absolute_url(), cohort(place, who)).content.decode()
        assert reverse("expo:desk", args=[exhibitor.pk]) not in page
        assert reverse("expo:ring", args=[exhibitor.pk]) in page and 'name="on" value="1"' in page
        assert page.count('name="client_id" value=""') == page.count('name="client_id"') > 0
        lists = [drawn(listed(place, name), cohort(place, who)).content.decode() for name in ("index", "plan")]
        assert all(reverse("expo:desk", args=[exhibitor.pk]) not in page for page in lists)
        assert "is-saved" not in lists[1]
    assert Visit.objects.count() == 0


def test_what_is_not_public_is_in_no_page_for_many_but_organisers(place):
    draft = exhibitor_of(place["edition_row"], "Undisclosed", is_public=False)
    member_of(draft, place["all"]["staff"])
    for who in ("staff", "attendee", "moderator"):
        assert drawn(draft.get_absolute_url(), cohort(place, who)).status_code == 404, who
        for name in ("index", "plan"):
            assert "Undisclosed" not in drawn(listed(place, name), cohort(place, who)).content.decode()
    assert drawn(draft.get_absolute_url(), NOBODY).status_code == 404
    assert drawn(draft.get_absolute_url(), cohort(place, "organiser")).status_code == 200
    assert "Undisclosed" in visitor(place, "staff").get(draft.get_absolute_url()).text


def test_a_stand_that_several_share_is_marked_for_each_of_them(place):
    first = place["exhibitor"]
    other = exhibitor_of(place["edition_row"], "Zoo of Tampere", stand=first.stand)
    boxes = f'id="s{first.pk}"[^>]* data-others="{other.pk}"'
    assert re.search(boxes, drawn(listed(place, "plan"), NOBODY).content.decode())
    assert drawn(listed(place, "plan"), NOBODY).content.decode().count("data-others") == 1


def test_a_list_of_what_one_saved_is_drawn_for_the_person(place):
    Favourite.objects.create(exhibitor=place["exhibitor"], participant=place["all"]["attendee"])
    assert "City of Tampere" in drawn(listed(place), NOBODY, query=b"saved=on").content.decode()
    answer = drawn(listed(place), cohort(place, "attendee"), query=b"saved=on")
    assert (answer.status_code, answer.content) == (not_for_many().status_code, b"")
    mine = visitor(place, "attendee").get(listed(place), {"saved": "on"}).text
    assert "City of Tampere" in mine and "Kerbside Labs" not in mine


def _table(place):
    table = importing.take(place["edition_row"], io.BytesIO(b"name,country\nNew Town,Peru\n"), "t.csv")
    importing.apply(table, place["all"]["organiser"])


def _step(action):
    return lambda place: state.step(place["exhibitor"].pk, action, place["all"]["organiser"])


def _approved(place):
    place["exhibitor"].draft = place["exhibitor"].content() | {"products": "Kits"}
    place["exhibitor"].state = "waiting"
    place["exhibitor"].save()
    _step("approve")(place)


def _undone(place):
    _step("hide")(place)
    state.MACHINE.undo(place["exhibitor"].pk, place["all"]["organiser"])


def _placed(place):
    where = {"host_city": place["edition_row"].host_city_id, "hall": "2", "number": "Z9"}
    path = reverse("expo:place", args=[place["exhibitor"].pk])
    assert visitor(place, "organiser").post(path, where | {"x": 1, "y": 1, "width": 2, "height": 2}).status_code == 302


def _hours(place):
    hours = {"opens": "09:00", "closes": "19:00", "tables": "3", "video": "link"}
    assert visitor(place, "organiser").post(listed(place, "settings"), hours).status_code == 302


CHANGES = {
    "approved": (_approved, 1),
    "hidden": (_step("hide"), 1),
    "undone": (_undone, 2),
    "imported": (_table, 1),
    "placed": (_placed, 1),
    "hours": (_hours, 1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_of_what_is_public_is_told_the_room(place, change):
    room = expo_room(place["edition_row"].pk)
    before = Room.heads([room])[room]
    act, times = CHANGES[change]
    act(place)
    assert Room.heads([room])[room] == before + times


def test_a_drawing_is_told_the_room(place):
    room, path = expo_room(place["edition_row"].pk), listed(place, "drawings")
    before, organiser = Room.heads([room])[room], visitor(place, "organiser")
    file = SimpleUploadedFile("hall.svg", f'{HEAD}<rect width="1"/></svg>'.encode(), "image/svg+xml")
    sent = {"host_city": place["edition_row"].host_city_id, "hall": "1", "file": file}
    assert organiser.post(path, sent).status_code == 302
    assert Room.heads([room])[room] == before + 1


def test_what_nobody_sees_yet_is_not_told(place):
    draft = exhibitor_of(place["edition_row"], "Undisclosed", is_public=False, state="writing", draft={"name": "U"})
    state.step(draft.pk, "submit", place["all"]["staff"])
    assert Room.heads([expo_room(place["edition_row"].pk)]) == {expo_room(place["edition_row"].pk): 0}


def test_pages_stand_for_their_rooms(place):
    room, exhibitor = expo_room(place["edition_row"].pk), place["exhibitor"]
    for path in (listed(place), listed(place, "plan"), exhibitor.get_absolute_url()):
        assert room in drawn(path, cohort(place, "attendee")).live_rooms, path
    assert room in drawn(listed(place), NOBODY, part=True).live_rooms
    assert exhibitor.room_key in drawn(exhibitor.get_absolute_url(), NOBODY).live_rooms


def test_the_join_brings_what_one_saved_for_many_at_once(place, django_assert_max_num_queries):
    edition, people = place["edition_row"].pk, place["all"]
    Favourite.objects.create(exhibitor=place["exhibitor"], participant=people["attendee"])
    places = [(people[who].pk, edition) for who in ("attendee", "staff", "speaker")]
    with django_assert_max_num_queries(2):
        found = own.of_exhibition(places)
    assert found == [
        {"saved": [place["exhibitor"].pk], "list": True},
        {"saved": [], "list": True},
        {"saved": [], "list": False},
    ]


def test_the_join_says_for_whom_a_stand_has_parts_of_their_own(place, django_assert_max_num_queries):
    exhibitor, people = place["exhibitor"], place["all"]
    for name in ("talks", "gave", "chose", "saves", "nothing"):
        visitor_of(place, name)
    talking.ring(exhibitor, people["talks"], "Hello?", uuid.uuid4(), staffed=True)
    scanning.agree(exhibitor, people["gave"], ["name"], "chat", uuid.uuid4())
    scanning.give(scanning.badge_of(exhibitor.edition, people["chose"]), ["name"])
    Favourite.objects.create(exhibitor=exhibitor, participant=people["saves"])
    Badge.objects.create(edition=exhibitor.edition, participant=people["nothing"])
    names = ["staff", "talks", "gave", "chose", "saves", "nothing"]
    with django_assert_max_num_queries(14):
        found = own.of_stand([(people[name].pk, exhibitor.pk) for name in names])
    assert [each["stand"] for each in found] == [True, True, True, True, True, False]


def test_who_looks_at_a_stand_is_counted_once(place):
    exhibitor, people = place["exhibitor"], place["all"]
    for _ in range(2):
        own.of_stand([(people[who].pk, exhibitor.pk) for who in ("attendee", "staff", "outsider")])
    assert [visit.participant_id for visit in Visit.objects.all()] == [people["attendee"].pk]
    own.of_stand([(people["speaker"].pk, Exhibitor.objects.latest("pk").pk + 1), (10**9, exhibitor.pk)])
    assert Visit.objects.count() == 1


def test_the_stand_of_who_is_deleted_is_told(place):
    exhibitor, staff = place["exhibitor"], place["all"]["staff"]
    before = Room.heads([exhibitor.room_key])[exhibitor.room_key]
    with transaction.atomic():
        privacy.forget(staff)
    assert Room.heads([exhibitor.room_key])[exhibitor.room_key] == before + 1
    assert staff.pk not in Member.objects.values_list("participant", flat=True)
