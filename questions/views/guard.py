"""What every view of the Q&A asks first, and how it says no."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.limits import retry_after
from people.permissions import can
from people.request import Request
from people.views import refuse, refuse_form
from questions.models import Question
from questions.state import Refused
from sessions.models import Session

TAKE_PART = gettext_lazy("Only participants of this edition ask and upvote. Enter first; your words are kept.")
WHO = {
    "questions.ask": TAKE_PART,
    "questions.upvote": TAKE_PART,
    "questions.own": gettext_lazy("Only who asked a question changes it."),
    "questions.answer": gettext_lazy("Only speakers and moderators of this session answer in writing."),
    "questions.speak": gettext_lazy("Only speakers and moderators of this session use the speaker's view."),
    "questions.moderate": gettext_lazy("Only moderators and organisers of this session curate its questions."),
    "questions.configure": gettext_lazy("Only organisers change this."),
}


class Invalid(Exception):
    """What was sent does not pass its form."""

    def __init__(self, form: BaseForm) -> None:
        super().__init__(form.errors)
        self.form = form


F = TypeVar("F", bound=BaseForm)


def checked(form: F) -> F:
    """The form, if what was sent passes it; raises Invalid, which `writes` answers with what is wrong (422)."""
    if not form.is_valid():
        raise Invalid(form)
    return form


def writes(action: str) -> Callable[..., Any]:
    """A view that writes: permission, rate limit, and a refusal of the state machine as a clear answer (409).

    The view gets the Session (from `session_pk`) or the Question (from `pk`) instead of the id.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Request, session_pk: int | None = None, pk: uuid.UUID | None = None) -> HttpResponse:
            thing: Any = session_of(session_pk) if pk is None else question_of(pk)
            session = thing if pk is None else thing.session
            if not can(request.user, "questions.view", session):
                raise Http404
            if not can(request.user, action, session):
                return refuse(request, str(WHO[action]), 403)
            if wait := retry_after(action, request.user.pk):
                return refuse(request, _("Too many at once. Wait %(seconds)s seconds.") % {"seconds": wait}, 429)
            try:
                return view(request, thing)
            except Invalid as invalid:
                return refuse_form(request, invalid.form)
            except Refused as refusal:
                return refuse(request, str(refusal), 409)

        return guarded

    return decorate


def session_of(pk: int | None) -> Session:
    """The session, or 404."""
    return get_object_or_404(Session.objects.select_related("edition", "stage__host_city"), pk=pk)


def question_of(pk: uuid.UUID) -> Question:
    """The question with its session, or 404."""
    return get_object_or_404(Question.objects.select_related("session__edition", "asker", "root"), pk=pk)
