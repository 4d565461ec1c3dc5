"""The moderators' list: preparing, ordering, importing and exporting polls."""

import uuid
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from common import tables
from people import audit
from people.permissions import can
from people.refusal import Refused
from people.request import Request
from polls import exchange, late, listing, prepare, state
from polls.forms import JudgeForm, MoveForm, NewForm, PollForm, ResetForm, choices_of
from polls.models import MAX_OPTIONS, Poll
from polls.tally import tally
from polls.views.guard import guard
from polls.views.present import done
from sessions import exports
from sessions.guard import checked
from sessions.models import Session


@guard.page("polls.prepare", follow=True)
def all_polls(request: Request, session: Session) -> HttpResponse:
    """All polls of a session, and ways to more."""
    context = {"session": session, "rows": listing.rows(session), "templates": prepare.TEMPLATES, "role": "staff"}
    context |= {"late": hasattr(session, "late_answers"), "can_late": can(request.user, "polls.allow_late", session)}
    return render(request, "polls/list.html", context)


@guard.form("polls.prepare")
def new(request: Request, session: Session) -> HttpResponse:
    """A form for a new poll; "template" makes a draft of a template.

    Who comes back and saves again is told what is stored already, and edits it by saving once more.
    """
    client_id = _client_id(request)
    with timezone.override(session.zone), transaction.atomic():
        if request.method == "POST":
            Session.objects.select_for_update(no_key=True).get(pk=session.pk)
        made = session.polls.filter(client_id=client_id).first() if client_id else None
        return _form(request, session, made)


def _client_id(request: Request) -> uuid.UUID | None:
    form = NewForm(request.POST)
    return form.cleaned_data["client_id"] if form.is_valid() else None


@guard.form("polls.prepare")
def edit(request: Request, poll: Poll) -> HttpResponse:
    """A poll's form."""
    with timezone.override(poll.session.zone), transaction.atomic():
        if request.method == "POST":
            Poll.objects.select_for_update().get(pk=poll.pk)
            poll.refresh_from_db()
        return _form(request, poll.session, poll)


def _form(request: Request, session: Session, poll: Poll | None) -> HttpResponse:
    if request.method != "POST":
        return _show_form(request, session, poll, PollForm(None, [], poll))
    try:
        if name := request.POST.get("template"):
            return redirect("polls:edit", prepare.from_template(session, name, request.user).pk)
        choices = choices_of(request.POST, request.FILES, poll)
    except forms.ValidationError as error:
        return _show_form(request, session, poll, PollForm(request.POST, [], poll), " ".join(error.messages))
    client_id = _client_id(request)
    form = PollForm(request.POST, choices, poll, base=PollForm(None, []).marks if client_id else "")
    if not form.is_valid():
        return _show_form(request, session, poll, form, status=form.status)
    try:
        prepare.save(session, form.cleaned_data, form.choices, poll.pk if poll else None, request.user, client_id)
    except Refused as refusal:
        return _show_form(request, session, poll, form, str(refusal), 409)
    return redirect("polls:list", session.pk)


def _show_form(
    request: Request, session: Session, poll: Poll | None, form: PollForm, wrong: str = "", status: int = 422
) -> HttpResponse:
    """The form with what was written in it; nothing that somebody wrote is lost."""
    bound = form.is_bound
    context = {
        "session": session,
        "poll": poll,
        "client_id": _client_id(request) or ("" if poll else uuid.uuid4()),
        "form": form,
        "wrong": [wrong] if wrong else _errors(form),
        "options": _written(request.POST) if bound and "options" not in form.unchanged else _stored(poll),
        "kinds": Poll._meta.get_field("type").choices,
    }
    return render(request, "polls/edit.html", context, status=status if bound else 200)


def _errors(form: PollForm) -> list[str]:
    """What is wrong; where somebody else has changed a field as well, with the name of that field."""
    labels = {name: form[name].label for name in form.fields} | {"options": _("Options")}
    conflicts = {words: f"{labels[name]}: {words}" for name, words in form.conflicts.items()}
    return [conflicts.get(str(error), str(error)) for errors in form.errors.values() for error in errors]


def _stored(poll: Poll | None) -> list[dict[str, Any]]:
    options = [
        {"pk": option.pk, "text": option.text, "right": option.right, "picture": option.picture_id}
        for option in (poll.options.all() if poll else [])
    ]
    return options + [{}] * max(1, min(MAX_OPTIONS, 4) - len(options)) if len(options) < MAX_OPTIONS else options


def _written(data: Any) -> list[dict[str, Any]]:
    numbers = [number for number in range(MAX_OPTIONS) if f"option-{number}-text" in data]
    return [
        {
            "pk": data.get(f"option-{number}-id", ""),
            "text": data.get(f"option-{number}-text", ""),
            "right": bool(data.get(f"option-{number}-right")),
        }
        for number in numbers
    ]


@guard.write("polls.prepare")
def import_table(request: Request, session: Session) -> HttpResponse:
    """Drafts from a CSV table: all of them, or none and what is wrong."""
    upload = request.FILES.get("table")
    if upload is None or (upload.size or 0) > exchange.MAX_BYTES:
        raise Refused(_("Choose a CSV table of at most 200 kB."))
    exchange.import_csv(session, upload.read(), request.user)
    return redirect("polls:list", session.pk)


@guard.write("polls.allow_late")
def allow_late(request: Request, session: Session) -> HttpResponse:
    """Let who watches later answer polls (on=1), or no longer."""
    late.allow(session, bool(request.POST.get("on")), request.user)
    return redirect("polls:list", session.pk)


@guard.write("polls.prepare")
def duplicate(request: Request, poll: Poll) -> HttpResponse:
    """A draft with the same question and options."""
    prepare.copy_of(poll, request.user)
    return done(request, poll.session)


@guard.write("polls.prepare")
def delete(request: Request, poll: Poll) -> HttpResponse:
    """Delete a poll that nobody has answered."""
    prepare.delete(poll, request.user)
    return done(request, poll.session)


@guard.write("polls.prepare")
def move(request: Request, poll: Poll) -> HttpResponse:
    """Earlier (by=-1) or later (by=1)."""
    prepare.move(poll, checked(MoveForm(request.POST)).cleaned_data["by"], request.user)
    return done(request, poll.session)


@guard.write("polls.prepare")
def reset(request: Request, poll: Poll) -> HttpResponse:
    """Delete all answers, if there are as many as the person was told."""
    state.step(poll.pk, "reset", request.user, **checked(ResetForm(request.POST)).cleaned_data)
    return done(request, poll.session)


@guard.write("polls.prepare")
def judge(request: Request, poll: Poll) -> HttpResponse:
    """Show or hide one text answer."""
    form = checked(JudgeForm(request.POST))
    prepare.judge(form.cleaned_data["mark"], form.cleaned_data["approval"], poll, request.user)
    return done(request, poll.session)


@guard.page("polls.prepare")
def download(request: Request, session: Session, form: str) -> HttpResponse:
    """Results of all rounds as csv or json."""
    return exports.export(request, session, "polls", form, exchange.as_csv, exchange.as_json)


@guard.page("polls.prepare")
def chart(request: Request, poll: Poll) -> HttpResponse:
    """A poll's chart as an SVG file."""
    audit.record(request.user, "polls.export", poll.session.room_key, form="svg", poll=poll.pk)
    counted = tally(poll, poll.round)
    height = max(600, 180 + 46 * len(counted["rows"]))
    drawn = render(request, "polls/chart.svg", {"poll": poll, "results": counted, "height": height})
    return tables.download(drawn.content, f"poll-{poll.pk}.svg", "image/svg+xml")
