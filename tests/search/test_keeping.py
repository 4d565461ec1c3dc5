"""The index goes with the things: in the same transaction, whichever way they are written, and back with it."""

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction

from cities import state, trust
from cities.models import Case, City, Organisation
from collaboration import signing
from common import clock
from common.registry import registry
from expo.models import Exhibitor, Stand
from people.models import Participant
from search.asking import question_of
from search.finding import Choice, Search, seen_by
from search.index import key_of, rebuild
from search.models import Found
from sessions.models import Edition, HostCity, Session, Speaker, Theme
from tests import world
from tests.cities.conftest import case_of, city_of, organisation_of
from tests.collaboration.conftest import draft_of
from tests.collaboration.conftest import organisation_of as partner_of

pytestmark = pytest.mark.django_db
PLAIN = Path(__file__).parent.parent / "sessions" / "data" / "plain.xml"


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    made["at"] = Session.objects.get(pk=made["session"])
    return made


def row(kind, thing):
    return Found.objects.filter(kind=kind, thing=thing.pk).first()


def test_a_session_is_written_with_it(place):
    session = place["at"]
    assert row("session", session).title == "Streets for people"
    session.title = "Roads for nobody"
    session.save()
    assert row("session", session).title_key == "roads for nobody"
    Session.objects.filter(pk=session.pk).update(title="By update")
    assert row("session", session).title == "By update"
    session.title = "By many"
    Session.objects.bulk_update([session], ["title"])
    assert row("session", session).title == "By many"
    pk = session.pk
    session.delete()
    assert not Found.objects.filter(kind="session", thing=pk).exists()


def test_many_at_once(place):
    at = place["at"]
    made = Session.objects.bulk_create(
        [Session(edition=at.edition, guid=f"n{n}", title=f"Talk {n}", stage=at.stage, start=at.start, end=at.end)
         for n in range(3)]
    )  # fmt: skip
    assert [row("session", each).title for each in made] == ["Talk 0", "Talk 1", "Talk 2"]


def test_its_parts_are_written_with_it(place):
    session, speaker = place["at"], Speaker.objects.get(pk=place["speaker_page"])
    assert "li ming" in row("session", session).key_tokens
    speaker.name = "Ada Lovelace"
    speaker.save()
    assert "ada lovelace" in row("session", session).key_tokens and row("speaker", speaker).title == "Ada Lovelace"
    session.speakers.clear()
    assert "ada" not in row("session", session).key_tokens
    speaker.sessions.add(session)
    assert "ada" in row("session", session).key_tokens
    speaker.sessions.clear()
    assert "ada" not in row("session", session).key_tokens
    speaker.sessions.add(session)
    speaker.delete()
    assert "ada" not in row("session", session).key_tokens
    city = HostCity.objects.get(pk=session.stage.host_city_id)
    city.name = "Badalona"
    city.save()
    assert "Badalona" in row("session", session).place
    session.theme = Theme.objects.create(edition=session.edition, slug="heat", name="Heat")
    session.save()
    assert row("session", session).themes == "|heat|"
    session.theme.delete()
    assert row("session", session).themes == ""


def test_what_nobody_searches_costs_nothing(place, django_assert_num_queries):
    session = place["at"]
    with django_assert_num_queries(1):
        session.save(update_fields=["status"])


def test_a_case_is_found_once_it_is_published_and_as_it_was(place):
    by = Participant.objects.get(pk=place["people"]["organiser"])
    organisation = organisation_of()
    city = city_of(organisation=organisation)
    case = case_of(city, by, "review")
    assert row("case", case) is None
    case = state.step(case.pk, "publish", by)
    assert row("case", case).title == "Trams" and row("case", case).themes == "|mobility|"
    Case.objects.filter(pk=case.pk).update(draft=case.draft | {"title": "Written since"})
    assert row("case", case).title == "Trams" and "since" not in row("case", case).title_tokens
    city.name = "Turku"
    city.save()
    assert row("case", case).place.startswith("Turku")
    Organisation.objects.filter(pk=organisation.pk).update(name="City of Turku")
    assert "turku" in row("case", case).key_tokens
    Organisation.objects.filter(pk=organisation.pk).update(is_public=False)
    assert "of turku" not in row("case", case).key_tokens
    case = state.step(case.pk, "withdraw", by, words="Old")
    assert row("case", case) is None


def test_an_exhibitor_is_found_while_it_is_public(place):
    exhibitor = Exhibitor.objects.create(edition=place["at"].edition, name="Pumps")
    assert row("exhibitor", exhibitor) is None
    Exhibitor.objects.filter(pk=exhibitor.pk).update(is_public=True)
    assert row("exhibitor", exhibitor).title == "Pumps"
    theme = Theme.objects.create(edition=exhibitor.edition, slug="heat", name="Heat")
    exhibitor.themes.set([theme])
    assert row("exhibitor", exhibitor).themes == "|heat|"
    host = place["at"].stage.host_city
    stand = Stand.objects.create(edition=exhibitor.edition, host_city=host, hall="4", number="B12")
    exhibitor.refresh_from_db()
    exhibitor.stand = stand
    exhibitor.save()
    assert "b12" in row("exhibitor", exhibitor).key_tokens
    exhibitor.is_public = False
    exhibitor.save()
    assert row("exhibitor", exhibitor) is None


def test_an_organisation_is_found_while_somebody_vouches_for_it(place):
    by = Participant.objects.get(pk=place["people"]["organiser"])
    organisation = organisation_of()
    assert row("organisation", organisation) is None
    made = trust.verify(organisation, by, "vouched", "seen", clock.now() + timedelta(days=9))
    assert row("organisation", organisation).title == organisation.name
    hidden = registry.searched["organisation"].hidden
    assert organisation.pk not in hidden(by)
    Organisation.objects.filter(pk=organisation.pk).update(level_until=clock.now() - timedelta(days=1))
    assert organisation.pk in hidden(by), "it lapses without a write"
    trust.end(made, by, "An impostor")
    assert row("organisation", organisation) is None


