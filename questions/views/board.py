"""The moderators' board."""

import uuid
from typing import Any

from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_htmx.http import trigger_client_event

from common.numbers import number_in
from people.permissions import can
from people.refusal import Refused, refuse
from people.request import Request
from questions import asking, back, export, queue, state, triage
from questions.data import by_state, prompt_data
from questions.forms import AT_ONCE, HallForm, IntakeForm, PlaceForm, SearchForm, SettingsForm, StepForm
from questions.listing import FARTHEST
from questions.models import Question, QuestionSettings
from questions.views.guard import guard
from sessions import exports
from sessions.guard import checked
from sessions.models import Edition, Session

GONE = gettext_lazy("There is no such question any more. Reload the page.")
IN_BULK = ("approve", "queue", "dismiss", "merge")  # the steps that every browser offers for several at once
# Why a question is not taken up, as a moderator says it with one press.
REASONS = [
    gettext_lazy("Already answered"),
    gettext_lazy("Not about this session"),
    gettext_lazy("Not a question"),
    gettext_lazy("Please say it more clearly and ask again"),
]


@guard.page("questions.moderate", follow=True)
def board(request: Request, session: Session) -> HttpResponse:
    """The board: lists, stage and queue, the settings."""
    return board_page(request, session)


def board_page(request: Request, session: Session, status: int = 200, **forms: Any) -> HttpResponse:
    """The board; `forms` are those in which something is wrong."""
    settings = QuestionSettings.of(session)
    columns = triage.board(session, settings, _search(request), _open(request))
    context = {
        "session": session,
        "settings_form": settings_form(request, session, settings),
        "intake": model_to_dict(settings, IntakeForm.Meta.fields),
        "item": {"timezone": session.stage.host_city.timezone},
        **columns,
        "counts": by_state(session),
        "here": {
            "pk": session.pk,
            "title": session.title,
            "url": session.get_absolute_url(),
            "languages": session.languages,
        },
        "reasons": [str(reason) for reason in REASONS],
        "other_steps": [(name, str(state.LABELS[name])) for name in state.STEPS if name not in IN_BULK],
        "prompt": prompt_data(session)["prompt"],
        "client_id": uuid.uuid4(),
    }
    return render(request, "questions/board.html", context | forms, status=status)


def settings_form(request: Request, session: Session, settings: QuestionSettings) -> SettingsForm | None:
    """The form of what organisers decide, for them."""
    configures = can(request.user, "questions.configure", session)
    return SettingsForm(instance=settings, edition=blocking(request, session)) if configures else None


def blocking(request: Request, session: Session) -> Edition | None:
    """The edition whose blocked words the person decides about, as it is."""
    blocks = can(request.user, "edition.configure", session.edition)
    return Edition.objects.get(pk=session.edition_id) if blocks else None


def _search(request: Request) -> dict[str, str]:
    form = SearchForm(request.GET)
    return form.cleaned_data if form.is_valid() else {}


def _open(request: Request) -> list[str]:
    """The lists that are shown at once: those that always are, and what ?open names."""
    return [name for name in triage.LISTS if name in (*triage.AT_ONCE, *request.GET.getlist("open"))]


@guard.page("questions.moderate")
def columns(request: Request, session: Session) -> HttpResponse:
    """The lists narrowed by ?q, ?label, ?origin, ?language in the order ?sort; or ?column from ?start: its next cards.

    ?open names the lists that are on the page already, beside those that always are.
    """
    settings, search = QuestionSettings.of(session), _search(request)
    only = request.GET.get("column", "")
    if only in triage.LISTS:
        start = number_in(request.GET.get("start", ""), FARTHEST) or 0
        column = triage.portion(session, settings, search, only, start)
        return render(request, "questions/_cards.html", {"session": session, "column": column})
    lists = triage.lists(session, settings, search, _open(request))
    return render(request, "questions/_columns.html", {"session": session, "lists": lists})


