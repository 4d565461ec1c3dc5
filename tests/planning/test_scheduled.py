"""A release at a moment: what was seen is published then, and nothing else."""

import re
from datetime import timedelta

import pytest

from common import clock
from planning import drafting, scheduled
from planning.working import find
from scheduler import work
from scheduler.models import Job
from tests import world

pytestmark = pytest.mark.django_db


def test_a_release_at_a_moment_publishes_what_was_seen(browser, session, edition, organiser, base):
    other = world.talk(edition, session.stage, "Another")
    for each, title in ((session, "Renamed"), (other, "Renamed too")):
        drafting.put(edition, find(edition, f"s{each.pk}"), {"title": title}, organiser)
    client, address = browser(), f"{base}release/"
    seen = re.search('name="drawn_from" value="([^"]+)"', client.get(address).text)[1]
    drafts = list(edition.drafts.order_by("pk").values_list("pk", flat=True))
    data = {"drafts": drafts, "drawn_from": seen, "comment": "At noon"}
    assert client.post(address, data | {"at": "2020-01-01T12:00"}).status_code == 422
    moment = (clock.now() + timedelta(hours=2)).astimezone(edition.host_city.zone)
    data |= {"at": moment.strftime("%Y-%m-%dT%H:%M")}
    asked = client.post(address, data)
    assert asked.status_code == 200 and scheduled.planned(edition) is None
    assert "2 sessions change for everybody." in asked.text
    assert (
        f"{moment:%H:%M}</time> ·\n<bdi>{edition.host_city.name}</bdi>" in asked.text
        and 'class="yours" data-local="' in asked.text
    )
    sure = re.search('name="sure" value="([^"]+)"', asked.text)[1]
    for other_moment in ("", (moment + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")):
        assert client.post(address, data | {"at": other_moment, "sure": sure}).status_code == 200, "asked anew"
    assert not edition.releases.exists() and scheduled.planned(edition) is None
    assert client.post(address, data | {"sure": sure}).status_code == 302
    assert "2 changes are released on" in client.get(address).text and not edition.releases.exists()
    drafting.put(edition, find(edition, f"s{other.pk}"), {"title": "Not seen"}, organiser)
    Job.objects.filter(kind="planning.release").update(due_at=clock.now())
    work.do_due()
    session.refresh_from_db()
    other.refresh_from_db()
    assert (session.title, other.title) == ("Renamed", "Another")
    assert edition.releases.get().comment == "At noon" and edition.releases.get().by == organiser


def test_a_planned_release_is_taken_back_or_ends_with_the_organisers_right(browser, session, edition, organiser, base):
    drafting.put(edition, find(edition, f"s{session.pk}"), {"title": "Renamed"}, organiser)
    drafts = list(edition.drafts.values_list("pk", flat=True))
    scheduled.plan(edition, drafts, "", clock.now() + timedelta(hours=1), organiser)
    seen = re.search('name="at" value="([^"]+)"', browser().get(f"{base}release/").text)[1]
    scheduled.plan(edition, drafts, "", clock.now() + timedelta(hours=2), organiser)
    assert browser().post(f"{base}release/planned/", {"at": seen}).status_code == 409, "a colleague has planned another"
    browser().post(f"{base}release/planned/", {"at": scheduled.planned(edition).at.isoformat()})
    assert scheduled.planned(edition) is None
    scheduled.plan(edition, drafts, "", clock.now(), organiser)
    organiser.roles.all().delete()
    work.do_due()
    assert not edition.releases.exists() and scheduled.planned(edition) is None
