"""Whatever is done in whatever order: no marks to another judge, no decision before its reveal, no entry to a rival."""

import uuid
from contextlib import suppress

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from awards import audience, ceremony, deciding, entering, jury, state
from awards.models import Call, Category, Cue, Decision, Entry, Review
from common import clock
from people.refusal import Refused
from polls.ballots import Vote, cast_all
from polls.models import Poll
from tests import world
from tests.awards.conftest import entry_of, judge_of, stranger
from tests.awards.test_entering import signed_in

pytestmark = pytest.mark.django_db
WINNERS, FINALISTS = deciding.WINNERS, deciding.FINALISTS
SHARE = "100 %"  # of the votes
TITLE, NOTE = "Xk7canary", "Zq9canary"
ALL_STEPS = ("accept", "refuse", "withdraw", "resume", "judge", "open_scores", "hide_scores", "seal", "unseal", "add")
ALL_STEPS += ("drop", "stage", "back", "show", "nominate", "publish", "unpublish")
ALL_STEPS += ("prize", "vote", "prize_stage", "prize_back", "prize_show")
MARKS = {"impact": 9, "idea": 5}
TO_THE_VOTE = ["accept", "nominate", "publish", "prize", "vote"]
WHOLE_WAY = ["accept", "judge", "seal", "add", "stage", "open_scores", "show", "back"]


@pytest.fixture
def stage(place):
    rival = place["all"]["rival"] = world.participant("rival-x", "attendee", place["at"].edition, place["at"])
    place["cookies"]["rival"] = world.cookie(rival)
    entry_of(place["category"], rival, city="Accra")
    place["run"] = reverse("awards:ceremony", args=[place["session"]])
    place["prize"] = Category.objects.create(call=place["call"], name="Golden Seat", kind="audience")
    entry_of(place["category"], place["all"]["attendee"], "finalist", city="Accra", title="Shade")
    place["entry"] = entry_of(place["category"], place["all"]["attendee"], title=TITLE)
    for name in ("judge", "other"):
        made = place["all"][name] = stranger(name)
        place["cookies"][name] = world.cookie(made)
        place[name] = Review.objects.create(judge=judge_of(place["call"], made), entry=place["entry"])
    return place


def take(place, name):
    """One step, by whom it is for."""
    entry, category, session = place["entry"], place["category"], place["at"]
    organiser, author = place["all"]["organiser"], place["all"]["attendee"]
    cue, prize = Cue.objects.exclude(honour="audience").first(), Cue.objects.filter(honour="audience").first()
    steps = {
        "accept": lambda: state.step(entry.pk, "accept", organiser),
        "refuse": lambda: state.step(entry.pk, "refuse", organiser, words="No"),
        "withdraw": lambda: entering.withdraw(entry.pk, author),
        "resume": lambda: entering.resume(entry.pk, author, clock.now()),
        "judge": lambda: jury.save_marks(
            place["judge"].pk, {"impact": 9, "idea": 5}, NOTE, True, place["all"]["judge"]
        ),
        "open_scores": lambda: Call.objects.update(scores_open=True),
        "hide_scores": lambda: Call.objects.update(scores_open=False),
        "seal": lambda: (
            deciding.place(category, WINNERS, entry.pk, "winner", organiser),
            deciding.seal(category, WINNERS, organiser),
        ),
        "unseal": lambda: deciding.unseal(category, WINNERS, organiser),
        "nominate": lambda: (
            deciding.place(category, FINALISTS, entry.pk, "finalist", organiser),
            deciding.seal(category, FINALISTS, organiser),
        ),
        "publish": lambda: deciding.open_finalists(category, organiser),
        "unpublish": lambda: deciding.close_finalists(category, organiser),
        "add": lambda: ceremony.add(session, category, organiser),
        "drop": lambda: ceremony.drop(session, category, organiser),
        "stage": lambda: cue and ceremony.run(cue.pk, "stage", organiser, cue.version),
        "back": lambda: cue and ceremony.run(cue.pk, "back", organiser, cue.version),
        "show": lambda: cue and ceremony.step(cue.pk, "show"),
        "prize": lambda: ceremony.add(session, place["prize"], organiser),
        "vote": lambda: prize and vote(place, prize),
        "prize_stage": lambda: prize and ceremony.run(prize.pk, "stage", organiser, prize.version),
        "prize_back": lambda: prize and ceremony.run(prize.pk, "back", organiser, prize.version),
        "prize_show": lambda: prize and ceremony.step(prize.pk, "show"),
    }
    with suppress(Refused), transaction.atomic():
        steps[name]()


def vote(place, prize):
    """The vote is opened, one person chooses the entry, it is closed."""
    by = place["all"]["organiser"]
    audience.step(prize, "open", by)
    pk = Poll.objects.get(sealed=True).pk
    chosen = Poll.objects.get(pk=pk).options.get(text__startswith=TITLE)
    secret = [str(uuid.UUID(int=1))]
    cast_all([Vote(place["all"]["rival"].pk, pk, {"secret": secret, "option": [str(chosen.pk)]})])
    audience.step(prize, "close", by)


def look(place, clients):
    """Ask the pages of those who must not know."""
    shown = {cue.honour for cue in Cue.objects.filter(state=Cue.State.SHOWN)}
    published = Decision.objects.filter(kind=FINALISTS, opened_at__isnull=False).exists()
    is_public = Entry.objects.get(pk=place["entry"].pk).is_public
    index, slug = reverse("awards:index", args=[place["slug"]]), [place["slug"]]
    pages = "".join(clients["rival"].get(path).text for path in (index, reverse("awards:mine", args=slug)))
    own = clients["attendee"].get(reverse("awards:own", args=[place["entry"].pk])).text
    export = clients["organiser"].get(reverse("awards:export", args=[*slug, "json"])).text
    entry = clients["rival"].get(reverse("awards:entry", args=[place["entry"].pk]))
    assert (TITLE in pages, entry.status_code) == (is_public, 200 if is_public else 404)
    assert not is_public or published or "winner" in shown
    running = "".join(clients["organiser"].get(path).text for path in (place["at"].get_absolute_url(), place["run"]))
    knows = SHARE in running + pages
    assert not knows or "audience" in shown
    assert knows or "audience" not in shown or not is_public, "the test can fail"
    if "winner" not in shown and "audience" not in shown:
        assert not [text for text in (pages, own, export, entry.text) if "is-winner" in text or '"winner"' in text]
    desk = clients["other"].get(reverse("awards:review", args=[place["other"].pk]))
    may_see = Call.objects.get().scores_open
    assert NOTE not in desk.text + own + pages + export
    assert desk.status_code == 404 or ("others-title" in desk.text) == may_see


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(WHOLE_WAY)
@example(WHOLE_WAY[:5])
@example(WHOLE_WAY[:-1])
@example(["accept", "nominate", "publish", "seal", "add", "stage", "unpublish"])
@example(TO_THE_VOTE)
@example([*TO_THE_VOTE, "prize_stage"])
@example([*TO_THE_VOTE, "prize_stage", "prize_show"])
@given(st.lists(st.sampled_from(ALL_STEPS), min_size=3, max_size=8))
def test_no_order_of_steps_tells_too_much(stage, names):
    clients = {who: signed_in(stage, who) for who in ("rival", "attendee", "organiser", "other")}
    with transaction.atomic():
        for name in names:
            take(stage, name)
        look(stage, clients)
        transaction.set_rollback(True)
