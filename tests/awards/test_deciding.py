"""The chair's decision: sealed, provable, and nowhere to be read before it is opened."""

import hashlib
import json
import re

import pytest
from django.urls import reverse

from awards import deciding
from awards.models import Decision, Entry, Review
from common import clock
from people.models import AuditEntry
from people.refusal import Refused
from tests.awards.conftest import entry_of, judge_of, stranger
from tests.awards.test_entering import signed_in

pytestmark = pytest.mark.django_db
FINALISTS, WINNERS = deciding.FINALISTS, deciding.WINNERS


@pytest.fixture
def chair(place):
    judge_of(place["call"], place["all"]["moderator"], chair=True)
    return place["all"]["moderator"]


@pytest.fixture
def entries(place):
    return [entry_of(place["category"], place["all"]["attendee"], "eligible", title=f"Entry{n}X") for n in range(3)]


def states():
    return [entry.state for entry in Entry.objects.order_by("title")]


def test_finalists_are_public_when_they_are_opened(place, chair, entries):
    category = place["category"]
    for entry in entries[:2]:
        deciding.place(category, FINALISTS, entry.pk, "finalist", chair)
    deciding.place(category, FINALISTS, entries[1].pk, "", chair)
    with pytest.raises(Refused):
        deciding.open_finalists(category, chair)
    deciding.seal(category, FINALISTS, chair)
    assert states() == ["eligible"] * 3
    deciding.open_finalists(category, chair)
    assert states() == ["finalist", "eligible", "eligible"]
    deciding.close_finalists(category, chair)
    assert states() == ["eligible"] * 3


def test_the_seal_proves_the_list(place, chair, entries):
    deciding.place(place["category"], WINNERS, entries[0].pk, "winner", chair)
    decision = deciding.seal(place["category"], WINNERS, chair)
    assert decision.digest == hashlib.sha256(decision.sealed.encode()).hexdigest()
    assert len(json.loads(decision.sealed)["nonce"]) == 32, "a list of few cannot be guessed from its hash"
    entry = AuditEntry.objects.get(action="awards.seal")
    assert (entry.by_id, entry.details["digest"]) == (chair.pk, decision.digest)
    assert str(entries[0].pk) not in json.dumps(entry.details)


def test_what_is_sealed_is_not_changed(place, chair, entries):
    category = place["category"]
    deciding.place(category, WINNERS, entries[0].pk, "winner", chair)
    deciding.seal(category, WINNERS, chair)
    for attempt in (lambda: deciding.place(category, WINNERS, entries[1].pk, "winner", chair),
                    lambda: deciding.seal(category, WINNERS, chair)):  # fmt: skip
        with pytest.raises(Refused):
            attempt()
    deciding.unseal(category, WINNERS, chair)
    deciding.place(category, WINNERS, entries[1].pk, "winner", chair)
    assert AuditEntry.objects.filter(action="awards.unseal").exists()


def test_a_list_that_somebody_altered_is_not_opened(place, chair, entries):
    deciding.place(place["category"], FINALISTS, entries[0].pk, "finalist", chair)
    decision = deciding.seal(place["category"], FINALISTS, chair)
    altered = decision.sealed.replace(str(entries[0].pk), str(entries[1].pk))
    Decision.objects.update(sealed=altered)
    with pytest.raises(Refused, match="SHA-256"):
        deciding.open_finalists(place["category"], chair)
    assert states() == ["eligible"] * 3


@pytest.mark.parametrize(("kind", "honour"), [(FINALISTS, "winner"), (WINNERS, "finalist"), (WINNERS, "draft")])
def test_an_honour_belongs_to_its_decision(place, chair, entries, kind, honour):
    with pytest.raises(Refused):
        deciding.place(place["category"], kind, entries[0].pk, honour, chair)


def test_only_what_is_judged_gets_a_place(place, chair):
    for source in ("draft", "submitted", "ineligible", "withdrawn"):
        entry = entry_of(place["category"], place["all"]["attendee"], source)
        with pytest.raises(Refused):
            deciding.place(place["category"], WINNERS, entry.pk, "winner", chair)


def test_marks_stand_still_once_the_winners_are_sealed(place, chair, entries):
    judge = judge_of(place["call"], stranger(1))
    review = Review.objects.create(judge=judge, entry=entries[0])
    deciding.place(place["category"], WINNERS, entries[0].pk, "winner", chair)
    deciding.seal(place["category"], WINNERS, chair)
    from awards import jury

    with pytest.raises(Refused, match="sealed"):
        jury.save_marks(review.pk, {"impact": 1, "idea": 1}, "", True, judge.participant)


def test_the_chairs_page_decides(place, chair, entries):
    judge = judge_of(place["call"], stranger(1))
    for number, entry in enumerate(entries):
        marks = {"impact": number, "idea": 1}
        Review.objects.create(judge=judge, entry=entry, marks=marks, done_at=clock.now())
    client, category = signed_in(place, "moderator"), place["category"]
    page = client.get(reverse("awards:chair", args=[place["slug"]])).text
    assert page.index("Entry2X") < page.index("Entry1X") < page.index("Entry0X")
    sent = {"category": category.pk, "kind": "finalists"}
    address = reverse("awards:chair_decide", args=[place["slug"]])
    more = {"action": "place", "entry": entries[2].pk, f"honour-{entries[2].pk}": "finalist"}
    for step in (more, {"action": "seal"}, {"action": "open"}):
        shown = client.get(reverse("awards:chair", args=[place["slug"]])).text
        seen = re.search('name="seen" value="([^"]+)"', shown)[1]
        assert client.post(address, sent | step | {"seen": seen}).status_code == 302
    assert states() == ["eligible", "eligible", "finalist"]
    assert "Entry2X" in signed_in(place).get(reverse("awards:index", args=[place["slug"]])).text


def test_nobody_seals_or_changes_a_list_that_they_have_not_seen(place, chair, entries):
    category = place["category"]
    deciding.place(category, WINNERS, entries[0].pk, "winner", chair)
    seen = deciding.seen_of(Decision.objects.get())
    deciding.place(category, WINNERS, entries[1].pk, "winner", chair)
    for attempt in (
        lambda: deciding.seal(category, WINNERS, chair, seen=seen),
        lambda: deciding.place(category, WINNERS, entries[1].pk, "", chair, seen=seen),
    ):
        with pytest.raises(Refused, match="faster"):
            attempt()
    assert len(Decision.objects.get().places) == 2 and not Decision.objects.get().digest
    deciding.seal(category, WINNERS, chair, seen=deciding.seen_of(Decision.objects.get()))
    with pytest.raises(Refused, match="faster"):
        deciding.unseal(category, WINNERS, chair, seen=seen)
