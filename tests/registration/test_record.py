"""The record in words."""

import csv
import io

import pytest
from django.urls import reverse

from people import audit
from people.models import AuditEntry, Participant
from registration import desk, words
from registration.scopes import Scopes
from sessions.models import Edition, Session


@pytest.fixture
def done(place):
    edition, session = Edition.objects.get(pk=place["edition"]), Session.objects.get(pk=place["session"])
    by, who = (Participant.objects.get(pk=place["people"][role]) for role in ("organiser", "outsider"))
    desk.give(edition, who, "moderator", session.room_key, by)
    desk.ban(edition, Participant.objects.get(pk=place["people"]["attendee"]), "=1+1", None, by)
    audit.record(by, "session.access", session.room_key, visibility="passes", passes=["press"])


def test_entries_are_sentences(place, browser, done):
    page = browser().get(reverse("registration:record", args=[place["slug"]])).text
    assert "gave Outsider the role Moderator of Streets for people (" in page
    assert (
        "banned Attendee from the whole edition" in page
        and "passes: Press" in page
        and "role.give" not in page.replace('value="role.give"', "")
    )


def test_by_action_and_person(place, browser, done):
    path = reverse("registration:record", args=[place["slug"]])
    assert "1 entry" in browser().get(path, {"action": "ban"}).text
    assert "1 entry" in browser().get(path, {"q": "outsider"}).text
    assert "3 entries" in browser().get(path, {"q": "organiser"}).text
    assert "3 entries" in browser().get(path, {"action": "nonsense"}).text


def test_as_csv_without_formulas_on_the_editions_clock(place, browser, done):
    path = reverse("registration:record_export", args=[place["slug"]])
    rows = list(csv.DictReader(io.StringIO(browser().get(path, {"action": "ban"}).text.lstrip("\ufeff"))))
    assert [(row["by"], row["participant"], row["details"]) for row in rows] == [
        ("Organiser", "Attendee", "reason: =1+1")
    ]
    assert rows[0]["at"][-6:] in ("+01:00", "+02:00")
    assert AuditEntry.objects.filter(action="record.export").exists()


def test_every_action_that_is_recorded_has_words():
    import re
    from pathlib import Path

    found = set()
    for path in Path(__file__).resolve().parents[2].glob("*/**/*.py"):
        if path.parts[-2] != "tests" and ".venv" not in path.parts and "tests" not in path.parts:
            found |= set(re.findall(r'audit\.record\(\s*[\w.]+,\s*"([\w.]+)"', path.read_text()))
    assert len(found) > 12 and found - {"account.delete"} <= set(words.ACTIONS)  # that one is of no edition


@pytest.mark.parametrize(
    "details", [{}, {"role": "king"}, {"until": "never"}, {"passes": [None, 3]}, {"pass": {"a": 1}}]
)
@pytest.mark.parametrize("action", [*words.ACTIONS, "something.new"])
def test_any_entry_can_be_told(place, action, details):
    entry = AuditEntry(by_id=None, action=action, scope="session:999999", details=details)
    assert words.told([entry], Scopes(Edition.objects.get(pk=place["edition"])))[0]["words"]
