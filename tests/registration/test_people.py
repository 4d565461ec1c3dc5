"""The people page: the list and its filter, and forms that lose nothing."""

import csv
import gzip
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import joining
from people.models import AuditEntry, Ban, JoinLink, Participant, Registration, Role
from registration.scopes import Scopes
from sessions.models import Edition, Stage
from tests import world

KEPT = "Something I wrote"


def address(place, name="people", *more):
    return reverse(f"registration:{name}", args=[place["slug"], *more])


def crowd(place, count, **fields):
    scope = f"edition:{place['edition']}"
    for number in range(count):
        one = Participant.objects.create_user(f"crowd{number}@example.org", name=f"Crowd {number:03}", **fields)
        Registration.objects.create(participant=one, scope=scope, pass_type="press", ticket=f"XK{number:03}-1")


def test_every_page_of_a_filtered_list_is_reached(place, browser):
    crowd(place, 130)
    client, seen, path = browser(), [], f"{address(place)}?q=Crowd&pass_type=press"
    while path:
        page = client.get(path)
        seen += re.findall(r"Crowd \d{3}", page.text)
        following = re.search(r'href="([^"]+)"[^>]*>\s*Next<', page.text)
        path = following and following[1].replace("&amp;", "&")
    assert sorted(set(seen)) == [f"Crowd {number:03}" for number in range(130)]


def test_the_list_of_everybody_goes_on_where_its_page_ends(place, browser):
    crowd(place, 60)

    def shown():
        pages = [browser().get(address(place) + query).text for query in ("", "?page=2")]
        listed = [[int(pk) for pk in re.findall(r'/people/(\d+)/"\s*><strong>', page)] for page in pages]
        assert len(listed[0]) == 50 and f"{len(sum(listed, []))} people" in pages[0]
        return sum(listed, [])

    before, order = shown(), Participant.objects.order_by("name", "pk")
    assert before == [person.pk for person in order if person.pk in before]
    renamed, gone = (Participant.objects.get(name=name).pk for name in ("Crowd 000", "Crowd 001"))
    Participant.objects.filter(pk=renamed).update(name="Zuletzt")
    Registration.objects.filter(participant=gone).delete()
    assert shown() == [*(pk for pk in before if pk not in (renamed, gone)), renamed]


def test_the_export_is_of_what_the_list_shows(place, browser):
    crowd(place, 3)
    listed = browser().get(f"{address(place)}?q=XK001", headers={"HX-Request": "true"}).text
    assert "<html" not in listed and "1 person" in listed
    path = re.search(r'href="([^"]+export.csv[^"]*)"', listed)[1].replace("&amp;", "&")
    rows = list(csv.DictReader(io.StringIO(browser().get(path).text.lstrip("\ufeff"))))
    assert [row["name"] for row in rows] == ["Crowd 001"]


def test_what_people_hold_of_other_editions_is_not_listed(place, browser):
    city = Edition.objects.get(pk=place["edition"]).host_city
    other = Edition.objects.create(
        name="Elsewhere", slug="elsewhere", host_city=city, start_date="2030-01-01", end_date="2030-01-02"
    )
    crowd(place, 1)
    held = {"participant": Participant.objects.get(name="Crowd 000"), "scope": f"edition:{other.pk}"}
    Role.objects.create(name="moderator", **held)
    Ban.objects.create(reason="Not here", **held)
    rows = browser().get(f"{address(place)}?q=Crowd", headers={"HX-Request": "true"}).text
    assert "Crowd 000" in rows and "Press" in rows and "Moderator" not in rows and "Banned" not in rows


def test_who_holds_a_role_of_something_is_found(place, browser):
    scope = f"session:{place['session']}"
    page = browser().get(address(place), {"scope": scope, "role": "moderator"}).text
    assert "session_moderator-" in page and "other_moderator-" not in page and "1 person" in page
    assert "2 people" not in browser().get(address(place), {"scope": "session:999999"}).text


def test_who_holds_a_role_in_a_session_is_found_by_words_of_its_title(place, browser):
    page = browser().get(address(place), {"session": "people STREETS", "role": "moderator"}).text
    assert "session_moderator-" in page and "other_moderator-" not in page and "1 person" in page
    assert "0 people" in browser().get(address(place), {"session": "zeppelin"}).text


