"""Delegations: places, who approves whom, what they look for, the protocol's list."""

import pytest
from django.urls import reverse

from collaboration import delegating, protocol
from collaboration.models import Delegate, Delegation
from people.refusal import Refused
from tests.collaboration.conftest import delegation_of, organisation_of

pytestmark = pytest.mark.django_db
# state -> what a focal point, one of the nation, an organiser may do
OFFERED = {
    "nominated": (["withdraw"], ["approve", "refuse"], ["approve", "refuse"]),
    "approved": (["withdraw"], ["refuse"], ["refuse", "accredit"]),
    "accredited": (["withdraw"], [], ["suspend"]),
    "refused": ([], [], []),
    "withdrawn": ([], [], []),
}


@pytest.fixture
def desks(place):
    people = place["all"]
    nation = delegation_of(place["edition"], organisation_of("Nigeria"), people["speaker"].email)
    place["nation"] = nation
    place["city"] = delegation_of(place["edition"], place["lagos"], people["outsider"].email, within=nation, quota=2)
    return place


def nominated(desks, name="Ada", **fields):
    return delegating.nominate(desks["city"], Delegate(name=name, **fields), desks["all"]["outsider"])


@pytest.mark.parametrize("name", OFFERED)
def test_who_may_do_what_in_each_state(name):
    keys = ("own", "nation", "organiser")
    for at, steps in enumerate(OFFERED[name]):
        assert delegating.offered(name, **{key: key == keys[at] for key in keys}) == steps


def test_from_nominated_to_accredited(desks):
    delegate = nominated(desks)
    organiser, nation, own = (desks["all"][who] for who in ("organiser", "speaker", "outsider"))
    for who, action in ((own, "approve"), (nation, "accredit"), (own, "accredit")):
        with pytest.raises(Refused):
            delegating.take(delegate.pk, action, who, False)
    delegating.take(delegate.pk, "approve", nation, False, expected=0)
    with pytest.raises(Refused):
        delegating.take(delegate.pk, "accredit", organiser, True, expected=0)
    assert delegating.take(delegate.pk, "accredit", organiser, True, expected=1).state == "accredited"


def test_no_more_than_the_places(desks):
    nominated(desks)
    second = nominated(desks, "Bola")
    with pytest.raises(Refused):
        nominated(desks, "Chidi")
    delegating.take(second.pk, "withdraw", desks["all"]["outsider"], False)
    nominated(desks, "Chidi")


def test_one_head(desks):
    first = nominated(desks, is_head=True)
    with pytest.raises(Refused):
        nominated(desks, "Bola", is_head=True)
    delegating.take(first.pk, "withdraw", desks["all"]["outsider"], False)
    assert nominated(desks, "Bola", is_head=True).is_head


def test_a_need_is_private_until_it_is_published(desks, client):
    need = delegating.look_for(desks["city"], "Xk7canary pumps", desks["all"]["outsider"])
    public = reverse("collaboration:delegations", args=[desks["slug"]])
    assert "Xk7canary" not in client.get(public).text
    assert "City of Lagos" not in client.get(public, {"q": "xk7"}).text, "nor by searching"
    delegating.publish(need, True)
    assert "Xk7canary" in client.get(public, {"q": "xk7"}).text
    delegating.publish(need, False)
    assert "Xk7canary" not in client.get(public).text


def test_the_list_is_the_focal_points_and_the_organisers(desks, client):
    nominated(desks, "Xk7canary", office="Mayor")
    desk = desks["city"].get_absolute_url()
    protocol_pages = [reverse(f"collaboration:{name}", args=[desks["slug"]]) for name in ("protocol", "protocol_csv")]
    public = reverse("collaboration:delegations", args=[desks["slug"]])
    for who in desks["cookies"]:
        client.cookies["sessionid"] = desks["cookies"][who]
        seen = "Xk7canary" in client.get(desk).text
        assert seen == (who in ("outsider", "speaker", "organiser")), who
        for page in protocol_pages:
            assert ("Xk7canary" in client.get(page).text) == (who == "organiser"), who
        assert "Xk7canary" not in client.get(public).text, who


def test_a_focal_point_nominates_on_the_desk_and_the_nation_approves(desks, client):
    desk = desks["city"].get_absolute_url()
    client.cookies["sessionid"] = desks["cookies"]["speaker"]
    assert client.post(f"{desk}nominate/", {"name": "Ada"}).status_code == 403, "of the city, not of the nation"
    client.cookies["sessionid"] = desks["cookies"]["outsider"]
    assert client.post(f"{desk}nominate/", {"name": " "}).status_code == 422
    assert client.post(f"{desk}nominate/", {"name": "Ada", "office": "Mayor", "is_head": "on"}).status_code == 302
    delegate = Delegate.objects.get()
    step = {"action": "approve", "version": "0"}
    assert client.post(f"{desk}delegates/{delegate.pk}/", step).status_code == 409
    client.cookies["sessionid"] = desks["cookies"]["speaker"]
    assert client.post(f"{desk}delegates/{delegate.pk}/", step).status_code == 302
    delegate.refresh_from_db()
    assert delegate.state == "approved"
    assert desks["city"].get_absolute_url() in client.get(desks["nation"].get_absolute_url()).text


def test_the_protocol_has_nations_with_their_cities_and_heads_first(desks):
    nominated(desks, "Bola", office="=cmd()")
    nominated(desks, "Ada", is_head=True)
    delegating.nominate(desks["nation"], Delegate(name="Minister"), desks["all"]["speaker"])
    lines = protocol.as_csv(desks["edition"]).splitlines()
    assert [line.split(",")[3] for line in lines[1:]] == ['"Minister"', '"Ada"', '"Bola"']
    assert '"Nigeria","City of Lagos","yes","Ada"' in lines[2] and "'=cmd()" in lines[3]


def test_lists_of_hundreds_take_few_queries(desks, client, django_assert_max_num_queries):
    nations = [organisation_of(f"Nation {n}") for n in range(41)]
    heads = Delegation.objects.bulk_create(
        [Delegation(edition=desks["edition"], organisation=each) for each in nations]
    )
    cities = [organisation_of(f"Town {n}") for n in range(200)]
    Delegation.objects.bulk_create(
        Delegation(edition=desks["edition"], organisation=each, within=heads[n % 41]) for n, each in enumerate(cities)
    )
    client.cookies["sessionid"] = desks["cookies"]["organiser"]
    for name in ("manage", "protocol", "protocol_csv", "delegations"):
        with django_assert_max_num_queries(20):
            assert client.get(reverse(f"collaboration:{name}", args=[desks["slug"]])).status_code == 200
