"""The moderators' board."""

import uuid
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from common import tables
from common.numbers import number_in
from people import audit
from people.permissions import can
from people.refusal import Invalid, Refused, refuse
from people.request import Request
from questions import asking, export, queue, state
from questions.data import by_state, last_steps, prompt_data, queue_data, stage_data
from questions.forms import AT_ONCE, HallForm, IntakeForm, PlaceForm, SearchForm, SettingsForm, StepForm
from questions.listing import COLUMNS, FARTHEST, column
from questions.models import Question, QuestionSettings
from questions.views.guard import guard
from sessions import blocklist
from sessions.guard import checked
from sessions.models import Edition, Session


@guard.page("questions.moderate", follow=True)
def board(request: Request, session: Session) -> HttpResponse:
    """The board: columns, the stage, the settings."""
    return _board(request, session)


def _board(request: Request, session: Session, status: int = 200, **forms: Any) -> HttpResponse:
    """The board; `forms` are those in which something is wrong."""
    context = _settings_forms(request, session) | {
        "session": session,
        "item": {"timezone": session.stage.host_city.timezone},
        "columns": _columns(session, request),
        "counts": by_state(session),
        "stage": stage_data(session),
        "queue": queue_data(session),
        "prompt": prompt_data(session)["prompt"],
        "steps": last_steps(session),
        "labels": state.LABELS,
        "client_id": uuid.uuid4(),
    }
    return render(request, "questions/board.html", context | forms, status=status)


def _settings_forms(request: Request, session: Session) -> dict[str, Any]:
    """The forms of how questions are taken, drawn from what holds."""
    settings = QuestionSettings.of(session)
    configures = can(request.user, "questions.configure", session)
    return {
        "intake_form": IntakeForm(instance=settings),
        "settings_form": SettingsForm(instance=settings, edition=_blocking(request, session)) if configures else None,
    }


def _blocking(request: Request, session: Session) -> Edition | None:
    """The edition whose blocked words the person decides about, as it is."""
    blocks = can(request.user, "edition.configure", session.edition)
    return Edition.objects.get(pk=session.edition_id) if blocks else None


def _columns(session: Session, request: Request, only: str = "", start: int = 0) -> list[dict[str, Any]]:
    form = SearchForm(request.GET)
    search = form.cleaned_data if form.is_valid() else {}
    settings = QuestionSettings.of(session)
    return [column(session, name, settings, search, start) for name in COLUMNS if only in ("", name)]


@guard.page("questions.moderate")
def columns(request: Request, session: Session) -> HttpResponse:
    """All columns narrowed by ?q, ?label, ?origin; or ?column from ?start: its next cards."""
    only, start = request.GET.get("column", ""), request.GET.get("start", "")
    start_at = number_in(start, FARTHEST) or 0
    template = "questions/_cards.html" if only and start_at else "questions/_columns.html"
    columns = _columns(session, request, only, start_at)
    context = {"session": session, "columns": columns, "column": columns[0] if columns else None}
    context["counts"] = by_state(session)
    return render(request, template, context)


@guard.write("questions.moderate")
def steps(request: Request, session: Session) -> HttpResponse:
    """One step of the questions "id" ("<uuid>:<version>", several for a bulk); each has its own outcome."""
    form = checked(StepForm(request.POST))
    references = request.POST.getlist("id")[:AT_ONCE]
    into = form.cleaned_data["into"]
    target = get_object_or_404(Question, pk=into, session=session) if into else None
    refusals = []
    for reference in references:
        try:
            _step(session, reference, form.cleaned_data, request, target)
        except Refused as refusal:
            refusals.append(str(refusal))
    if refusals and len(references) == 1:
        raise Refused(refusals[0])
    if refusals or not references:
        summary = _("%(done)d done, %(left)d not: %(reason)s") % {
            "done": len(references) - len(refusals),
            "left": len(refusals),
            "reason": " ".join(dict.fromkeys(refusals)) or _("Choose questions first."),
        }
        return refuse(request, summary, 409)
    return done(request, session)


def _step(session: Session, reference: str, data: dict[str, Any], request: Request, target: Question | None) -> None:
    key, _sign, version = reference.partition(":")
    try:
        question = Question.objects.get(pk=uuid.UUID(key), session=session)
        expected = int(version[:9])
    except (ValueError, Question.DoesNotExist) as error:
        raise Refused(_("There is no such question any more. Reload the page.")) from error
    if data["action"] == "undo":
        state.undo(question.pk, request.user, expected=expected)
        return
    reason = data["reason"]
    state.step(question.pk, data["action"], request.user, expected=expected, reason=reason, into=target)


def done(request: Request, session: Session) -> HttpResponse:
    """What changed comes over the socket; without htmx the board is shown again."""
    return HttpResponse(status=204) if request.htmx else redirect("questions:board", session.pk)


@guard.write("questions.speak")
def next_on_stage(request: Request, session: Session) -> HttpResponse:
    """End the question on stage and bring the next one. "expected" is the question that the person saw on stage."""
    state.next_question(session, request.user, expected=request.POST.get("expected", "")[:36])
    if not request.htmx and request.POST.get("from") == "speaker":
        return redirect("show:speaker", session.pk)
    return done(request, session)


@guard.write("questions.moderate")
def move(request: Request, session: Session) -> HttpResponse:
    """Put a queued question at a place."""
    form = checked(PlaceForm(request.POST))
    if not queue.move(session, form.cleaned_data["id"], form.cleaned_data["place"], request.user):
        raise Refused(_("This question is no longer in the queue."))
    return done(request, session)


@guard.write("questions.moderate")
def hall(request: Request, session: Session) -> HttpResponse:
    """Write down a question from the hall's microphone line."""
    form = checked(HallForm(request.POST))
    data = form.cleaned_data
    asking.add_from_hall(session, request.user, data["text"], data["name"], data["place"], data["client_id"])
    if not request.htmx:
        return redirect("questions:board", session.pk)
    return render(request, "questions/_hall_form.html", {"session": session, "client_id": uuid.uuid4()})


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
        Edition.objects.select_for_update(no_key=True).get(pk=session.edition_id)
        settings = QuestionSettings.locked(session)
        form = SettingsForm(request.POST, instance=settings, edition=_blocking(request, session))
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
        return _board(request, session, status, **{name: form}) if form.conflicts else done(request, session)
    forms = {name: form} if form.conflicts else _settings_forms(request, session)
    context = {"session": session, "saved": not form.conflicts} | forms
    return redraw(render(request, f"questions/_{name}.html", context, status=status))


def redraw(response: HttpResponse) -> HttpResponse:
    """Let htmx put the fragment in the place of the form that was sent, also when it says what is wrong."""
    response.headers["HX-Reswap"] = "outerHTML"
    return response


@guard.page("questions.moderate")
def download(request: Request, session: Session, form: str) -> HttpResponse:
    """The questions as csv or json."""
    kinds = {"csv": (export.as_csv, tables.CSV), "json": (export.as_json, "application/json")}
    if form not in kinds:
        raise Http404
    write, kind = kinds[form]
    audit.record(request.user, "questions.export", session.room_key, form=form)
    return tables.download(write(session), f"questions-{session.pk}.{form}", kind)
