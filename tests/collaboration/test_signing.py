"""One text that each party signs, once; another text is another version, which is signed anew."""

import pytest

from cities.models import Membership, Organisation
from collaboration import drafting, signing, state
from collaboration.models import Signature, Version
from people.models import AuditEntry
from people.refusal import Refused
from tests.collaboration.conftest import draft_of, signed_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment(place):
    return draft_of(place["edition"], place["lagos"], place["porto"])


def on_record(action):
    return [entry.details for entry in AuditEntry.objects.filter(action=f"collaboration.{action}").order_by("pk")]


def test_it_is_in_force_when_all_have_signed(place, commitment):
    version = signing.propose(commitment.pk, place["all"]["mayor"])
    assert version.commitment.number in version.text and "City of Porto" in version.text
    signing.sign(commitment.pk, place["lagos"], place["all"]["mayor"], version.digest, "Mayor")
    commitment.refresh_from_db()
    assert (commitment.state, commitment.is_public) == ("signing", False)
    signing.sign(commitment.pk, place["porto"], place["all"]["partner"], version.digest)
    commitment.refresh_from_db()
    assert (commitment.state, commitment.is_public, commitment.in_force) == ("track", True, version)
    assert commitment.due.isoformat() == commitment.draft["due"]
    assert [row["organisation"] for row in on_record("sign")] == [place["lagos"].pk, place["porto"].pk]
    assert {row["digest"] for row in on_record("sign") + on_record("propose")} == {version.digest}
    signature = Signature.objects.get(organisation=place["lagos"])
    assert (signature.name, signature.office, signature.digest) == ("Mayor", "Mayor", version.digest)


def test_nobody_signs_twice_or_for_others(place, commitment):
    mayor, partner = place["all"]["mayor"], place["all"]["partner"]
    version = signing.propose(commitment.pk, mayor)
    signing.sign(commitment.pk, place["lagos"], mayor, version.digest)
    for organisation, who in ((place["lagos"], mayor), (place["porto"], mayor), (place["lagos"], partner)):
        with pytest.raises(Refused):
            signing.sign(commitment.pk, organisation, who, version.digest)
    assert Signature.objects.count() == 1


def test_signatures_of_an_old_text_do_not_carry_over(place, commitment):
    mayor, partner = place["all"]["mayor"], place["all"]["partner"]
    old = signing.propose(commitment.pk, mayor)
    signing.sign(commitment.pk, place["lagos"], mayor, old.digest)
    commitment.refresh_from_db()
    drafting.save(commitment, commitment.draft | {"target": "20 of 80"})
    new = signing.propose(commitment.pk, partner)
    assert (new.number, new.signatures.count()) == (2, 0)
    with pytest.raises(Refused):
        signing.sign(commitment.pk, place["porto"], partner, old.digest)
    signing.sign(commitment.pk, place["porto"], partner, new.digest)
    commitment.refresh_from_db()
    assert not commitment.is_public, "Lagos has signed another text"
    [revised] = on_record("revise")
    assert revised["instead_of"] == old.digest and revised["signatures"] == 1 and revised["digest"] == new.digest


def test_a_text_in_force_counts_until_all_have_signed_the_next(place, commitment):
    signed_by(commitment, *place["hands"])
    first = commitment.in_force
    drafting.save(commitment, commitment.draft | {"title": "Shade for some schools"})
    second = signing.propose(commitment.pk, place["all"]["mayor"])
    signing.sign(commitment.pk, place["lagos"], place["all"]["mayor"], second.digest)
    commitment.refresh_from_db()
    assert (commitment.in_force, commitment.title, commitment.state) == (first, "Shade for every school", "track")
    signing.sign(commitment.pk, place["porto"], place["all"]["partner"], second.digest)
    commitment.refresh_from_db()
    assert (commitment.in_force, commitment.title) == (second, "Shade for some schools")
    assert list(first.signatures.values_list("digest", flat=True)) == [first.digest] * 2, "what was signed stays"


def test_a_text_that_was_taken_back_cannot_be_signed(place, commitment):
    version = signing.propose(commitment.pk, place["all"]["mayor"])
    signing.drop(commitment.pk, place["all"]["partner"])
    commitment.refresh_from_db()
    assert commitment.state == "draft" and commitment.proposed is None
    with pytest.raises(Refused):
        signing.sign(commitment.pk, place["lagos"], place["all"]["mayor"], version.digest)
    again = signing.propose(commitment.pk, place["all"]["mayor"])
    assert again.number == 2 and again.digest != version.digest


