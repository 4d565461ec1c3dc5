"""What the same id stands for, and what a form of one exhibitor leaves to the others."""

import uuid

import pytest
from django.urls import reverse

from expo import importing, privacy, talking
from expo.models import Exhibitor, StandMessage, Upload
from people.refusal import Refused
from tests.expo.conftest import exhibitor_of, stand_of
from tests.expo.test_devices import signed_in
from tests.expo.test_finding import taken

pytestmark = pytest.mark.django_db


def test_an_id_stands_for_one_line_in_one_place(place):
    author, stand, line_id = place["all"]["attendee"], place["exhibitor"], uuid.uuid4()
    line = talking.write(stand, None, author, "Hello", line_id)
    assert talking.write(stand, None, author, "Hello", line_id) == line
    other = Exhibitor.objects.exclude(pk=stand.pk).first()
    for exhibitor, text in ((stand, "Other words"), (other, "Hello")):
        with pytest.raises(Refused):
            talking.write(exhibitor, None, author, text, line_id)
    assert StandMessage.objects.count() == 1


def test_who_moves_to_a_shared_stand_does_not_move_it(place):
    shared = stand_of(place["edition_row"], "B9", x=30, y=40, width=5)
    exhibitor_of(place["edition_row"], "City of Porto", stand=shared)
    own = place["exhibitor"].stand
    sent = {"host_city": own.host_city_id, "hall": "1", "number": "B9"}
    sent |= {name: getattr(own, name) for name in ("x", "y", "width", "height")}
    path = reverse("expo:place", args=[place["exhibitor"].pk])
    assert signed_in(place, "organiser").post(path, sent | {"height": 3}).status_code == 302
    shared.refresh_from_db()
    assert (shared.x, shared.y, shared.width, shared.height) == (30, 40, 5, 3)
    assert Exhibitor.objects.get(pk=place["exhibitor"].pk).stand == shared


def test_nothing_of_a_table_is_cut_without_a_word(place):
    text = (
        f"name;claim;text;stand\nLong;{'c' * 201};;A\nLonger;;{'t' * 1500};B\nStand;;;{'9' * 17}\nFits;{'c' * 200};;C\n"
    )
    survey = importing.survey(taken(place, text))
    assert survey.counts["new"] == 1
    assert [(line, words.partition(":")[0]) for line, words in survey.errors] == [
        (2, "claim"),
        (3, "text"),
        (4, "number"),
    ]


def test_a_table_that_waits_does_not_invite_who_has_left(place):
    who = place["all"]["attendee"]
    taken(place, f"name;team\nPort;other@example.org, {who.email.upper()}\n")
    privacy.forget(place["all"]["rival"])
    assert Upload.objects.exists()
    privacy.forget(who)
    assert not Upload.objects.exists()
