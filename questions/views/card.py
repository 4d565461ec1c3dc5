"""One question on the moderators' board: its tools, words, notes and labels."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from people.permissions import can
from people.refusal import Invalid
from people.request import Request
from questions import moderation, state
from questions.cards import cards
from questions.forms import LabelsForm, NoteForm, TextForm
from questions.merging import gatherers
from questions.models import Mute, Question, QuestionSettings
from questions.similar import alike
from questions.views.board import done, redraw
from questions.views.guard import guard
from sessions.guard import checked


@guard.write("questions.moderate")
def card(request: Request, question: Question) -> HttpResponse:
    """All tools for one question; other moderators see for a minute who has opened them."""
    session = question.session
    moderation.handle(question, request.user)
    question.refresh_from_db()
    data = cards([question.pk], QuestionSettings.of_all([session.pk]))[question.pk]
    trail = question.changes.select_related("by", "undone_by")
    context = {
        "session": session,
        "data": data,
        "item": {"timezone": session.stage.host_city.timezone},
        "trail": [(state.LABELS.get(change.action, change.action), change) for change in trail],
        "alike": alike(session, question.text, gatherers(question.state), but=question),
        "actions": [(action, state.LABELS[action]) for action in state.allowed(question.state) if action != "merge"],
        "labels_form": LabelsForm(initial={"labels": question.labels_line}),
        "can_ban": can(request.user, "session.ban", session),
        "muted": Mute.objects.filter(question=question).first(),
        "mergeable": "merge" in state.allowed(question.state),
    }
    return render(request, "questions/_tools.html", context)


@guard.write("questions.moderate")
def edit(request: Request, question: Question) -> HttpResponse:
    """Change the words; the asker's own are kept beside them."""
    form = checked(TextForm(request.POST))
    state.edit(question.pk, form.cleaned_data["text"], request.user, expected=form.cleaned_data["version"])
    return done(request, question.session)


@guard.write("questions.moderate")
def note(request: Request, question: Question) -> HttpResponse:
    """Write a note for the other moderators."""
    form = checked(NoteForm(request.POST))
    moderation.note(question, request.user, form.cleaned_data["text"])
    return done(request, question.session)


@guard.write("questions.moderate")
def mute(request: Request, question: Question) -> HttpResponse:
    """Take no more questions from who asked it (on=1), or take them again (on=0)."""
    moderation.mute(question, request.user, request.POST.get("on") != "0")
    if not request.htmx:
        return done(request, question.session)
    context = {"data": {"id": question.pk}, "muted": Mute.objects.filter(question=question).first()}
    return render(request, "questions/_mute.html", context)


@guard.write("questions.moderate")
def labels(request: Request, question: Question) -> HttpResponse:
    """Set the labels that moderators see."""
    with transaction.atomic():
        held = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
        form = LabelsForm(request.POST, initial={"labels": held.labels_line})
        if form.is_valid():
            moderation.label(question, form.cleaned_data["labels"], request.user)
            return done(request, question.session)
    if not form.conflicts or not request.htmx:
        raise Invalid(form)
    context = {"data": {"id": question.pk}, "labels_form": form}
    return redraw(render(request, "questions/_labels_form.html", context, status=409))
