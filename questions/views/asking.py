"""The attendee's pages: reading, asking, upvoting, and their own questions."""

import uuid

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.numbers import number_in
from people.limits import retry_after
from people.permissions import can
from people.refusal import refuse
from people.request import Request
from questions import asking
from questions import similar as likeness
from questions.data import own_question_data, question_data
from questions.forms import AskForm, WordsForm
from questions.listing import FARTHEST, own_questions, questions_page
from questions.models import Question
from questions.state import step
from questions.upvotes import counts
from questions.views.guard import guard
from questions.writes import UPVOTE
from sessions.guard import by_method, checked
from sessions.models import Session


@guard.page()
def _list(request: Request, session: Session) -> HttpResponse:
    """The published questions, ?sort=votes|newest, from ?start."""
    start = request.GET.get("start", "")
    page = questions_page(session, request.user, request.GET.get("sort", ""), number_in(start, FARTHEST) or 0)
    return render(request, "questions/_list.html", {"session": session, **page})


@guard.write("questions.ask")
def _ask(request: Request, session: Session) -> HttpResponse:
    form = checked(AskForm(session, request.POST))
    question = asking.ask(session, request.user, form.draft, form.cleaned_data["client_id"])
    return _own(request, question)


questions = by_method(_list, _ask)


def _own(request: Request, question: Question) -> HttpResponse:
    if not request.htmx:
        return redirect(question.session)
    context = {"data": own_question_data(question), "sent": True, "client_id": uuid.uuid4()}
    return render(request, "questions/events/mine.html", context)


@guard.page()
def mine(request: Request, session: Session) -> HttpResponse:
    """One's own questions of a session, with what became of them."""
    return render(request, "questions/_mine.html", {"own_questions": own_questions(session, request.user)})


@guard.page()
def similar(request: Request, session: Session) -> HttpResponse:
    """Published questions like ?text, for the person who is typing; empty for who may not ask or asks too often."""
    if not can(request.user, "questions.ask", session) or retry_after("questions.similar", request.user.pk):
        return HttpResponse()
    text = request.GET.get("text", "")[:300]
    questions = likeness.alike(session, text, likeness.OFFERED) if len(text) >= 8 else []
    votes = counts(questions)
    items = [question_data(question, votes[question.pk]) for question in questions]
    return render(request, "questions/_similar.html", {"items": items, "session": session})


@guard.page()
def votes(request: Request, session: Session) -> HttpResponse:
    """The counts of the questions ?id=...: what a reader missed while the connection was lost."""
    try:
        keys = [uuid.UUID(key) for key in request.GET.getlist("id")[:200]]
    except ValueError as error:
        raise BadRequest from error
    keys = list(Question.objects.filter(session=session, pk__in=keys).values_list("pk", flat=True))
    data = {"votes": {str(key): count for key, count in counts(keys).items()}}
    return render(request, "questions/events/votes.html", {"data": data})


@require_POST
def upvote(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Upvote (on=1) or take the upvote back (on=0); a repeat changes nothing."""
    on = request.POST.get("on") != "0"
    attempt = UPVOTE.by_http(request, {"question": str(pk), "on": on})
    if not request.htmx:
        return redirect(attempt.thing.session)
    root = attempt.value
    data = {"id": root.pk, "state": root.state, "votes": counts([root])[root.pk]}
    return render(request, "questions/_upvote.html", {"data": data, "on": on})


@guard.write("questions.own")
def own(request: Request, question: Question) -> HttpResponse:
    """The asker's own: action=revise|withdraw|resubmit."""
    if question.asker_id != request.user.pk or question.origin == Question.Origin.HALL:
        raise Http404
    action = request.POST.get("action", "")
    if action == "revise":
        form = checked(WordsForm(question.session, request.POST))
        changed = asking.revise(question.pk, request.user, form.draft)
    elif action in ("withdraw", "resubmit"):
        if action == "resubmit":
            asking.check_not_muted(question.session, request.user)
        changed = step(question.pk, action, request.user)
    else:
        return refuse(request, _("Unknown step."), 422)
    return _own(request, changed)
