"""The way of a case: five fields, review, versions, stale after 24 months; facets count what is true."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cities import content, finding, state
from cities.likeness import like
from cities.models import FRESH, Case
from cities.tags import tags_of
from common import clock
from people.refusal import Refused
from tests.cities.conftest import DRAFT, case_of, city_of, member_of, organisation_of
from tests.people.matrix import signed_in


@pytest.mark.parametrize("name", content.NEEDED)
def test_five_fields_are_enough_and_needed(place, name):
    needed = {key: DRAFT[key] for key in content.NEEDED}
    case = case_of(place["city"], place["all"]["attendee"], "draft")
    Case.objects.filter(pk=case.pk).update(draft={key: value for key, value in needed.items() if key != name})
    with pytest.raises(Refused):
        state.step(case.pk, "submit", place["all"]["attendee"])
    Case.objects.filter(pk=case.pk).update(draft=needed)
    assert state.step(case.pk, "submit", place["all"]["attendee"]).state == "review"


def test_completeness_counts_what_is_filled():
    assert content.completeness({}) == 0
    assert 30 < content.completeness({key: DRAFT[key] for key in content.NEEDED}) < 50
    empty = {"results": [{"indicator": "Trips", "before": "1", "after": "", "source": ""}]}
    assert content.completeness(empty) == 0


def test_what_is_published_stays_until_the_next_publication_and_versions_are_kept(place):
    by = place["all"]["attendee"]
    case = case_of(place["city"], by, title="First")
    Case.objects.filter(pk=case.pk).update(draft=DRAFT | {"title": "Second"})
    case = state.step(case.pk, "submit", by)
    assert (case.title, case.is_public, case.state) == ("First", True, "review")
    case = state.step(case.pk, "publish", by, author=by)
    assert case.title == "Second" and case.results.count() == 1
    assert [version.content["title"] for version in case.versions.all()] == ["Second", "First"]


def test_a_return_needs_words_which_are_in_the_dialogue(place):
    by = place["all"]["attendee"]
    case = case_of(place["city"], by, "review")
    with pytest.raises(Refused):
        state.step(case.pk, "return", by, words="")
    case = state.step(case.pk, "return", by, words="Which source?", author=place["all"]["organiser"])
    assert case.state == "returned" and case.messages.get().text == "Which source?"
    page = signed_in(place, "attendee").get(reverse("cities:own", args=[case.pk])).text
    assert "Which source?" in page


@pytest.mark.parametrize(
    ("at", "action", "to"),
    [
        ("draft", "publish", None),
        ("draft", "renew", None),
        ("review", "recall", "draft"),
        ("review", "submit", None),
        ("published", "renew", "published"),
        ("published", "withdraw", "withdrawn"),
        ("published", "hide", "returned"),
        ("returned", "submit", "review"),
        ("returned", "publish", None),
    ],
)
def test_steps(place, at, action, to):
    by = place["all"]["attendee"]
    case = case_of(place["city"], by, at)
    if to is None:
        with pytest.raises(Refused):
            state.step(case.pk, action, by, words="x")
        return
    case = state.step(case.pk, action, by, words="x")
    assert case.state == to and (case.is_public is (to == "published"))


def test_who_saw_an_older_state_is_told(place):
    case = case_of(place["city"], place["all"]["attendee"], "review")
    path = reverse("cities:decide", args=[case.pk])
    sent = {"action": "publish", "version": case.version - 1}
    assert signed_in(place, "organiser").post(path, sent).status_code == 409
    assert not Case.objects.get(pk=case.pk).is_public


def test_a_case_is_stale_after_24_months_and_due_until_somebody_renews_it(place):
    case = case_of(place["city"], place["all"]["attendee"])
    Case.objects.filter(pk=case.pk).update(reviewed_at=clock.now() - FRESH + timedelta(hours=1))
    assert not Case.objects.get().is_stale and not Case.objects.stale().exists()
    Case.objects.filter(pk=case.pk).update(reviewed_at=clock.now() - FRESH)
    assert Case.objects.get().is_stale and Case.objects.stale().exists()
    due = signed_in(place, "organiser").get(reverse("cities:queue") + "?state=due").text
    assert "Trams" in due
    state.step(case.pk, "renew", place["all"]["organiser"])
    assert not Case.objects.get().is_stale


def test_a_form_keeps_what_others_have_saved_meanwhile(place):
    case = case_of(place["city"], place["all"]["attendee"], "draft")
    path = reverse("cities:edit", args=[case.pk])
    page = signed_in(place, "attendee").get(path)
    form = page.context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    sent["drawn_from"] = form.marks
    changed = sent | {"problem": "Changed by the other"}
    assert signed_in(place, "attendee").post(path, changed).status_code == 302
    assert signed_in(place, "attendee").post(path, sent | {"title": "Mine"}).status_code == 302
    case.refresh_from_db()
    assert (case.draft["title"], case.draft["problem"]) == ("Mine", "Changed by the other")
    assert signed_in(place, "attendee").post(path, sent | {"title": "Third"}).status_code == 409


def counts_of(finder, name):
    return {str(value): int(text.rpartition("(")[2][:-1]) for value, text in finder.fields[name].choices[1:]}


def test_facets_count_what_one_gets_by_them(place):
    """Against a reference in Python, for each choice of each facet."""
    by = place["all"]["attendee"]
    small = city_of("Lohja", organisation_of("City of Lohja"), population=45_000)
    member_of(small.organisation, by)
    case_of(place["city"], by, themes=["mobility", "energy"], cost="tiny")
    case_of(place["city"], by, themes=["energy"], cost="tiny", stage="pilot")
    case_of(place["city"], by, themes=["mobility"], targets=["11.6"])
    case_of(small, by, themes=["mobility"], targets=["11.2", "11.6"])
    case_of(small, by, "review", themes=["mobility"])
    names = ("theme", "target", "cost", "size", "region", "stage")
    columns = ("title", "problem", "done")
    chosen = {"theme": "mobility"}
    finder = finding.Finder(Case.objects.public(), chosen, finding.facets(*names, prefix="city__"), columns)
    assert counts_of(finder, "theme") == {"mobility": 3, "energy": 2}  # what one would get by it
    assert finder.found().count() == 3
    for name in names:
        for value, count in counts_of(finder, name).items():
            other = finding.Finder(
                Case.objects.public(), chosen | {name: value}, finding.facets(*names, prefix="city__"), columns
            )
            assert other.found().count() == count, (name, value)


def test_text_finds_without_case_and_accents_and_nothing_hidden(place):
    by = place["all"]["attendee"]
    case_of(place["city"], by, title="Árboles en la calle")
    case_of(place["city"], by, "review", title="Arboles ocultos")
    page = signed_in(place, "anonymous").get(reverse("cities:cases"), {"q": "ARBOLES"}).text
    assert "Árboles en la calle" in page and "ocultos" not in page
    nothing = signed_in(place, "anonymous").get(reverse("cities:cases"), {"q": "x", "stage": "nonsense", "page": "-3"})
    assert nothing.status_code == 200


def test_cities_like_this_one_say_why(place):
    place["city"].tags.set(tags_of(["mobility", "energy"]))
    near = city_of("Gdynia", country="Poland", population=245_000)
    near.tags.set(tags_of(["energy"]))
    city_of("Lagos", country="Nigeria", region="africa", population=15_000_000)
    found = like(place["city"])
    assert [each["city"].name for each in found] == ["Gdynia"]
    assert [str(reason) for reason in found[0]["reasons"]] == ["245,000 people", "also works on Energy", "Europe"]


@pytest.mark.parametrize(("people", "size"), [(None, ""), (0, "town"), (99_999, "town"), (100_000, "medium"),
                                               (2_000_000, "metro"), (8_000_000, "mega")])  # fmt: skip
def test_size(place, people, size):
    assert city_of("Any", population=people).size == size


def test_a_case_page_has_few_queries(place, django_assert_max_num_queries):
    case = case_of(place["city"], place["all"]["attendee"])
    client = signed_in(place, "attendee")
    for path in (case.get_absolute_url(), place["city"].get_absolute_url(), reverse("cities:cases")):
        client.get(path)
        with django_assert_max_num_queries(20):
            assert client.get(path).status_code == 200
