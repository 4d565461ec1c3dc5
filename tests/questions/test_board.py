"""The moderators' board: what its page costs, its portions, and the stage's steps with their way back."""

import gzip
import json
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from questions import back, queue
from questions.models import Change, Note, Question, QuestionSettings, State, Upvote
from questions.state import next_question, step

pytestmark = pytest.mark.django_db
STATES = [State.PENDING] * 10 + [State.APPROVED] * 7 + [State.ANSWERED] * 2 + [State.DISMISSED]
MOST_QUERIES, MOST_BYTES = 20, 30_000


@pytest.fixture
def board(place, session):
    """`board(name, **query)`: what the moderator gets."""
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    return lambda name="board", **query: client.get(reverse(f"questions:{name}", args=[session.pk]), query)


@pytest.fixture
def crowd(session, people):
    """Two thousand questions of 200 characters, twenty of them queued, one on stage; votes and notes."""
    words = "How does the city pay for trams, shade and water in every street, and who decides which one is first? "
    ids = [uuid.uuid4() for _ in range(2000)]
    states = [STATES[number % len(STATES)] for number in range(2000)]
    states[:21] = [State.QUEUED] * 20 + [State.ON_STAGE]
    rows = [
        Question(pk=pk, root_id=pk, session=session, asker=people["attendee"], text=f"{n} {words * 2}"[:200], state=to)
        for n, (pk, to) in enumerate(zip(ids, states, strict=True))
    ]
    Question.objects.bulk_create(rows)
    Upvote.objects.bulk_create([Upvote(question_id=pk, participant=people["speaker"]) for pk in ids[::3]])
    Note.objects.bulk_create([Note(question_id=pk, author=people["organiser"], text="Look") for pk in ids[:60]])
    return rows


def column(html, name):
    """The ids of the cards in a list of the page."""
    part = re.search(rf'<ol id="column-{name}".*?</ol>', html, re.DOTALL)
    return re.findall(r'id="card-([\w-]+)"', part[0]) if part else []


def test_a_board_of_two_thousand_questions_stays_in_its_budget(board, crowd):
    board()  # what is kept from the first page on is kept
    with CaptureQueriesContext(connection) as queries:
        response = board()
    assert len(queries) <= MOST_QUERIES, "\n".join(query["sql"][:150] for query in queries)
    assert len(gzip.compress(response.content, 6)) <= MOST_BYTES
    html = response.text
    assert [len(column(html, name)) for name in ("pending", "approved", "done", "aside")] == [50, 25, 0, 0]
    assert len(column(html, "queue")) == 20 and len(column(html, "stage")) == 1


def test_the_rest_comes_by_portions_that_are_whole_together(board, crowd):
    got = []
    while portion := re.findall(r'id="card-([\w-]+)"', board("columns", column="aside", start=len(got)).text):
        got += portion
        assert len(portion) <= 50
    wanted = {str(question.pk) for question in crowd if question.state == State.DISMISSED}
    assert len(wanted) > 90 and set(got) == wanted and len(got) == len(wanted)
    with CaptureQueriesContext(connection) as queries:
        board("columns", column="pending", start=50)
    assert len(queries) <= MOST_QUERIES


def test_what_is_searched_narrows_the_lists_and_never_the_queue(board, session, asked, people):
    for text, language in (("Trams?", "en"), ("Bäume?", "de"), ("Wer zahlt?", "de")):
        question = asked(text, language=language)
        Question.objects.filter(pk=question.pk).update(language=language)
    step(question.pk, "approve", people["moderator"])
    step(question.pk, "queue", people["moderator"])
    html = board(language="en").text
    assert "Trams?" in html and "Bäume?" not in html
    assert column(html, "queue") == [str(question.pk)]
    texts = re.findall(r"data-searched>(.*?)<", board("columns", sort="newest").text)
    assert texts.index("Bäume?") < texts.index("Trams?")


@pytest.fixture
def on_air(asked, people):
    """Three questions: one on stage, two in the queue."""
    questions = [asked(text) for text in ("On stage", "First", "Second")]
    for question in questions:
        for action in ("approve", "queue"):
            step(question.pk, action, people["moderator"])
    step(questions[0].pk, "stage", people["moderator"])
    return [Question.objects.get(pk=question.pk) for question in questions]


def fresh(*questions):
    return [Question.objects.get(pk=question.pk) for question in questions]


def undone(http, session, response):
    """Press "Undo" for what a response has told of."""
    told = json.loads(response.headers["HX-Trigger"])["questions:stepped"]
    return http("moderator", "undo", session.pk, id=told["undo"])


def line(session):
    return [question.text for question in queue.ordered(session)]


def test_after_a_mistaken_next_one_press_brings_the_former_back(http, session, on_air):
    former, first, _second = on_air
    response = http("moderator", "next", session.pk, expected=str(former.pk))
    assert [question.state for question in fresh(former, first)] == [State.ANSWERED, State.ON_STAGE]
    assert undone(http, session, response).status_code == 204
    assert [question.state for question in fresh(former, first)] == [State.ON_STAGE, State.QUEUED]
    assert line(session) == ["First", "Second"]