def test_the_list_costs_the_same_with_a_thousand_sessions(place, browser, django_assert_max_num_queries):
    crowd(place, 120)
    edition, stage = Edition.objects.get(pk=place["edition"]), Stage.objects.get(pk=place["stage"])
    for number in range(1000):
        world.talk(edition, stage, f"{number} things that cities do")
    for query in (
        {},
        {"q": "crowd"},
        {"session": "things", "role": "speaker"},
        {"scope": f"session:{place['session']}"},
    ):
        with django_assert_max_num_queries(20):
            page = browser().get(address(place), query)
        assert page.text.count("things that cities do") <= 2 and len(gzip.compress(page.content)) < 15_000
    assert "Streets for people" in page.text.partition('name="scope"')[2]  # the one that is chosen


def test_a_role_and_a_ban_of_several_things_are_named_once(place, browser):
    who = Participant.objects.get(pk=place["people"]["other_speaker"])
    scopes = [f"session:{place['session']}", f"session:{place['other_session']}"]
    Role.objects.create(participant=who, name="moderator", scope=scopes[0])
    Role.objects.create(participant=who, name="speaker", scope=scopes[0])
    Role.objects.create(participant=who, name="moderator", scope=scopes[1])
    for scope in scopes:
        Ban.objects.create(participant=who, scope=scope, reason="Shouting")
    page = browser().get(address(place), {"q": "other_speaker-"}).text
    tags = re.findall(r'<span class="tag [^"]+"\s+title="([^"]*)">\s*(\w+)</span>', page)
    assert [name for _of, name in tags] == ["Banned", "Moderator", "Speaker"]
    assert all("Streets for people" in of and "Grids that listen" in of for of, _name in tags)
    rows = csv.DictReader(io.StringIO(browser().get(address(place, "export")).text.lstrip("\ufeff")))
    assert next(row["roles"] for row in rows if row["email"] == who.email).count(": ") == 4


@pytest.mark.django_db
def test_scopes_of_equal_names_are_told_apart_and_grouped(place):
    edition = Edition.objects.get(pk=place["edition"])
    other = Stage.objects.get(pk=place["other_stage"])
    world.talk(edition, other, "Streets for people")
    scopes = Scopes(edition)
    labels = [label for _group, options in scopes.choices for _scope, label in options]
    assert len(labels) == len(set(labels)) == 1 + 2 + 3
    assert any("Shanghai" in label and "Streets for people" in label for label in labels)
    assert scopes.holds(scopes.whole) and not scopes.holds("session:999999") and not scopes.holds("stage:x")


def test_a_scope_of_another_edition_is_not_within(place):
    other = world.build()
    assert not Scopes(Edition.objects.get(pk=place["edition"])).holds(f"session:{other['session']}")
    held = Role.objects.filter(Scopes(Edition.objects.get(pk=place["edition"])).within())
    assert held.exists() and not held.filter(scope__endswith=f":{other['session']}", name="guest").exists()


WRONG = [  # the form's view, what is sent, status
    ("invite", [], {"email": KEPT, "role": "speaker", "scope": "session:999999"}, 422),
    ("invite", [], {"email": "a@example.org", "name": "\u200b", "role": "speaker", "scope": KEPT}, 422),
    ("roles", ["other"], {"role": KEPT, "scope": "edition:0"}, 422),
    ("ban", ["other"], {"reason": KEPT, "length": "until", "until": "never"}, 422),
    ("ban", ["other"], {"reason": KEPT, "length": "until", "until": "2001-01-01T10:00"}, 409),
    ("ban", ["organiser"], {"reason": KEPT, "length": "hour"}, 409),
    ("registration", ["other"], {"pass_type": "?", "ticket": KEPT}, 422),
]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
@pytest.mark.parametrize(("name", "who", "data", "status"), WRONG)
def test_a_wrong_form_comes_back_with_what_was_written(place, browser, name, who, data, status, headers):
    pks = [place["people"]["other_speaker" if one == "other" else one] for one in who]
    answer = browser().post(address(place, name, *pks), data, headers=headers)
    assert answer.status_code == status and 'class="refusal" data-live-refusal' in answer.text
    assert ("field-error" in answer.text) == (status == 422)
    assert KEPT in answer.text
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("data", "hours"),
    [({"length": "hour"}, 1), ({"length": "good"}, None), ({"length": "tonight"}, "midnight"), ({}, None)],
)
def test_bans_of_usual_lengths(place, browser, data, hours):
    pk = place["people"]["attendee"]
    browser().post(address(place, "ban", pk), {"reason": "Shouting"} | data)
    ban = Participant.objects.get(pk=pk).bans.get()
    if hours == "midnight":
        local = ban.until.astimezone(Edition.objects.get(pk=place["edition"]).host_city.zone)
        assert (local.hour, local.minute) == (0, 0) and timedelta(0) < ban.until - timezone.now() <= timedelta(hours=25)
    else:
        assert ban.until is None if hours is None else timedelta(0) < ban.until - timezone.now() <= timedelta(hours=1)
    browser().post(address(place, "ban", pk), {"lift": ban.pk})
    assert not Participant.objects.get(pk=pk).bans.standing().exists()


