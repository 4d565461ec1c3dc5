"""Written answers, and the private line between moderator and speakers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from people.permissions import can
from people.request import Request
from questions import moderation
from questions.forms import AnswerForm, PromptAnswerForm, PromptForm
from questions.models import Prompt, Question
from questions.views.guard import guard, prompt_of
from sessions.guard import checked
from sessions.models import Session


@guard.write("questions.moderate")
def prompt(request: Request, session: Session) -> HttpResponse:
    """Send the speakers a private line."""
    form = checked(PromptForm(request.POST))
    moderation.prompt(session, request.user, form.cleaned_data["text"])
    if not request.htmx:
        return redirect("questions:board", session.pk)
    return render(request, "questions/_prompt_form.html", {"session": session})


@guard.write("questions.speak", prompt_of)
def acknowledge(request: Request, prompt: Prompt) -> HttpResponse:
    """A speaker has read the line; "answer" is what they say to it, if anything."""
    form = checked(PromptAnswerForm(request.POST))
    moderation.acknowledge(prompt, request.user, form.cleaned_data["answer"])
    return HttpResponse(status=204) if request.htmx else redirect("show:speaker", prompt.session.pk)


@guard.write("questions.answer")
def answer(request: Request, question: Question) -> HttpResponse:
    """Answer in writing; links of staff may be clicked."""
    form = checked(AnswerForm(request.POST))
    by_staff = can(request.user, "questions.moderate", question.session)
    moderation.answer(question, request.user, form.cleaned_data["text"], by_staff)
    return HttpResponse(status=204) if request.htmx else redirect(question.session)
