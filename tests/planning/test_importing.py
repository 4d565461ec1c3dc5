"""A file over what is published changes nothing by itself: what it says otherwise is drafted, released, and told."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from agenda.models import Saved
from common import clock
from notices.models import Notice
from people.models import AuditEntry
from planning.models import Draft
from scheduler import work
from scheduler.models import Job
from sessions.models import Session, Speaker
from tests.planning.test_planning import sent

pytestmark = pytest.mark.django_db
EVENT = """<event guid="{guid}"><date>{start}</date><duration>01:00</duration><title>{title}</title>{more}</event>"""
PERSONS = '<persons><person guid="{guid}">{name}</person></persons>'


def schedule(*events):
    room = f'<room name="Agora">{"".join(events)}</room>'
    return f'<schedule><conference><title>T</title></conference><day index="1">{room}</day></schedule>'.encode()


def event(session, hours=0, title="", more=""):
    start = (session.start + timedelta(hours=hours)).isoformat()
    return EVENT.format(guid=session.guid, start=start, title=title or session.title, more=more)


@pytest.fixture
def talk(place, session):
    """A session that begins on a whole minute, and has one speaker."""
    start = (clock.now() + timedelta(hours=5)).replace(second=0, microsecond=0)
    Session.objects.filter(pk=session.pk).update(start=start, end=start + timedelta(hours=1))
    session.refresh_from_db()
    return session


@pytest.fixture
def more(talk):
    return PERSONS.format(guid=talk.speakers.get().guid, name="Li Ming")


@pytest.fixture
def load(browser, base):
    def load(content):
        return browser().post(f"{base}import/", {"file": SimpleUploadedFile("schedule.xml", content)})

    return load


def test_what_a_file_moves_is_drafted_and_told_with_the_release(browser, place, talk, more, load, base):
    Saved.objects.create(participant_id=place["people"]["attendee"], session=talk)
    new = EVENT.format(guid="n", start=talk.start.isoformat(), title="Xk7new", more=PERSONS.format(guid="g", name="Bo"))
    answer = load(schedule(event(talk, 1, "Streets at noon", more), new))
    assert answer.status_code == 200 and answer.context["report"].created == answer.context["report"].updated == 1
    held = Session.objects.get(pk=talk.pk)
    assert (held.title, held.start) == (talk.title, talk.start) and not Notice.objects.exists()
    bo = Speaker.objects.get(name="Bo")
    assert not Session.objects.filter(title="Xk7new").exists()
    assert Client().get(bo.get_absolute_url()).status_code == 404
    assert "Xk7new" in browser().get(f"{base}release/").text
    browser().post(f"{base}release/", sent(browser(), f"{base}release/", "plan-release"))
    held.refresh_from_db()
    assert (held.title, held.start) == ("Streets at noon", talk.start + timedelta(hours=1))
    assert Session.objects.get(title="Xk7new", guid="n").speakers.get() == bo
    Job.objects.update(due_at=clock.now())
    work.do_due()
    assert Notice.objects.get(participant=place["people"]["attendee"]).kind == "moved"
    assert AuditEntry.objects.filter(action="planning.import").count() == 1


def test_the_same_file_again_changes_nothing_before_and_after_the_release(browser, talk, more, load, base):
    file = schedule(
        event(talk, 1, "Streets at noon", more), EVENT.format(guid="n", start=talk.start, title="N", more="")
    )
    load(file)
    again = [load(file).context["report"]]
    browser().post(f"{base}release/", sent(browser(), f"{base}release/", "plan-release"))
    again.append(load(file).context["report"])
    assert [(report.created, report.updated, report.unchanged) for report in again] == [(0, 0, 2)] * 2
    assert not Draft.objects.exists()


def test_what_the_file_does_not_change_stays_drafted(browser, talk, more, load, base):
    page = f"{base}sessions/s{talk.pk}/"
    browser().post(page, sent(browser(), page, title="Ours"))
    load(schedule(event(talk, 1, more=more)))
    assert (
        set(Draft.objects.get().values) == {"title", "start", "end"} and Draft.objects.get().values["title"] == "Ours"
    )


@pytest.mark.parametrize("content", [b"<schedule", b"{}", b"", b"\x00\x01", b"<a><b/></a>"])
def test_what_is_no_schedule_is_refused_in_words(browser, load, content):
    answer = load(content)
    assert answer.status_code == 422 and 'role="alert"' in answer.text and not Draft.objects.exists()


def test_the_command_drafts_over_what_is_published(tmp_path, edition, talk, more):
    path, out = tmp_path / "schedule.xml", StringIO()
    path.write_bytes(schedule(event(talk, 1, more=more)))
    options = {"edition": edition.slug, "stdout": out}
    call_command("import_schedule", str(path), dry_run=True, **options)
    assert not Draft.objects.exists()
    call_command("import_schedule", str(path), **options)
    assert "updated 1" in out.getvalue() and "drafted" in out.getvalue() and Draft.objects.count() == 1
    assert Session.objects.get(pk=talk.pk).start == talk.start
    call_command("import_schedule", str(path), at_once=True, **options)
    assert Session.objects.get(pk=talk.pk).start == talk.start + timedelta(hours=1)


def test_only_organisers_import(place, edition):
    assert Client().get(reverse("planning:import", args=[edition.slug])).status_code == 404
