"""Finding: search and facets, bounded pages with 1,200 exhibitors, tables that are imported, approval."""

import gzip
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from expo import counted, finding, importing, plans, state, team
from expo.models import Exhibitor, Favourite, Stand, Upload
from people.refusal import Refused
from tests.expo.conftest import exhibitor_of
from tests.expo.test_rights import visitor

pytestmark = pytest.mark.django_db


def found(place, user=None, **wanted):
    from django.contrib.auth.models import AnonymousUser

    finder = finding.Finder(place["edition_row"], wanted)
    return [exhibitor.name for exhibitor in finder.exhibitors(user or AnonymousUser())]


def test_search_and_facets(place):
    Exhibitor.objects.filter(name="Kerbside Labs").update(products="Registre d’Été", country="Netherlands")
    exhibitor_of(place["edition_row"], "Hidden", is_public=False)
    assert found(place) == ["City of Tampere", "Kerbside Labs"]
    assert found(place, q="ete REGISTRE") == ["Kerbside Labs"]
    assert found(place, theme=place["theme"].pk) == ["City of Tampere"]
    assert found(place, kind="startup") == ["Kerbside Labs"]
    assert found(place, country="Finland") == ["City of Tampere"]
    assert found(place, city=place["edition_row"].host_city_id, hall="1") == ["City of Tampere", "Kerbside Labs"]
    assert found(place, theme="x", kind="y", city="-1") == ["City of Tampere", "Kerbside Labs"], "nonsense is ignored"
    Favourite.objects.create(exhibitor=place["exhibitor"], participant=place["all"]["attendee"])
    assert found(place, place["all"]["attendee"], saved="on") == ["City of Tampere"]


def test_here_now_are_those_who_said_so_and_were_seen(place):
    from allauth.usersessions.models import UserSession

    from common import clock

    staff = place["all"]["staff"]
    team.be_here(place["exhibitor"], staff, True)
    assert found(place, here="on") == []
    UserSession.objects.create(user=staff, session_key="x", ip="::1", last_seen_at=clock.now())
    assert found(place, here="on") == ["City of Tampere"]
    team.be_here(place["exhibitor"], staff, False)
    assert found(place, here="on") == []


def test_what_fits_has_its_reason(place):
    other = exhibitor_of(place["edition_row"], "TramPoint")
    other.themes.add(place["theme"])
    Favourite.objects.create(exhibitor=place["exhibitor"], participant=place["all"]["attendee"])
    (fit,) = finding.for_you(place["edition_row"], place["all"]["attendee"])
    assert (fit["exhibitor"].name, fit["theme"]) == ("TramPoint", "Mobility")


