"""How a session's questions are taken: the moderators' and the organisers' decisions."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from people.refusal import Invalid
from people.request import Request
from questions import asking
from questions.forms import IntakeForm, SettingsForm
from questions.models import QuestionSettings
from questions.views.board import blocking, board_page, done, redraw, settings_form
from questions.views.guard import guard
from sessions import blocklist
from sessions.models import Edition, Session


@guard.write("questions.moderate")
def intake(request: Request, session: Session) -> HttpResponse:
    """Open or close the intake, moderate or not, alternate or not. It touches new questions only."""
    with transaction.atomic():
        form = IntakeForm(request.POST, instance=QuestionSettings.locked(session))
        if form.is_valid():
            _change(form, request)
    return _answer(request, session, "intake_form", form)


@guard.write("questions.configure")
def configure(request: Request, session: Session) -> HttpResponse:
    """Names, and the edition's blocked words: the organisers' decisions."""
    with transaction.atomic():
        Edition.locked(session.edition_id)
        settings = QuestionSettings.locked(session)
        form = SettingsForm(request.POST, instance=settings, edition=blocking(request, session))
        if form.is_valid():
            _change(form, request)
            if "blocked_terms" in form.cleaned_data:
                blocklist.change(session.edition, form.cleaned_data["blocked_terms"], request.user)
    return _answer(request, session, "settings_form", form)


def _change(form: IntakeForm | SettingsForm, request: Request) -> None:
    asking.change_settings(form.instance, form.cleaned_data, form.Meta.fields, request.user)


def _answer(request: Request, session: Session, name: str, form: IntakeForm | SettingsForm) -> HttpResponse:
    """The form drawn anew from what holds now, or with what was written where that is not possible."""
    if form.errors and not form.conflicts:
        raise Invalid(form)
    status = 409 if form.conflicts else 200
    if not request.htmx:
        return board_page(request, session, status, **{name: form}) if form.conflicts else done(request, session)
    shown = form if form.conflicts else _from_what_holds(request, session)[name]
    context = {"session": session, "saved": not form.conflicts, name: shown}
    return redraw(render(request, f"questions/_{name}.html", context, status=status))


def _from_what_holds(request: Request, session: Session) -> dict[str, IntakeForm | SettingsForm | None]:
    settings = QuestionSettings.of(session)
    return {"intake_form": IntakeForm(instance=settings), "settings_form": settings_form(request, session, settings)}
