"""Sign-in with a code by e-mail: allauth's pages, with a way out of every waiting state."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from people.code import is_asked_too_often


class AskForCode(RequestLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """Asks for a code. A new address restarts, also while a code is on its way; ?anew shows the form again."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        if request.method == "POST" or "anew" in request.GET:
            return None
        response: HttpResponse | None = super()._redirect_to_pending_stage(request, stage)
        return response


class TypeCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """Takes the code. Tries are counted in the session; its row is locked, so that they run one after the other."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer one try, while the session's row is locked."""
        with transaction.atomic():
            self._lock(request)
            key = request.session.session_key
            response: HttpResponse = super().dispatch(request, *args, **kwargs)
            if request.session.session_key == key and request.session.modified and not request.session.is_empty():
                request.session.save()
                request.session.modified = False  # a second save, after the lock, would undo the next try's count
        return response

    @staticmethod
    def _lock(request: HttpRequest) -> None:
        store: Any = type(request.session)
        key = request.session.session_key
        if key:
            store.get_model_class().objects.select_for_update().filter(session_key=key).first()
            request.session = store(key)  # as the previous try left it

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        if is_asked_too_often(self.request, self._process.state["email"]):
            return redirect(f"{self.request.path}?wait=1")
        response: HttpResponse = super()._resend_form_valid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The usual context, and `wait`: whether a new code was asked for too early."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"wait": "wait" in self.request.GET}