def test_of_a_commitment_the_text_in_force_is_found(place):
    by = Participant.objects.get(pk=place["people"]["organiser"])
    lagos = partner_of("City of Lagos", by)
    commitment = draft_of(place["at"].edition, lagos, title="Shade")
    version = signing.propose(commitment.pk, by)
    assert row("commitment", version) is None
    signing.sign(commitment.pk, lagos, by, version.digest, "Mayor")
    assert row("commitment", version).title == "Shade" and row("commitment", version).scope
    commitment.refresh_from_db()
    commitment.draft |= {"title": "More shade"}
    commitment.save()
    other = signing.propose(commitment.pk, by)
    assert row("commitment", version).title == "Shade" and row("commitment", other) is None
    signing.sign(commitment.pk, lagos, by, other.digest, "Mayor")
    assert row("commitment", version) is None and row("commitment", other).title == "More shade"
    Organisation.objects.filter(pk=lagos.pk).update(name="Lagos State")
    assert row("commitment", other).place == "Lagos State"


def test_two_sessions_of_one_title_are_told_apart(place, client):
    """By their day, time and stage, none of which is the other's; by their edition where all else is the same."""
    first = place["at"]
    start = first.start + timedelta(minutes=95)
    Session.objects.create(
        edition=first.edition, guid="again", title=first.title, stage=first.stage, start=start,
        end=start + timedelta(hours=1),
    )  # fmt: skip
    client.cookies["sessionid"] = place["cookies"]["organiser"]
    text = client.get("/search/", {"q": first.title, "kind": "session"}).text
    shown = re.findall(r'class="hit-place">(.*?)</p>', text, re.DOTALL)
    assert len(shown) == 2 and len({" ".join(each.split()) for each in shown}) == 2
    assert f"{start.astimezone(first.zone):%H:%M}" in text


def test_an_edition_is_chosen_where_hits_are_of_several(place, client):
    edition = place["at"].edition
    before = Edition.objects.create(
        name="The one before", slug="the-one-before", host_city=edition.host_city, start_date="2020-01-01",
        end_date="2020-01-02",
    )  # fmt: skip
    for each in (edition, before):
        Exhibitor.objects.create(edition=each, name="Pumpworks", is_public=True)
    page = client.get("/search/", {"q": "pumpworks"})
    assert page.text.count("The one before") == 2, "in its hit and as a choice"
    assert f"edition={before.pk}" in page.text
    page = client.get("/search/", {"q": "pumpworks", "edition": before.pk})
    assert page.context["found"].counts.total == 1 and page.text.count('class="hit"') == 1
    assert client.get("/search/", {"q": "pumpworks", "edition": "1' OR 1=1"}).context["found"].counts.total == 2
    Exhibitor.objects.filter(edition=before).delete()
    assert "edition=" not in client.get("/search/", {"q": "pumpworks"}).text


def test_what_is_taken_back_is_taken_back_there_too(place):
    with transaction.atomic():
        City.objects.create(name="Atlantis", slug="atlantis", country="Sea", region="europe")
        assert Found.objects.filter(title="Atlantis").exists()
        transaction.set_rollback(True)
    assert not Found.objects.filter(title="Atlantis").exists()


def test_rebuilding_writes_what_is_there_already(place):
    exhibitor = Exhibitor.objects.create(edition=place["at"].edition, name="Pumps", is_public=True)
    before = {(found.kind, found.thing): found.text_tokens + found.title for found in Found.objects.all()}
    Found.objects.filter(kind="session").delete()
    Found.objects.filter(kind="exhibitor").update(title="Stale")
    Found.objects.create(kind="exhibitor", thing=exhibitor.pk + 77, title="Ghost", title_key="ghost", url="/")
    Found.objects.create(kind="gone", thing=1, title="Ghost", title_key="ghost", url="/")
    told = []
    rebuild(lambda kind, done, of: told.append((kind, done, of)))
    assert {(found.kind, found.thing): found.text_tokens + found.title for found in Found.objects.all()} == before
    assert ("session", 2, 2) in told


def test_an_imported_schedule_is_found(place):
    call_command("import_schedule", str(PLAIN), edition="e26", stdout=StringIO())
    for session in Session.objects.filter(edition__slug="e26").prefetch_related("speakers"):
        found = row("session", session)
        assert found.title == session.title
        assert all(key_of(speaker.name) in found.key_tokens for speaker in session.speakers.all())
    assert Found.objects.filter(kind="speaker").count() == Speaker.objects.count() > 2


def test_two_codes_of_one_name_are_one_theme(place):
    """An edition's theme and a tag of Tomorrow.City may be called the same: one entry, which finds both."""
    edition = place["at"].edition
    for name, slug in (("Pumps", "heat"), ("Fans", "heat-and-health")):
        exhibitor = Exhibitor.objects.create(edition=edition, name=f"{name} canary", is_public=True)
        exhibitor.themes.set([Theme.objects.create(edition=edition, slug=slug, name="Heat")])
    names = {"heat": "Heat", "heat-and-health": "Heat"}
    question = question_of("canary")
    search = Search(question, seen_by(AnonymousUser()), names)
    for chosen in ("", "heat", "heat-and-health"):
        choice = Choice(theme=chosen)
        assert search.counts(choice).themes == {"Heat": 2}
        assert {hit.title for hit in search.hits(choice)} == {"Pumps canary", "Fans canary"}