def test_all_links_that_work_are_shown_and_revoked(place, browser):
    who = Participant.objects.get(pk=place["people"]["attendee"])
    scope = f"edition:{place['edition']}"
    own, theirs = joining.make(who, "/", who), joining.make(who, "/", None, scope="edition:999999")
    made = [joining.make(who, "/", None, scope=scope) for _number in range(7)]
    JoinLink.objects.filter(pk=made[0].pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    page = browser().get(address(place, "person", who.pk)).text
    assert [str(one.pk) in page for one in [own, theirs, *made]] == [False] * 3 + [True] * 6
    browser().post(address(place, "links", who.pk), {"revoke": str(made[1].pk)})
    browser().post(address(place, "links", who.pk), {"revoke": str(theirs.pk)})
    assert JoinLink.objects.filter(revoked_at=None).count() == 8
    browser().post(address(place, "links", who.pk), {"revoke": "all"})
    assert set(JoinLink.objects.filter(revoked_at=None)) == {own, theirs, made[0]}


def test_registrations_by_hand(place, browser):
    pk, client = place["people"]["outsider"], browser()
    Role.objects.create(participant_id=pk, name="attendee", scope=f"session:{place['session']}")
    client.post(address(place, "registration", pk), {"pass_type": "press", "ticket": "T\u202e1"})
    held = Registration.objects.get(participant=pk)
    assert (held.pass_type, held.ticket, held.scope) == ("press", "T1", f"edition:{place['edition']}")
    client.post(address(place, "registration", pk), {"change": held.pk, "pass_type": "jury", "ticket": "T1"})
    client.post(address(place, "registration", pk), {"cancel": held.pk})
    held.refresh_from_db()
    assert held.pass_type == "jury" and held.cancelled_at
    client.post(address(place, "registration", pk), {"restore": held.pk})
    client.post(address(place, "registration", pk), {"pass_type": "online"})
    assert Registration.objects.filter(participant=pk, cancelled_at=None).count() == 2
    taken = client.post(address(place, "registration", pk), {"pass_type": "online", "ticket": "T1"})
    assert taken.status_code == 409 and "has that ticket reference" in taken.text
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        f"registration.{step}" for step in ("add", "change", "cancel", "restore", "add")
    ]


def test_nobody_elses_registration_is_changed(place, browser):
    other = Registration.objects.get(participant=place["people"]["banned"])
    path = address(place, "registration", place["people"]["attendee"])
    assert browser().post(path, {"cancel": other.pk}).status_code == 404


def test_mail_that_does_not_go_out_is_told_and_the_link_stays_hidden(place, browser, monkeypatch):
    def broken(*_):
        raise OSError("no server")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    data = {"email": "new@example.org", "name": "Ne\u202ew", "role": "attendee", "scope": f"edition:{place['edition']}"}
    page = browser().post(address(place, "invite"), data | {"send": "on"})
    assert page.status_code == 200 and "/people/join/#" not in page.text and "could not be sent" in page.text
    assert Participant.objects.get(email="new@example.org").name == "New"


def sign_out_by_the_desk(place, browser, who):
    return browser().post(address(place, "sign_out", who.pk))


def test_the_desk_signs_out_its_own_people(place, browser):
    who, theirs = Participant.objects.get(pk=place["people"]["attendee"]), Client()
    theirs.force_login(who)
    ours, others = (joining.make(who, "/", None, scope=scope) for scope in (f"edition:{place['edition']}", "edition:0"))
    assert sign_out_by_the_desk(place, browser, who).status_code == 302
    assert theirs.get(reverse("people:account")).status_code == 302
    assert JoinLink.objects.get(pk=ours.pk).revoked_at and not JoinLink.objects.get(pk=others.pk).revoked_at


@pytest.mark.parametrize("kind", ["organiser", "operator"])
def test_the_desk_signs_out_nobody_who_runs_anything_else(place, browser, kind):
    other = world.build()
    pk = other["people"]["organiser"]
    if kind == "operator":
        Participant.objects.filter(pk=other["people"]["outsider"]).update(is_staff=True)
        pk = other["people"]["outsider"]
    who = Participant.objects.get(pk=pk)
    Registration.objects.create(participant=who, scope=f"edition:{place['edition']}", pass_type="press", ticket="XX-1")
    assert sign_out_by_the_desk(place, browser, who).status_code == 409
    assert not AuditEntry.objects.filter(action="sign_out").exists()
