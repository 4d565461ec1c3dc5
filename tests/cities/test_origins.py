"""Cases that begin with a recording or an answered question: who may, what is prefilled, what is named later."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cities import origins, state
from cities.models import Case, Membership
from common.registry import registry
from people.models import Ban
from questions.models import Answer, Question
from questions.state import step
from sessions.models import Session
from streams.models import Recording
from tests.cities.conftest import DRAFT, city_of, member_of, organisation_of
from tests.people.matrix import signed_in
from tests.replay import world
from tests.replay.world import question, who

pytestmark = pytest.mark.django_db
STEPS = ("approve", "queue", "stage", "answer")


@pytest.fixture(scope="module")
def built(kept):
    """A session with a recording; the attendee and the moderator speak for Tampere, the speaker for nobody."""
    made = world.recorded()
    made["organisation"] = organisation_of()
    made["city"] = city_of(organisation=made["organisation"])
    member_of(made["organisation"], who(made))
    member_of(made["organisation"], who(made, "moderator"))
    Session.objects.filter(pk=made["session"]).update(
        title="Trams that wait", abstract="<p>How a <b>tram</b> waits.</p>"
    )
    return made


def asked(place, text="What does it cost?", **more):
    made = question(place, 90, text, STEPS, "other_speaker" if "hall_name" in more else "speaker", **more)
    answer = Answer.objects.create(question=made, author=who(place, "moderator"), by_staff=True, text="Two euros.")
    return Question.objects.get(pk=answer.question_id)


def address(kind, pk):
    return reverse("cities:origin", args=[kind, pk])


def begin(place, kind, pk, role="attendee", **sent):
    given = {"organisation": place["organisation"].pk} | sent
    return signed_in(place, role).post(address(kind, pk), given)


def test_a_recording_becomes_a_draft_with_its_title_and_a_link_to_the_moment(place):
    answer = begin(place, "replay.recording", place["session"], moment="12:30")
    case = Case.objects.get()
    assert answer.url == reverse("cities:own", args=[case.pk])
    assert (case.city, case.organisation, case.state) == (place["city"], place["organisation"], "draft")
    assert case.draft["title"] == "Trams that wait" and case.draft["done"] == "How a tram waits."
    page = signed_in(place, "attendee").get(answer.url).text
    assert f'href="/sessions/{place["session"]}/?t=750"' in page and "12:30" in page


def test_an_answered_question_becomes_a_draft_with_the_answer_and_its_moment_on_stage(place):
    made = asked(place)
    answer = begin(place, "questions.question", made.pk)
    case = Case.objects.get()
    assert case.draft["problem"] == "What does it cost?" and case.draft["done"] == "Two euros."
    page = signed_in(place, "attendee").get(answer.url).text
    assert f'/sessions/{place["session"]}/?t=90#question-{made.pk}"' in page


def test_nobody_is_named_who_asked(place):
    for anonymous in (True, False):
        made = asked(place, f"Who pays, {anonymous}?", anonymous=anonymous)
        answer = begin(place, "questions.question", made.pk)
        pages = [answer.url, address("questions.question", made.pk), reverse("cities:origins")]
        text = "".join(signed_in(place, "attendee").get(path).text for path in pages)
        assert made.asker.name not in text
    assert all(made.asker.name not in str(case.draft) for case in Case.objects.all())


@pytest.mark.parametrize("role", ["speaker", "organiser", "guest", "outsider", "anonymous", "banned"])
def test_who_speaks_for_no_city_finds_nothing(place, role):
    """Nor do those whose organisation is no city, or whose membership was not approved."""
    if role == "speaker":
        member_of(organisation_of("Pumps Ltd"), who(place, "speaker"))
        member_of(place["organisation"], who(place, "speaker"), state="asked")
    client = signed_in(place, role)
    for path in (reverse("cities:origins"), address("replay.recording", place["session"])):
        assert client.get(path).status_code == 404, path
    sent = {"organisation": place["organisation"].pk}
    assert client.post(address("replay.recording", place["session"]), sent).status_code in (403, 404)
    assert not Case.objects.exists()


def test_not_for_another_city(place):
    other = organisation_of("City of Lagos")
    city_of("Lagos", other)
    assert begin(place, "replay.recording", place["session"], organisation=other.pk).status_code == 422
    assert not Case.objects.exists()


def test_one_draft_for_each_city(place):
    first = begin(place, "replay.recording", place["session"], moment="1:00")
    assert begin(place, "replay.recording", place["session"], "moderator").url == first.url
    lagos = organisation_of("City of Lagos")
    city_of("Lagos", lagos)
    member_of(lagos, who(place, "organiser"))
    assert begin(place, "replay.recording", place["session"], "organiser", organisation=lagos.pk).url != first.url
    assert Case.objects.count() == 2 and Case.objects.filter(origin_second=60).count() == 1


@pytest.mark.parametrize("moment", ["soon", "12", "1:75", "-1:00", "1:00:00:00", "１:００", "999:99:99", "9" * 11])
def test_a_moment_is_a_time_of_the_recording(place, moment):
    answer = begin(place, "replay.recording", place["session"], moment=moment)
    assert answer.status_code == 422 and "field-error" in answer.text
    assert not Case.objects.exists()


@pytest.mark.parametrize("kind", ["nothing", "replay.recording", "questions.question"])
@pytest.mark.parametrize("pk", ["0", "999999", "-1", "x" * 300, "9" * 40, "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_there_is_not_there(place, kind, pk):
    assert signed_in(place, "attendee").get(address(kind, pk)).status_code == 404


def session_is(place, **fields):
    Session.objects.filter(pk=place["session"]).update(**fields)


HIDDEN = {
    "invited": lambda place, made: session_is(place, visibility="invited"),
    "participants": lambda place, made: session_is(place, visibility="registered"),
    "reopened": lambda place, made: step(made.pk, "reopen", who(place, "moderator")),
    "banned": lambda place, made: Ban.objects.create(
        participant=made.asker, scope=f"edition:{place['edition']}", by=who(place, "organiser")
    ),
}
TAKEN_OFF = {
    "invited": HIDDEN["invited"],
    "not on demand": lambda place, made: session_is(place, status="ended"),
    "no recording": lambda place, made: Recording.objects.all().delete(),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_hidden_question_is_no_origin_and_is_named_no_more(place, how):
    made = asked(place, "What does it cost? Xk7canary")
    hidden_later(place, "questions.question", made, HIDDEN[how])


@pytest.mark.parametrize("how", TAKEN_OFF)
def test_a_recording_that_is_taken_off_is_no_origin_and_is_named_no_more(place, how):
    session_is(place, title="Trams that wait Xk7canary")
    hidden_later(place, "replay.recording", Session.objects.get(pk=place["session"]), TAKEN_OFF[how])


def hidden_later(place, kind, thing, hide):
    begin(place, kind, thing.pk)
    case = Case.objects.get()
    Case.objects.filter(pk=case.pk).update(draft=DRAFT)
    for action in ("submit", "publish"):
        state.step(case.pk, action, who(place))
    pages = {"anonymous": case.get_absolute_url(), "attendee": reverse("cities:own", args=[case.pk])}
    pages |= {"organiser": reverse("cities:check", args=[case.pk])}
    assert all("Xk7canary" in signed_in(place, role).get(path).text for role, path in pages.items())
    hide(place, thing)
    for role, path in pages.items():
        text = signed_in(place, role).get(path).text
        assert "Xk7canary" not in text and f"/sessions/{place['session']}/" not in text, role
    assert signed_in(place, "attendee").get(address(kind, thing.pk)).status_code == 404
    choices = signed_in(place, "attendee").get(reverse("cities:origins"), {"kind": kind}).text
    assert "Xk7canary" not in choices


@pytest.mark.parametrize(
    "steps", [(), ("approve",), ("approve", "queue", "stage"), ("dismiss",), ("approve", "queue", "skip")]
)
def test_only_what_was_answered(place, steps):
    made = question(place, 90, "What does it cost?", steps)
    assert signed_in(place, "attendee").get(address("questions.question", made.pk)).status_code == 404


def test_an_answer_of_who_is_banned_now_is_left_out(place):
    made = asked(place)
    Answer.objects.create(question=made, author=who(place, "other_speaker"), by_staff=True, text="Ask me in private.")
    Ban.objects.create(
        participant=who(place, "other_speaker"), scope=f"edition:{place['edition']}", by=who(place, "organiser")
    )
    begin(place, "questions.question", made.pk)
    assert Case.objects.get().draft["done"] == "Two euros."


def test_words_narrow_what_one_may_choose(place):
    asked(place, "Árboles o tranvías?")
    client, path = signed_in(place, "attendee"), reverse("cities:origins")
    assert "Trams that wait" in client.get(path, {"q": "TRAMS"}).text
    assert "Trams that wait" not in client.get(path, {"q": "boats"}).text
    assert "Árboles" in client.get(path, {"kind": "questions.question", "q": "arboles"}).text
    assert client.get(path, {"kind": "nonsense"}).status_code == 200


def test_the_way_in_is_shown_to_those_who_may(place):
    path = reverse("cities:origins")
    assert path in signed_in(place, "attendee").get(reverse("cities:mine")).text
    assert path not in signed_in(place, "speaker").get(reverse("cities:mine")).text
    Membership.objects.all().delete()
    assert path not in signed_in(place, "attendee").get(reverse("cities:mine")).text


def test_many_do_not_make_many_queries(place):
    def queries(kind):
        with CaptureQueriesContext(connection) as done:
            assert signed_in(place, "attendee").get(reverse("cities:origins"), {"kind": kind}).status_code == 200
        return len(done)

    asked(place, "First?")
    few = queries("questions.question")
    for number in range(6):
        asked(place, f"Another {number}?")
    assert queries("questions.question") <= few <= 20
    assert len(registry.origins["questions.question"].newest("", 3)) == 3


def test_long_words_are_cut_to_what_a_case_takes(place):
    session_is(place, title="T" * 300, abstract="a" * 9000, languages=["en"])
    begin(place, "replay.recording", place["session"])
    draft = Case.objects.get().draft
    assert (len(draft["title"]), len(draft["done"]), draft["language"]) == (160, 6000, "en")
    session_is(place, languages=["xx"])
    assert "language" not in origins.draft_of(origins.find("replay.recording", str(place["session"])))
