"""The ceremony: the hall sees a reveal at once, everybody else when their picture does, nobody before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from awards import ceremony, deciding, stage
from awards.models import Cue, Decision, Entry
from common import clock
from live.log import between
from live.models import Event, Room
from people.refusal import Refused
from show import address
from show.data import screen_data
from show.models import Show
from tests.awards.conftest import entry_of, judge_of
from tests.awards.test_entering import signed_in

pytestmark = pytest.mark.django_db
CANARY = "Xk7canary"


@pytest.fixture
def chair(place):
    judge_of(place["call"], place["all"]["moderator"], chair=True)
    return place["all"]["moderator"]


@pytest.fixture
def cues(place, chair):
    """The cues of a category with two finalists, a second and a winner, by honour; all sealed."""
    category, owner = place["category"], place["all"]["attendee"]
    winner = entry_of(category, owner, "eligible", title=CANARY)
    second = entry_of(category, owner, "eligible", title="Close")
    for entry in (winner, second):
        deciding.place(category, deciding.FINALISTS, entry.pk, "finalist", chair)
    deciding.seal(category, deciding.FINALISTS, chair)
    for entry, honour in ((winner, "winner"), (second, "second")):
        deciding.place(category, deciding.WINNERS, entry.pk, honour, chair)
    deciding.seal(category, deciding.WINNERS, chair)
    ceremony.add(place["at"], category, chair)
    return {cue.honour: cue for cue in place["at"].award_cues.all()}


def run(cue, action="stage", by=None):
    cue.refresh_from_db()
    return ceremony.run(cue.pk, action, by, cue.version)


def later(monkeypatch, seconds):
    moment = clock.now() + timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "now", lambda: moment)


def states():
    return {entry.title: entry.state for entry in Entry.objects.all()}


def everywhere(place):
    """All that somebody who is not the chair gets: pages, the export, and frames of the session's room."""
    texts = [Client().get(reverse("awards:winners")).text]
    for who in ("attendee", "organiser", "speaker"):
        client = signed_in(place, who)
        for name, arguments in (("index", [place["slug"]]), ("ceremony", [place["session"]])):
            texts.append(client.get(reverse(f"awards:{name}", args=arguments)).text)
        texts.append(client.get(place["at"].get_absolute_url()).text)
    texts.append(signed_in(place, "organiser").get(reverse("awards:export", args=[place["slug"], "json"])).text)
    for room in Room.objects.all():
        texts += [str(event.shown) for event in between(room.key, 0, room.head)]
    return "".join(texts)


def test_cues_are_those_of_the_sealed_lists_in_the_order_of_the_stage(cues):
    assert list(cues) == ["finalist", "second", "winner"]


def test_the_hall_sees_it_first_and_everybody_else_when_their_picture_does(place, cues, chair, monkeypatch):
    run(cues["winner"], by=chair)
    assert stage.on_screen(place["at"]).data["entries"][0]["title"] == CANARY
    assert states() == {CANARY: "eligible", "Close": "eligible"}
    assert stage.card(place["at"]) == {"reveal": None}
    ceremony.tick()
    assert states()[CANARY] == "eligible", "the seconds of the stream have not gone by"
    later(monkeypatch, 9)
    ceremony.tick()
    assert states() == {CANARY: "winner", "Close": "eligible"}
    assert stage.card(place["at"])["reveal"]["entries"][0]["title"] == CANARY
    assert Event.objects.filter(kind="awards.cue").count() == 1
    assert CANARY in Client().get(reverse("awards:winners")).text


def test_nothing_leaks_before_the_reveal(place, cues, chair, monkeypatch):
    def of_winners():
        return [word for word in ("is-winner", '"winner"', "is-second") if word in everywhere(place)]

    assert of_winners() == []
    run(cues["finalist"], by=chair)
    run(cues["second"], by=chair)
    run(cues["winner"], by=chair)
    assert of_winners() == [] and CANARY not in Client().get(reverse("awards:winners")).text
    later(monkeypatch, 9)
    ceremony.tick()
    assert of_winners(), "the test can fail"


