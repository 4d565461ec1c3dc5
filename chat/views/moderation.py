"""What moderators of a session do in its chat."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from chat import holding, moderating
from chat.data import case_data, open_cases
from chat.forms import MuteForm, ReasonForm, SettingsForm
from chat.models import ChatSettings, Message, Mute
from chat.moderating import MINUTES, REASONS, SCOPES
from chat.views.guard import guard
from chat.views.messages import done
from people.permissions import can
from people.refusal import Invalid, Refused
from people.request import Request
from sessions.guard import checked
from sessions.models import Session


@guard.write("chat.remove")
def remove(request: Request, message: Message) -> HttpResponse:
    """Staff takes a message out of the chat."""
    message.remove(request.user, checked(ReasonForm(request.POST)).cleaned_data["reason"])
    return done(request, message)


@guard.write("chat.remove")
def restore(request: Request, message: Message) -> HttpResponse:
    """Staff takes back that a message was removed."""
    message.restore(request.user)
    return done(request, message)


@guard.write("chat.remove")
def let_through(request: Request, message: Message) -> HttpResponse:
    """Show a held message to everybody."""
    moderating.let_through(message, request.user)
    return done(request, message)


@guard.write("chat.remove")
def settle(request: Request, message: Message) -> HttpResponse:
    """Reports of a message are closed (undo=1: open again); it stays."""
    act = moderating.reopen if request.POST.get("undo") else moderating.settle
    act(message, request.user)
    return done(request, message)


@guard.write("chat.remove")
def pin(request: Request, message: Message) -> HttpResponse:
    """Show a message above the chat (on=1), or not any more (on=0)."""
    moderating.pin(message, request.user, request.POST.get("on") != "0")
    return done(request, message)


@guard.form("chat.remove")
def mute(request: Request, message: Message) -> HttpResponse:
    """GET: the form. POST: the author of a message writes nothing for some minutes."""
    scopes = _scopes(request, message)
    context: dict[str, Any] = {"message": message, "reasons": REASONS, "minutes": MINUTES, "scopes": scopes}
    if request.method == "POST":
        sent = checked(MuteForm(request.POST)).cleaned_data
        scope = dict(zip(("session", "stage", "strand", "edition"), message.session.scopes(), strict=True))[
            sent["scope"]
        ]
        if sent["scope"] not in scopes:
            raise Refused(_("You moderate this session only: mute them here."), 403)
        if can(message.participant, "chat.remove", message.session):
            raise Refused(_("Who moderates here is not muted."))
        context["mute"] = moderating.mute(message, request.user, scope, sent["minutes"], sent["reason"])
        if not request.htmx:
            return redirect("chat:review", message.session_id)
    return render(request, "chat/_mute.html", context)


def _scopes(request: Request, message: Message) -> dict[str, Any]:
    """Where the person may mute: who moderates the edition everywhere, others in their session."""
    wide = can(request.user, "chat.remove", message.session.edition)
    return SCOPES if wide else {"session": SCOPES["session"]}


@guard.write("chat.remove", lambda pk: get_object_or_404(Mute.objects.select_related("session__edition"), pk=pk))
def lift(request: Request, mute: Mute) -> HttpResponse:
    """Somebody may write again."""
    if not mute.scope.startswith("session:") and not can(request.user, "chat.remove", mute.session.edition):
        raise Http404
    moderating.lift(mute, request.user)
    if request.htmx:
        return render(request, "chat/_mute.html", {"lifted": True})
    return redirect("chat:review", mute.session_id)


@never_cache
@guard.page("chat.remove", follow=True)
def review(request: Request, session: Session) -> HttpResponse:
    """What waits for a moderator: held and reported messages; who is muted; how the chat is held."""
    return _review(request, session, SettingsForm(instance=_settings(session)))


@guard.write("chat.remove")
def configure(request: Request, session: Session) -> HttpResponse:
    """Set how the chat is held."""
    with transaction.atomic():
        settings = _settings(Session.locked(session.pk))  # two who save wait for each other
        form = SettingsForm(request.POST, instance=settings)
        if form.is_valid():
            chosen = {name: form.cleaned_data[name] for name in SettingsForm.Meta.fields}
            moderating.configure(session, chosen, request.user)
            return redirect("chat:review", session.pk)
    if request.htmx:
        raise Invalid(form)
    return _review(request, session, form, 422)


def _settings(session: Session) -> ChatSettings:
    return holding.settings_of(session)


def _review(request: Request, session: Session, form: SettingsForm, status: int = 200) -> HttpResponse:
    mutes = Mute.objects.standing().filter(scope__in=session.scopes()).select_related("participant", "by")
    context = {
        "session": session,
        "cases": [case_data(message) for message in open_cases(session.pk)],
        "mutes": mutes,
        "form": form,
        "role": "staff",
    }
    return render(request, "chat/review.html", context, status=status)
