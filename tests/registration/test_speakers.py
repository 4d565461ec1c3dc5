"""Speakers of the programme who are participants: invited, and followed through re-imports."""

import pytest
from django.urls import reverse

from people.models import AuditEntry, Participant, Role
from sessions import speaking
from sessions.models import Edition, Session, Speaker
from sessions.schedule import importer
from sessions.schedule.document import Conference, Day, Event, Person, Schedule


def scopes_of(participant):
    return set(Role.objects.filter(participant=participant, name="speaker").values_list("scope", flat=True))


def test_an_invited_speaker_speaks_in_their_sessions(place, browser):
    path = reverse("registration:speaker", args=[place["slug"], place["speaker_page"]])
    listed = reverse("registration:speakers", args=[place["slug"]])
    assert "Li Ming" in browser().get(listed).text
    wrong = browser().post(path, {"email": "nonsense"})
    assert wrong.status_code == 422 and "nonsense" in wrong.text and "field-error" in wrong.text
    assert browser().post(path, {"email": "Li@example.org"}).status_code == 200
    li = Participant.objects.get(email="li@example.org")
    assert li.name == "Li Ming" and scopes_of(li) == {f"session:{place['session']}"}
    assert list(Session.objects.of(li)) == [Session.objects.get(pk=place["session"])]
    taken = browser().post(path, {"email": "other@example.org"})
    assert taken.status_code == 409 and not Participant.objects.filter(email="other@example.org").exists()
    assert "li@example.org" in browser().get(listed).text
    browser().post(path, {"unlink": str(li.pk)})
    assert not scopes_of(li) and Speaker.objects.get(pk=place["speaker_page"]).participant is None


def test_a_role_given_by_hand_stays_when_nothing_of_the_programme_changed(place):
    li, speaker = Participant.objects.create_user("li@example.org", name="Li"), Speaker.objects.get()
    other = f"session:{place['other_session']}"
    Role.objects.create(participant=li, name="speaker", scope=other)
    speaking.link(speaker, li, None)
    speaking.follow([], [(place["session"], speaker.pk)])  # still in the list: as another speaker, or put back
    assert scopes_of(li) == {other, f"session:{place['session']}"}


def schedule(*speakers_of):
    """Two sessions, and who speaks in each."""
    day = Day("2026-11-03")
    people = {"li": Person({"guid": "li"}, "Li Ming"), "ada": Person({"guid": "ada"}, "Ada")}
    events = [
        Event(
            where=f"event {number}",
            day=day,
            guid=f"g{number}",
            title=f"Talk {number}",
            date=f"2026-11-03T1{number}:00:00+01:00",
            duration="00:30",
            room="Agora",
            persons=tuple(people[name] for name in names),
        )
        for number, names in enumerate(speakers_of)
    ]
    conference = Conference(
        title="Congress", start="2026-11-03", end="2026-11-03", timezone="Europe/Madrid", city="Barcelona"
    )
    return Schedule(conference, [day], events)


@pytest.mark.django_db
def test_roles_follow_a_re_import():
    importer.apply(schedule(["li"], ["ada"]), "again")
    edition = Edition.objects.get(slug="again")
    first, second = edition.sessions.order_by("start")
    li = Participant.objects.create_user("li@example.org", name="Li")
    speaking.link(edition.speakers.get(name="Li Ming"), li, None)
    assert scopes_of(li) == {first.room_key}
    importer.apply(schedule(["ada"], ["ada", "li"]), "again")
    assert edition.speakers.get(name="Li Ming").participant == li and scopes_of(li) == {second.room_key}
    told = AuditEntry.objects.filter(participant_id=li.pk).order_by("pk").values_list("action", "scope")
    assert list(told)[-2:] == [("role.give", second.room_key), ("role.take", first.room_key)]
    before = AuditEntry.objects.count()
    importer.apply(schedule(["ada"], ["ada", "li"]), "again")
    assert AuditEntry.objects.count() == before