@guard.write("questions.moderate")
def steps(request: Request, session: Session) -> HttpResponse:
    """One step of the questions "id" ("<uuid>:<version>", several for a bulk); each has its own outcome."""
    form = checked(StepForm(request.POST))
    references = request.POST.getlist("id")[:AT_ONCE]
    into = form.cleaned_data["into"]
    target = get_object_or_404(Question, pk=into, session=session) if into else None
    refusals, changed = [], []
    for reference in references:
        try:
            changed += _step(session, reference, form.cleaned_data, request, target)
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
    return stepped(request, session, changed)


def _step(
    session: Session, reference: str, data: dict[str, Any], request: Request, target: Question | None
) -> list[Question]:
    """Take the step and give back what can be undone of it, the last change first."""
    key, expected = _reference(reference)
    question = Question.objects.filter(pk=key, session=session).first()
    if question is None:
        raise Refused(GONE)
    action, by = data["action"], request.user
    if action == "undo":
        state.undo(question.pk, by, expected=expected)
        return []
    if action == "stage":
        return state.bring_on_stage(question, by, expected=expected, seen=data["on_stage"])
    return [state.step(question.pk, action, by, expected=expected, reason=data["reason"], into=target)]


def _reference(text: str) -> tuple[uuid.UUID, int]:
    """The question's id and the version that the person saw, from "<id>:<version>"; raises Refused."""
    key, _sign, version = text.partition(":")
    try:
        return uuid.UUID(key), int(version[:9])
    except ValueError as error:
        raise Refused(GONE) from error


@guard.write("questions.moderate")
def undo(request: Request, session: Session) -> HttpResponse:
    """Take back what was done in one go: the "id"s ("<uuid>:<version>") in this order, all or none."""
    versions = [_reference(text) for text in request.POST.getlist("id")[:AT_ONCE]]
    state.undo_together(session, versions, request.user)
    return done(request, session)


def stepped(request: Request, session: Session, changed: list[Question]) -> HttpResponse:
    """As `done`; the page is told what to take back, the last change first, in words and as "<id>:<version>"s."""
    response = done(request, session)
    if not request.htmx or not changed:
        return response
    words = f"{changed[0].get_state_display()}: {changed[0].text}"
    if len(changed) > 1 and changed[0].state == changed[1].state:
        words = ngettext("%(count)d question: %(state)s", "%(count)d questions: %(state)s", len(changed)) % {
            "count": len(changed),
            "state": changed[0].get_state_display(),
        }
    versions = [f"{question.pk}:{question.version}" for question in changed]
    return trigger_client_event(response, "questions:stepped", {"words": words, "undo": versions})


def done(request: Request, session: Session) -> HttpResponse:
    """What changed comes over the socket; without htmx the board is shown again."""
    return HttpResponse(status=204) if request.htmx else redirect("questions:board", session.pk)


@guard.write("questions.speak")
def next_on_stage(request: Request, session: Session) -> HttpResponse:
    """End the question on stage and bring the next one. "expected" is the question that the person saw on stage.

    With "back" the person's last press is taken back.
    """
    if "back" in request.POST:
        back.go_back(session, request.user)
        return _on_speakers_page(request, session)
    expected = request.POST.get("expected", "")[:36]
    following = state.next_question(session, request.user, expected=expected)
    if request.POST.get("from") == "speaker" or not can(request.user, "questions.moderate", session):
        return _on_speakers_page(request, session)
    former = Question.objects.get(pk=expected) if expected else None
    return stepped(request, session, [question for question in (following, former) if question])


def _on_speakers_page(request: Request, session: Session) -> HttpResponse:
    """The steps come over the socket; whether one may go back is the person's own."""
    if not request.htmx:
        return redirect("show:speaker", session.pk)
    can_go_back = bool(back.last_press(session, request.user))
    return render(request, "questions/_back.html", {"session": session, "can_go_back": can_go_back})


def redraw(response: HttpResponse) -> HttpResponse:
    """Let htmx put the fragment in the place of the form that was sent, also when it says what is wrong."""
    response.headers["HX-Reswap"] = "outerHTML"
    return response


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


@guard.page("questions.moderate")
def download(request: Request, session: Session, form: str) -> HttpResponse:
    """The questions as csv or json."""
    return exports.export(request, session, "questions", form, export.as_csv, export.as_json)
