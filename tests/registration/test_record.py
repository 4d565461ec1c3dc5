"""The record in words."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.urls import reverse

from common.registry import registry
from people import audit
from people.models import AuditEntry, Participant
from polls import state as polls
from questions import state as questions
from registration import decisions, sentences
from registration.scopes import Scopes
from sessions import status
from sessions.models import Edition, Session

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def done(place):
    edition, session = Edition.objects.get(pk=place["edition"]), Session.objects.get(pk=place["session"])
    by, who = (Participant.objects.get(pk=place["people"][role]) for role in ("organiser", "outsider"))
    decisions.give(edition, who, "moderator", session.room_key, by)
    decisions.ban(edition, Participant.objects.get(pk=place["people"]["attendee"]), "=1+1", None, by)
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
    Participant.objects.filter(pk=place["people"]["attendee"]).update(name="=1+1")
    rows = list(csv.DictReader(io.StringIO(browser().get(path, {"action": "ban"}).text.lstrip("\ufeff"))))
    assert [(row["by"], row["participant"]) for row in rows] == [("Organiser", "'=1+1")]
    assert rows[0]["at"][-6:] in ("+01:00", "+02:00")
    assert AuditEntry.objects.filter(action="record.export").exists()


def test_every_action_that_is_recorded_has_words():
    machines = {"session": status.MACHINE, "questions": questions.MACHINE, "polls": polls.MACHINE}
    found = {"session.undo", "questions.undo"}
    for prefix, machine in machines.items():
        found |= {f"{prefix}.{action}" for action in {*machine.steps, *machine.others} - machine.own}
    for path in ROOT.glob("*/**/*.py"):
        if not {".venv", "tests"} & set(path.parts):
            text = path.read_text()
            found |= set(re.findall(r'audit\.record(?:_everywhere)?\(\s*[\w.]+,\s*"([\w.]+)"', text))
            if path.is_relative_to(ROOT / "questions"):
                found |= {f"questions.{one}" for one in re.findall(r'[^.]record\(\w+, "(\w+)"', text)}
    assert len(found) > 50 and found - {"account.change"} <= set(registry.record)  # that one is of no edition


@pytest.mark.parametrize(
    "details", [{}, {"role": "king"}, {"until": "never"}, {"passes": [None, 3]}, {"pass": {"a": 1}}]
)
def test_any_entry_can_be_told(place, details):
    scopes = Scopes(Edition.objects.get(pk=place["edition"]))
    for action in [*registry.record, "something.new"]:
        entry = AuditEntry(by_id=None, action=action, scope="session:999999", details=details)
        assert sentences.rows_of([entry], scopes)[0]["words"], action
