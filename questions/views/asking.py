"""The attendee's side: reading, asking, upvoting, and what became of one's own."""

import uuid

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.limits import retry_after
from people.permissions import can
from people.refusal import refuse
from people.request import Request
from questions import asking, events
from questions import similar as likeness
from questions.forms import AskForm, WordsForm
from questions.listing import questions_page
from questions.models import Question
from questions.state import step
from questions.upvotes import counts
from questions.views.guard import writes
from questions.writes import UPVOTE
from sessions.guard import checked, see, session_of
from sessions.models import Session


@require_http_methods(["GET", "POST"])
def questions(request: Request, session_pk: int) -> HttpResponse:
    """GET: the published questions, ?sort=votes|newest, from ?start. POST: ask one."""
    if request.method == "POST":
        response: HttpResponse = _ask(request, session_pk=session_pk)
        return response
    session = session_of(session_pk)
    see(request, "questions.view", session)
    start = request.GET.get("start", "")
    page = questions_page(session, request.user, request.GET.get("sort", ""), _number(start))
    return render(request, "questions/_list.html", {"session": session, **page})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


@writes("questions.ask")
def _ask(request: Request, session: Session) -> HttpResponse:
    form = checked(AskForm(session, request.POST))
    question = asking.ask(session, request.user, form.words, form.cleaned_data["client_id"])
    return _mine(request, question)


def _mine(request: Request, question: Question) -> HttpResponse:
    if not request.htmx:
        return redirect(question.session)
    context = {"data": events.mine(question), "sent": True, "client_id": uuid.uuid4()}
    return render(request, "questions/events/mine.html", context)


@require_GET
def similar(request: Request, session_pk: int) -> HttpResponse:
    """Published questions like ?text, offered to who is typing."""
    session = session_of(session_pk)
    see(request, "questions.view", session)
    if not can(request.user, "questions.ask", session) or retry_after("questions.similar", request.user.pk):
        return HttpResponse()
    text = request.GET.get("text", "")[:300]
    found = likeness.alike(session, text, likeness.OFFERED) if len(text) >= 8 else []
    votes = counts(found)
    items = [events.public(one, votes.get(one.pk, 0)) for one in found]
    return render(request, "questions/_similar.html", {"items": items, "session": session})


@require_GET
def votes(request: Request, session_pk: int) -> HttpResponse:
    """The counts of the questions ?id=...: what a reader missed while the connection was lost."""
    session = session_of(session_pk)
    see(request, "questions.view", session)
    try:
        keys = [uuid.UUID(key) for key in request.GET.getlist("id")[:200]]
    except ValueError as error:
        raise BadRequest from error
    keys = list(Question.objects.filter(session=session, pk__in=keys).values_list("pk", flat=True))
    found = dict.fromkeys(keys, 0) | counts(keys)
    return render(request, "questions/events/votes.html", {"data": {"votes": {str(k): v for k, v in found.items()}}})


@require_POST
def upvote(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Upvote (on=1) or take the upvote back (on=0); asking for what is already so changes nothing."""
    wanted = request.POST.get("on") != "0"
    upvoted = UPVOTE.by_http(request, {"question": str(pk), "on": wanted})
    if not request.htmx:
        return redirect(upvoted.thing.session)
    root = upvoted.outcome
    data = {"id": root.pk, "state": root.state, "votes": counts([root]).get(root.pk, 0)}
    return render(request, "questions/_upvote.html", {"data": data, "on": wanted})


@require_POST
@writes("questions.own")
def own(request: Request, question: Question) -> HttpResponse:
    """The asker's own: action=revise|withdraw|resubmit."""
    if question.asker_id != request.user.pk or question.origin == Question.Origin.HALL:
        raise Http404
    action = request.POST.get("action", "")
    if action == "revise":
        form = checked(WordsForm(question.session, request.POST))
        changed = asking.revise(question.pk, request.user, form.words)
    elif action in ("withdraw", "resubmit"):
        changed = step(question.pk, action, request.user)
    else:
        return refuse(request, _("Unknown step."), 422)
    return _mine(request, changed)