def test_another_is_brought_on_stage_while_one_is_there_and_back(http, session, on_air):
    former, first, second = on_air
    reference = f"{second.pk}:{second.version}"
    assert (
        http("moderator", "step", session.pk, id=reference, action="stage").status_code == 409
    )  # not seen, not swapped
    response = http("moderator", "step", session.pk, id=reference, action="stage", on_stage=str(former.pk))
    assert response.status_code == 204
    assert fresh(second)[0].state == State.ON_STAGE and line(session) == ["On stage", "First"]
    assert undone(http, session, response).status_code == 204
    assert fresh(former)[0].state == State.ON_STAGE and line(session) == ["First", "Second"]
    assert fresh(first)[0].version == first.version


def test_who_saw_another_one_on_stage_is_told_and_nothing_moves(http, session, on_air, people):
    former, first, second = on_air
    next_question(session, people["organiser"], expected=str(former.pk))
    second = fresh(second)[0]
    data = {"id": f"{second.pk}:{second.version}", "action": "stage", "on_stage": str(former.pk)}
    response = http("moderator", "step", session.pk, **data)
    assert response.status_code == 409 and "another question is on stage" in response.text
    assert fresh(first)[0].state == State.ON_STAGE


def test_a_question_goes_from_the_stage_to_the_front_of_the_queue(http, session, on_air):
    former = fresh(on_air[0])[0]
    response = http("moderator", "step", session.pk, id=f"{former.pk}:{former.version}", action="requeue")
    assert response.status_code == 204 and line(session) == ["On stage", "First", "Second"]
    undone(http, session, response)
    assert fresh(former)[0].state == State.ON_STAGE and line(session) == ["First", "Second"]


def test_nothing_is_taken_back_when_a_colleague_has_gone_on(http, session, on_air, people):
    former, first, _second = on_air
    response = http("moderator", "next", session.pk, expected=str(former.pk))
    step(first.pk, "skip", people["organiser"])
    assert undone(http, session, response).status_code == 409
    assert [question.state for question in fresh(former, first)] == [State.ANSWERED, State.SKIPPED]


def test_many_steps_are_taken_back_together(http, session, asked):
    questions = [asked(text) for text in ("One", "Two")]
    references = [f"{question.pk}:0" for question in questions]
    response = http("moderator", "step", session.pk, id=references, action="dismiss", reason="Not a question")
    assert {question.state for question in fresh(*questions)} == {State.DISMISSED}
    assert undone(http, session, response).status_code == 204
    assert {question.state for question in fresh(*questions)} == {State.PENDING}
    assert http("moderator", "undo", session.pk, id="nonsense").status_code == 409


def test_somebody_is_banned_from_the_board(place, session, people, asked):
    asked()
    client = Client(headers={"HX-Request": "true"})
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    url = reverse("registration:bans", args=[session.pk])
    form = client.get(url, {"who": people["attendee"].pk}).text
    assert "<html" not in form and "Insults or threats" in form
    seen = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', form))
    data = seen | {"who": people["attendee"].pk, "reason": "Advertising", "length": "hour"}
    response = client.post(url, data)
    assert response.status_code == 200 and "is banned" in response.text
    assert client.post(url, data | {"reason": ""}).status_code in (409, 422)


def test_a_speaker_takes_a_press_too_many_back(http, session, on_air, people):
    """A clicker fires by itself: the one before is on stage again, the next one first in the queue."""
    former, following, _last = on_air
    pressed = http("speaker", "next", session.pk, expected=str(former.pk), **{"from": "speaker"})
    assert "Back to the one before" in pressed.text and "hx-swap-oob" in pressed.text
    assert http("moderator", "next", session.pk, back="1").status_code == 409, "it is not their press"
    taken = http("speaker", "next", session.pk, back="1")
    assert taken.status_code == 200 and "Back to the one before" not in taken.text
    for question, state in ((former, "on_stage"), (following, "queued")):
        question.refresh_from_db()
        assert question.state == state
    assert http("speaker", "next", session.pk, back="1").status_code == 409, "there is nothing more to take back"


def test_what_has_changed_since_is_not_taken_back(http, session, on_air, people):
    former, following, _last = on_air
    http("speaker", "next", session.pk, expected=str(former.pk), **{"from": "speaker"})
    step(following.pk, "skip", people["moderator"])
    assert http("speaker", "next", session.pk, back="1").status_code == 409
    former.refresh_from_db()
    assert former.state == "answered"


def test_a_press_of_long_ago_is_not_taken_back(http, session, on_air):
    former = on_air[0]
    http("speaker", "next", session.pk, expected=str(former.pk), **{"from": "speaker"})
    Change.objects.update(at=clock.now() - back.BACK_FOR)
    assert http("speaker", "next", session.pk, back="1").status_code == 409


def test_how_questions_are_taken_is_shown_as_it_holds(board, session):
    def chosen():
        form = board().text.partition('id="intake-form"')[2].partition("</form>")[0]
        return re.findall(r'value="(\w+)" selected', form), re.findall(r'name="(\w+)"[^>]* checked', form)

    assert chosen() == (["open"], ["moderated", "alternate"])
    QuestionSettings.objects.update(intake="closed", alternate=False)
    assert chosen() == (["closed"], ["moderated"])
