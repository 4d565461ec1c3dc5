"""Many sessions are changed together: all or nothing, by the draft, and nothing that somebody else has changed."""

from datetime import datetime, time, timedelta

import pytest

from people.models import Role
from planning.models import Draft
from sessions.models import Session, Stage, Strand, Theme
from tests import world
from tests.planning.test_planning import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(session):
    """In the middle of a day: late in the evening a quarter of an hour leads into the next."""
    noon = datetime.combine(session.local_date, time(12), session.stage.host_city.zone)
    session.start, session.end = noon, noon + (session.end - session.start)
    session.save()
    return session


@pytest.fixture
def both(session):
    other = world.talk(session.edition, session.stage, "Second")
    Session.objects.filter(pk=other.pk).update(start=session.start, end=session.end)
    other.refresh_from_db()
    return [session, other]


@pytest.fixture
def page(base, session):
    return f"{base}?view=list&day={session.local_date}"


def seen(client, page):
    """The values of the boxes of the list, by session id."""
    text = client.get(page).text
    values = [part.split('"')[0] for part in text.split('name="of"')[1:] for part in part.split('value="')[1:2]]
    return {int(value.split(":")[0][1:]): value for value in values if value.startswith("s")}


def change(client, page, of, **data):
    return client.post(page.replace("planning/?", "planning/sessions/?"), {"of": of, **data})


def test_several_are_drafted_and_released_together(browser, both, edition, page, base):
    client = browser()
    theme = Theme.objects.create(edition=edition, name="Water", slug="water")
    strand = Strand.objects.create(edition=edition, name="Mobility", slug="mobility")
    starts = [each.start for each in both]
    of = seen(client, page)
    answer = change(client, page, [of[each.pk] for each in both], theme=theme.pk, strand=strand.pk, shift="15")
    assert answer.status_code == 302 and "2 sessions changed" in client.get(answer.url).text
    assert Draft.objects.count() == 2 and Session.objects.filter(theme=theme).count() == 0
    client.post(f"{base}release/", sent(client, f"{base}release/", "plan-release"))
    for each, start in zip(both, starts, strict=True):
        each.refresh_from_db()
        assert (each.theme, each.strand, each.start) == (theme, strand, start + timedelta(minutes=15))
    change(client, page, list(seen(client, page).values())[:1], strand="0")
    assert list(Draft.objects.values_list("values", flat=True)) == [{"strand": None}]


def test_what_somebody_else_changed_meanwhile_holds_up_all_of_it(browser, both, page, base):
    client = browser()
    of = seen(client, page)
    other = f"{base}sessions/s{both[1].pk}/"
    client.post(other, sent(client, other, title="Theirs"))
    refused = change(client, page, [of[each.pk] for each in both], shift="15")
    assert refused.status_code == 409 and "“Theirs”" in refused.text and "checked" in refused.text
    assert list(Draft.objects.values_list("values", flat=True)) == [{"title": "Theirs"}]


@pytest.mark.parametrize(
    ("data", "words"),
    [({}, "Choose what shall change"), ({"shift": "99999999"}, "less than or equal"), ({"stage": "0"}, "valid choice")],
)
def test_nothing_and_nonsense_is_refused(browser, both, page, data, words):
    client = browser()
    refused = change(client, page, list(seen(client, page).values()), **data)
    assert refused.status_code == 422 and words in refused.text and not Draft.objects.exists()
    assert change(client, page, [], shift="5").status_code == 422


def test_what_has_begun_is_not_moved_and_then_none_is(browser, both, page):
    Session.objects.filter(pk=both[1].pk).update(status="live")
    client = browser()
    refused = change(client, page, list(seen(client, page).values()), shift="5")
    assert refused.status_code == 409 and "“Second”" in refused.text and not Draft.objects.exists()


def test_a_moderator_and_who_may_see_it_hold_at_once(browser, place, both, page):
    client, chosen = browser(), place["people"]["session_moderator"]
    answer = change(client, page, list(seen(client, page).values()), moderator=chosen, visibility="registered")
    assert answer.status_code == 302 and not Draft.objects.exists()
    for each in both:
        each.refresh_from_db()
        assert each.visibility == "registered"
        assert Role.objects.filter(participant=chosen, scope=each.room_key, name="moderator").exists()
    stranger = place["people"]["outsider"]
    assert change(client, page, list(seen(client, page).values()), moderator=stranger).status_code == 422


def test_stages_come_some_at_a_time(browser, place, edition, session, base):
    for number in range(20):
        Stage.objects.create(
            edition=edition, host_city=edition.host_city, name=f"Room {number:02}", position=9 + number
        )
    first, second = (browser().get(f"{base}?stages={number}&day={session.local_date}").text for number in (1, 2))
    assert first.count('scope="col"') == 13 and second.count('scope="col"') == 11
    card = f'id="s{session.pk}"'
    assert card in first and card not in second