def test_the_same_words_are_not_proposed_again(place, commitment):
    signed_by(commitment, *place["hands"])
    with pytest.raises(Refused):
        signing.propose(commitment.pk, place["all"]["mayor"])


def test_what_is_not_complete_is_not_proposed(place, commitment):
    drafting.save(commitment, {"title": "Shade"})
    with pytest.raises(Refused) as refusal:
        signing.propose(commitment.pk, place["all"]["mayor"])
    assert refusal.value.status == 422 and not Version.objects.exists()


@pytest.mark.parametrize("changed", ["text", "content", "digest"])
def test_a_text_that_was_changed_in_the_database_is_not_signed_and_shows(place, commitment, client, changed):
    version = signing.propose(commitment.pk, place["all"]["mayor"])
    signing.sign(commitment.pk, place["lagos"], place["all"]["mayor"], version.digest)
    other = {"text": version.text.replace("80 of 80", "8 of 80"), "digest": "0" * 64}
    other["content"] = version.content | {"target": "8 of 80"}
    Version.objects.filter(pk=version.pk).update(**{changed: other[changed]})
    version = Version.objects.get(pk=version.pk)
    assert not signing.is_whole(version)
    with pytest.raises(Refused):
        signing.sign(commitment.pk, place["porto"], place["all"]["partner"], version.digest)
    client.cookies["sessionid"] = place["cookies"]["mayor"]
    assert "is not what was signed" in client.get(commitment.get_absolute_url()).text


def test_parties_change_only_while_it_is_a_draft(place, commitment):
    signing.propose(commitment.pk, place["all"]["mayor"])
    with pytest.raises(Refused):
        drafting.set_parties(commitment.pk, [place["lagos"]], place["all"]["mayor"])
    signing.drop(commitment.pk, place["all"]["mayor"])
    drafting.set_parties(commitment.pk, [place["lagos"]], place["all"]["mayor"])
    assert [party.organisation for party in commitment.parties.all()] == [place["lagos"]]
    with pytest.raises(Refused):
        drafting.set_parties(commitment.pk, [place["porto"]], place["all"]["mayor"])


STEPS_IN = {
    "draft": {"propose"},
    "signing": {"revise", "drop", "sign", "withdraw"},
    "track": {"revise", "drop", "sign", "report", "finish", "withdraw"},
    "late": {"revise", "drop", "sign", "report", "finish", "withdraw"},
    "silent": {"revise", "drop", "sign", "report", "finish", "withdraw"},
    "done": {"reopen"},
    "withdrawn": set(),
}


@pytest.mark.parametrize("name", STEPS_IN)
def test_the_steps_of_each_state(name):
    assert set(state.MACHINE.allowed(name)) == STEPS_IN[name]


@pytest.mark.parametrize("name", ["draft", "done", "withdrawn"])
def test_who_saw_something_else_is_told_so(place, commitment, name):
    type(commitment).objects.filter(pk=commitment.pk).update(state=name)
    with pytest.raises(Refused):
        state.step(commitment.pk, "withdraw", place["all"]["mayor"], reason="No money")


@pytest.mark.parametrize("wrong", [{"role": "editor"}, {"state": "asked"}, {"state": "ended"}])
def test_only_a_focal_point_signs(place, commitment, wrong):
    version = signing.propose(commitment.pk, place["all"]["mayor"])
    Membership.objects.filter(organisation=place["lagos"]).update(**wrong)
    with pytest.raises(Refused) as refusal:
        signing.sign(commitment.pk, place["lagos"], place["all"]["mayor"], version.digest)
    assert refusal.value.status == 403 and not Signature.objects.exists()


@pytest.mark.parametrize("wrong", [{"level": ""}, {"level_until": "2020-01-01T00:00Z"}])
def test_only_for_an_organisation_that_is_verified(place, commitment, wrong):
    version = signing.propose(commitment.pk, place["all"]["mayor"])
    Organisation.objects.filter(pk=place["lagos"].pk).update(**wrong)
    with pytest.raises(Refused):
        signing.sign(commitment.pk, place["lagos"], place["all"]["mayor"], version.digest)