def test_1200_exhibitors_in_bounded_pages(place, django_assert_max_num_queries):
    edition = place["edition_row"]
    many = [
        Stand(edition=edition, host_city=edition.host_city, hall=f"Hall {at % 2}", number=f"C{at}", x=at % 30 * 5,
              y=at // 30 * 4, width=4, height=3) for at in range(1200)
    ]  # fmt: skip
    Stand.objects.bulk_create(many)
    text = "Sensors, streets and the people who look after them, explained in a sentence of usual length"
    Exhibitor.objects.bulk_create(
        Exhibitor(edition=edition, stand=stand, name=f"Company number {at}", is_public=True, claim=text)
        for at, stand in enumerate(many)
    )
    client = visitor(place, "attendee")
    for name, query in (("index", ""), ("index", "?q=number+77"), ("plan", "?hall=Hall+0")):
        path = reverse(f"expo:{name}", args=[place["slug"]]) + query
        client.get(path)
        with django_assert_max_num_queries(25):
            answer = client.get(path)
        assert len(answer.content) < 150_000, (path, len(answer.content))
        assert len(gzip.compress(answer.content)) < 30_000, path


def test_lists_and_plans_are_drawn_once_and_anew_after_each_change(place, monkeypatch):
    exhibitor, client = place["exhibitor"], visitor(place, "attendee")
    drawn = []
    for module, name in ((counted, "_count"), (plans, "_draw")):
        monkeypatch.setattr(module, name, _noting(getattr(module, name), drawn))
    pages = [reverse(f"expo:{name}", args=[place["slug"]]) for name in ("index", "plan")]

    def read():
        return [client.get(page).text for page in pages]

    def shown():
        return [mark in text for mark, text in zip(("City of Tampere", f'"s{exhibitor.pk}"'), read(), strict=True)]

    read(), read()
    assert sorted(drawn) == ["_count", "_draw"], "once for all"
    assert shown() == [True, True]
    Favourite.objects.create(exhibitor=exhibitor, participant=place["all"]["attendee"])
    listed, plan = read()
    assert "Saved" in listed and f'id="s{exhibitor.pk}" class="is-saved"' in plan
    assert "is-saved" not in visitor(place, "rival").get(pages[1]).text, "what one saved is in nothing that is shared"
    organiser = visitor(place, "organiser")
    where = {"host_city": exhibitor.stand.host_city_id, "hall": "2", "number": "Z9", "width": 2, "height": 2}
    assert organiser.post(reverse("expo:place", args=[exhibitor.pk]), where | {"x": 1, "y": 1}).status_code == 302
    assert "2 Z9" in read()[0]
    state.step(exhibitor.pk, "hide", place["all"]["organiser"])
    assert shown() == [False, False]
    state.step(exhibitor.pk, "show", place["all"]["organiser"])
    moved = importing.take(place["edition_row"], io.BytesIO(b"name,hall,stand,x\nKerbside Labs,1,A2,40\n"), "t.csv")
    importing.apply(moved, place["all"]["organiser"], importing.survey(moved).mark)
    assert "translate(40 0)" in read()[1]


def _noting(function, noted):
    def noting(*given):
        noted.append(function.__name__)
        return function(*given)

    return noting


TABLE = """Name;Type;Country;Themes;Hall;Stand;Team
City of Tampere;city;Finland;Mobility;1;A1;
Trampoint;Company;Poland;Mobility;2;B1;anna@example.org
Nameless;spaceship;;;;;
;city;;;;;
"""


def taken(place, text=TABLE):
    return importing.take(place["edition_row"], io.BytesIO(text.encode()), "table.csv")


def test_a_dry_run_writes_nothing_and_says_what_would_happen(place):
    before = Exhibitor.objects.count(), Stand.objects.count()
    survey = importing.survey(taken(place))
    assert survey.counts == {"new": 1, "changed": 0, "same": 1}
    assert [line for line, _words in survey.errors] == [4, 5]
    assert (Exhibitor.objects.count(), Stand.objects.count()) == before


def test_applying_does_what_was_said_and_once_more_changes_nothing(place):
    survey = importing.survey(taken(place))
    done = importing.apply(Upload.objects.get(), place["all"]["organiser"])
    assert (done.counts, len(done.errors)) == (survey.counts, 2)
    made = Exhibitor.objects.get(name="Trampoint")
    assert (str(made.stand), made.team.get().email, made.is_public) == ("2 B1", "anna@example.org", True)
    assert importing.survey(taken(place)).counts == {"new": 0, "changed": 0, "same": 2}


@pytest.mark.parametrize("text", ["", "country\nFinland\n", "\0\0\0"])
def test_what_is_no_table_is_refused(place, text):
    with pytest.raises(Refused):
        taken(place, text)


def test_what_a_team_writes_is_public_only_once_it_is_approved(place):
    exhibitor, organiser = place["exhibitor"], place["all"]["organiser"]
    client, path = visitor(place, "staff"), reverse("expo:profile", args=[exhibitor.pk])
    sent = {"name": "City of Tampere", "kind": "city", "claim": "Xk7canary", "themes": [place["theme"].pk]}
    assert client.post(path, sent | {"website": "javascript:alert(1)"}).status_code == 422
    assert client.post(path, sent | {"links": "x | data:text/html,x"}).status_code == 422
    assert client.post(path, sent | {"submit": "1"}).status_code == 302
    assert "Xk7canary" not in Client().get(exhibitor.get_absolute_url()).text
    assert client.post(path, sent).status_code == 409, "while it is looked at it stays as it is"
    with pytest.raises(Refused):
        state.step(exhibitor.pk, "return", organiser)
    state.step(exhibitor.pk, "return", organiser, words="Say it in other words")
    assert "Say it in other words" in client.get(path).text
    state.step(exhibitor.pk, "submit", place["all"]["staff"])
    state.step(exhibitor.pk, "approve", organiser)
    assert "Xk7canary" in Client().get(exhibitor.get_absolute_url()).text
    state.MACHINE.undo(exhibitor.pk, organiser)
    assert "Xk7canary" not in Client().get(exhibitor.get_absolute_url()).text


def test_of_two_who_write_at_once_nobody_overwrites_the_other(place):
    exhibitor = place["exhibitor"]
    first, second = (visitor(place, who) for who in ("staff", "colleague"))
    path = reverse("expo:profile", args=[exhibitor.pk])
    drawn = first.get(path).context["form"].marks
    sent = {"name": "City of Tampere", "kind": "city", "country": "Finland", "drawn_from": drawn}
    assert first.post(path, sent | {"claim": "Trams"}).status_code == 302
    assert second.post(path, sent | {"claim": "Buses"}).status_code == 409
    exhibitor.refresh_from_db()
    assert exhibitor.draft["claim"] == "Trams"


def test_a_table_that_nobody_applied_goes_after_a_day(place):
    upload = taken(place)
    importing.forget_abandoned({})
    assert Upload.objects.filter(pk=upload.pk).exists()
    Upload.objects.update(at=clock.now() - timedelta(hours=25))
    importing.forget_abandoned({})
    assert not Upload.objects.exists()
