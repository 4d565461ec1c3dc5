"""Signing on stage: the hall and the session's page show who has signed, while the cue is open."""

import pytest
from django.test import Client
from django.urls import reverse

from collaboration import signing, stage
from collaboration.models import Signature, Signing
from live.models import Event
from people.refusal import Refused
from tests.collaboration.conftest import draft_of, signed_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def cue(place):
    """A signing that waits, of a commitment of two parties whose text is proposed."""
    commitment = draft_of(place["edition"], place["lagos"], place["porto"], title="Xk7canary")
    place["text"] = signing.propose(commitment.pk, place["all"]["mayor"])
    stage.bring(place["at"], commitment, place["all"]["organiser"])
    return Signing.objects.get()


def page(place, who=None):
    client = Client()
    if who:
        client.cookies["sessionid"] = place["cookies"][who]
    return client.get(place["at"].get_absolute_url()).text


def events():
    return list(Event.objects.filter(kind="collaboration.signing").values_list("data", flat=True))


def test_nothing_shows_before_it_is_opened(place, cue):
    assert stage.on_screen(place["at"]) is None and not events()
    assert "Xk7canary" not in page(place, "attendee")
    signing.sign(cue.commitment_id, *place["hands"][0], place["text"].digest)
    assert not events(), "no page is told of what it may not show"


def test_both_names_appear_one_after_the_other(place, cue):
    stage.step(cue.pk, "open", place["all"]["moderator"], expected=0)
    shown = stage.on_screen(place["at"]).data
    assert [party["signed"] for party in shown["parties"]] == [False, False]
    assert "Xk7canary" in page(place)
    for organisation, who in place["hands"]:
        signing.sign(cue.commitment_id, organisation, who, place["text"].digest, "Mayor")
    shown = stage.on_screen(place["at"]).data
    assert [party["name"] for party in shown["parties"]] == ["Mayor", "Partner"] and shown["complete"]
    assert shown["url"] == cue.commitment.get_absolute_url(), "from now on everybody may read it"
    assert events() == [{"session": place["session"]}] * 3, "it was opened, and two have signed"
    assert set(Signature.objects.values_list("session", flat=True)) == {place["session"]}
    assert all(name in page(place) for name in ("Mayor", "Partner"))


def test_closed_it_is_gone_from_stage_and_page(place, cue):
    by = place["all"]["moderator"]
    stage.step(cue.pk, "open", by, expected=0)
    stage.step(cue.pk, "close", by, expected=1)
    assert stage.on_screen(place["at"]) is None and "Xk7canary" not in page(place)
    assert Event.objects.filter(kind="live.rewritten", room__key=place["at"].room_key).exists()


def test_a_text_that_is_taken_back_on_stage_goes_at_once(place, cue):
    stage.step(cue.pk, "open", place["all"]["moderator"], expected=0)
    signing.drop(cue.commitment_id, place["all"]["mayor"])
    assert stage.on_screen(place["at"]) is None and "Xk7canary" not in page(place)


def test_one_signing_at_a_time(place, cue):
    by = place["all"]["moderator"]
    other = draft_of(place["edition"], place["lagos"], title="Another")
    signing.propose(other.pk, place["all"]["mayor"])
    stage.bring(place["at"], other, place["all"]["organiser"])
    stage.step(cue.pk, "open", by, expected=0)
    with pytest.raises(Refused):
        stage.step(other.signings.get().pk, "open", by, expected=0)
    with pytest.raises(Refused):
        stage.step(cue.pk, "close", by, expected=0)
    with pytest.raises(Refused):
        stage.take_away(cue, by)


def test_what_nobody_has_to_sign_comes_to_no_session(place):
    draft = draft_of(place["edition"], place["lagos"])
    signed = signed_by(draft_of(place["edition"], place["lagos"], title="Signed"), place["hands"][0])
    for commitment in (draft, signed):
        with pytest.raises(Refused):
            stage.bring(place["at"], commitment, place["all"]["organiser"])


def test_moderators_open_what_organisers_have_brought(place, cue):
    address = reverse("collaboration:change", args=[place["session"]])
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["session_moderator"]
    other = draft_of(place["edition"], place["lagos"], title="Another")
    signing.propose(other.pk, place["all"]["mayor"])
    assert client.post(address, {"bring": other.pk}).status_code == 404
    assert "Another" not in client.get(reverse("collaboration:signings", args=[place["session"]])).text
    assert client.post(address, {"signing": cue.pk, "action": "open", "version": 0}).status_code == 302
    cue.refresh_from_db()
    assert cue.state == "open"
