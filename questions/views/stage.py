"""The speaker's view, written answers, and the private line between moderator and speakers."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from live.models import Room
from people.permissions import can
from people.request import Request
from questions import desk, events
from questions.forms import AnswerForm, PromptForm
from questions.models import Prompt, Question
from questions.views.guard import guard, writes
from sessions.guard import checked, session_of
from sessions.models import Session
from sessions.rooms import role_for


@require_GET
def stage(request: Request, session_pk: int) -> HttpResponse:
    """The current question and the next ones, large."""
    session = session_of(session_pk)
    if not can(request.user, "questions.speak", session):
        raise Http404
    request.edition = session.edition
    request.live_rooms = Room.heads([session.room_key, session.edition.room_key])
    context = {
        "session": session,
        "stage": events.stage(session),
        "queue": events.upcoming(session),
        "prompt": events.prompt_data(session)["prompt"],
        "role": role_for(request.user, session),
    }
    return render(request, "questions/stage.html", context)


@require_POST
@writes("questions.moderate")
def prompt(request: Request, session: Session) -> HttpResponse:
    """Send the speakers a private line."""
    form = checked(PromptForm(request.POST))
    desk.prompt(session, request.user, form.cleaned_data["text"])
    if not request.htmx:
        return redirect("questions:board", session.pk)
    return render(request, "questions/_prompt_form.html", {"session": session})


@require_POST
def acknowledge(request: Request, pk: int) -> HttpResponse:
    """A speaker has read the line."""
    line = get_object_or_404(Prompt.objects.select_related("session__edition"), pk=pk)
    guard.ask(request, "questions.speak", line.session)
    desk.acknowledge(line, request.user)
    return HttpResponse(status=204) if request.htmx else redirect("questions:stage", line.session.pk)


@require_POST
@writes("questions.answer")
def answer(request: Request, question: Question) -> HttpResponse:
    """Answer in writing; links of staff may be clicked."""
    form = checked(AnswerForm(request.POST))
    by_staff = can(request.user, "questions.moderate", question.session)
    desk.answer(question, request.user, form.cleaned_data["text"], by_staff)
    return HttpResponse(status=204) if request.htmx else redirect(question.session)
