"""Who sees what of the awards: the public, entrants, co-authors, judges, the chair, organisers, speakers."""

import pytest
from django.test import Client
from django.urls import reverse

from awards import deciding
from awards.models import Review
from tests import world
from tests.awards.conftest import entry_of, judge_of, stranger
from tests.awards.test_entering import signed_in

pytestmark = pytest.mark.django_db
WHO = ["anonymous", "outsider", "attendee", "rival", "coauthor", "speaker", "moderator", "organiser", "banned"]
WHO += ["judge", "other_judge", "chair"]
# address -> who gets it; the entry is the attendee's and a co-author's, the review the judge's
PAGES = {
    "index": set(WHO) - {"banned"},
    "winners": set(WHO),
    "mine": {"attendee", "rival", "coauthor", "moderator", "organiser"},
    "entry": set(),
    "own": {"attendee", "coauthor"},
    "edit": {"attendee", "coauthor"},
    "check": {"organiser"},
    "queue": {"organiser"},
    "jury": {"organiser"},
    "call": {"organiser"},
    "new_panel": {"organiser"},
    "new_category": {"organiser"},
    "export": {"organiser"},
    "ceremony": {"moderator", "organiser"},
    "conflicts": {"chair"},
    "desk": {"judge", "other_judge"},
    "review": {"judge"},
    "chair": {"chair"},
}
WRITES = {
    "begin": PAGES["mine"],
    "step": PAGES["own"],
    "authors": PAGES["own"],
    "decide": {"organiser"},
    "distribute": {"organiser"},
    "new_panel": {"organiser"},
    "cue": {"moderator", "organiser"},
    "review": {"judge"},
    "recuse": {"judge"},
    "chair_decide": {"chair"},
    "scores": {"chair"},
}
BY_SLUG = {
    "new_panel",
    "new_category",
    "conflicts",
    "index",
    "mine",
    "queue",
    "jury",
    "call",
    "desk",
    "chair",
    "begin",
    "distribute",
    "chair_decide",
    "scores",
}


@pytest.fixture
def crowd(place):
    edition, session = place["at"].edition, place["at"]
    for name in ("rival", "coauthor"):
        made = place["all"][name] = world.participant(f"{name}-x", "attendee", edition, session)
        place["cookies"][name] = world.cookie(made)
    for name in ("judge", "other_judge", "chair"):
        made = place["all"][name] = stranger(name)
        place["cookies"][name] = world.cookie(made)
        place[name] = judge_of(place["call"], made, chair=name == "chair")
    place["entry"] = entry_of(place["category"], place["all"]["attendee"], "eligible", title="Xk7canary")
    place["entry"].authors.add(place["all"]["coauthor"])
    place["review"] = Review.objects.create(judge=place["judge"], entry=place["entry"])
    return place


def visitor(place, who):
    return Client() if who == "anonymous" else signed_in(place, who)


def address(place, name):
    if name == "winners":
        return reverse("awards:winners")
    if name == "export":
        return reverse("awards:export", args=[place["slug"], "json"])
    if name in ("ceremony", "cue"):
        return reverse(f"awards:{name}", args=[place["session"]])
    argument = place["slug"] if name in BY_SLUG else place["review" if name in ("review", "recuse") else "entry"].pk
    return reverse(f"awards:{name}", args=[argument])


@pytest.mark.parametrize("name", PAGES)
def test_pages(crowd, name):
    for who in WHO:
        status = visitor(crowd, who).get(address(crowd, name)).status_code
        assert (status == 200) == (who in PAGES[name]), (who, status)
        assert status in (200, 403, 404), who


@pytest.mark.parametrize("name", WRITES)
def test_writes_of_others_are_refused(crowd, name):
    for who in set(WHO) - WRITES[name]:
        answer = visitor(crowd, who).post(address(crowd, name), {})
        assert answer.status_code in (403, 404), who


def test_nobody_reads_an_entry_that_is_not_theirs_to_read(crowd):
    """Before it is public: its authors, organisers, its judge and, once it is judged, the chair."""
    for who in set(WHO) - {"attendee", "coauthor", "organiser", "judge"}:
        client = visitor(crowd, who)
        for name in PAGES.keys() - ({"conflicts"} if who == "chair" else set()):  # the titles of what is judged
            assert "Xk7canary" not in client.get(address(crowd, name)).text, (who, name)


def test_a_sealed_decision_is_nowhere_but_with_the_chair(crowd):
    category, chair = crowd["category"], crowd["all"]["chair"]
    deciding.place(category, deciding.WINNERS, crowd["entry"].pk, "winner", chair)
    deciding.seal(category, deciding.WINNERS, chair)
    seal = deciding.sealed_of(category, deciding.WINNERS)
    nonce = seal.sealed.split('"nonce": "')[1][:32]
    for who in ("anonymous", "attendee", "coauthor", "moderator", "organiser", "judge"):
        text = "".join(visitor(crowd, who).get(address(crowd, name)).text for name in PAGES)
        assert nonce not in text and "Winner<" not in text and "is-winner" not in text, who
    export = visitor(crowd, "organiser").get(reverse("awards:export", args=[crowd["slug"], "json"])).text
    assert "eligible" in export and "winner" not in export and nonce not in export