def test_the_screen_has_the_envelope_and_before_it_nothing(place, cues, chair):
    screen = Client().get(address.path(Show.of(place["at"])))
    assert screen_data(place["at"])["mode"] == "holding" and CANARY not in screen.text
    run(cues["winner"], by=chair)
    screen = Client().get(address.path(Show.of(place["at"])))
    assert CANARY in screen.text and "award-envelope" in screen.text


def test_what_was_revealed_too_early_is_taken_back(place, cues, chair, monkeypatch):
    run(cues["winner"], by=chair)
    run(cues["winner"], "back", chair)
    later(monkeypatch, 9)
    ceremony.tick()
    assert states()[CANARY] == "eligible" and stage.on_screen(place["at"]) is None
    run(cues["winner"], by=chair)
    later(monkeypatch, 9)
    ceremony.tick()
    run(cues["winner"], "back", chair)
    assert states()[CANARY] == "eligible"
    assert CANARY not in everywhere(place).replace(f'"title": "{CANARY}"', ""), "of the export only"
    assert Event.objects.filter(room__key=place["at"].room_key, kind="live.rewritten").exists()


def test_the_list_is_published_when_all_of_it_is_shown(place, cues, chair, monkeypatch):
    place["call"].hold = 0
    place["call"].save()
    run(cues["finalist"], by=chair)
    assert states() == {CANARY: "finalist", "Close": "finalist"}
    nonce = deciding.sealed_of(place["category"], "honours").sealed
    index = reverse("awards:index", args=[place["slug"]])
    run(cues["second"], by=chair)
    assert not Decision.objects.get(kind="honours").opened_at
    run(cues["winner"], by=chair)
    assert states() == {CANARY: "winner", "Close": "second"}
    assert nonce.split('"')[-2] in Client().get(index).text and Decision.objects.get(kind="honours").opened_at
    with pytest.raises(Refused):
        deciding.unseal(place["category"], "honours", chair)


def test_two_operators_do_not_reveal_two_envelopes(place, cues, chair):
    client, url = signed_in(place, "organiser"), reverse("awards:cue", args=[place["session"]])
    sent = {"cue": cues["finalist"].pk, "version": 0, "action": "stage"}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 409
    assert Cue.objects.filter(state="staged").count() == 1


def test_a_list_that_was_altered_is_not_revealed(place, cues, chair):
    Decision.objects.filter(kind="honours").update(sealed="{}")
    with pytest.raises(Refused, match="SHA-256"):
        run(cues["winner"], by=chair)


def test_who_withdrew_meanwhile_gets_nothing(place, cues, chair, monkeypatch):
    Entry.objects.filter(title=CANARY).update(state="withdrawn")
    run(cues["winner"], by=chair)
    assert stage.on_screen(place["at"]).data["entries"] == []
    later(monkeypatch, 9)
    ceremony.tick()
    assert states()[CANARY] == "withdrawn"


def test_a_category_leaves_the_ceremony_while_nothing_of_it_is_revealed(place, cues, chair):
    run(cues["finalist"], by=chair)
    with pytest.raises(Refused):
        ceremony.drop(place["at"], place["category"], chair)
    run(cues["finalist"], "back", chair)
    ceremony.drop(place["at"], place["category"], chair)
    assert not place["at"].award_cues.exists()


@pytest.mark.parametrize("honour", ["third", "second", "mention", "winner"])
def test_each_honour_is_announced_and_prizes_stand_in_the_list_of_all_years(place, chair, monkeypatch, honour):
    category = place["category"]
    entries = [entry_of(category, place["all"]["attendee"], "eligible", title=title) for title in (CANARY, "Same")]
    for entry in entries:  # several may share one
        deciding.place(category, deciding.WINNERS, entry.pk, honour, chair)
    deciding.seal(category, deciding.WINNERS, chair)
    ceremony.add(place["at"], category, chair)
    assert CANARY not in Client().get(reverse("awards:winners")).text
    run(place["at"].award_cues.get(honour=honour), by=chair)
    later(monkeypatch, 9)
    ceremony.tick()
    assert states() == {CANARY: honour, "Same": honour}
    page = Client().get(reverse("awards:winners")).text
    assert (CANARY in page, "Same" in page) == (honour in ("winner", "mention"),) * 2
