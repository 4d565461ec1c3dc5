"""Middleware for signed-in people: their device, their language, and work after the response."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

from people import devices
from people.models import Participant


@sync_only_middleware
def account(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Note when a device was last seen, set the profile's language after sign-in, and run `request.after_response`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.cohort = getattr(request, "scope", {}).get("cohort")  # type: ignore[attr-defined]
        if request.cohort is not None:  # type: ignore[attr-defined]
            request.user = request.cohort.member()  # type: ignore[attr-defined]
            return get_response(request)
        response = get_response(request)
        if language := getattr(request, "signed_in_language", ""):
            speak(response, language)
        # Only where the view has asked who it is: no request costs a query for this.
        if getattr(request, "_cached_user", None) and request.user.is_authenticated:
            devices.seen(request)
        if work := getattr(request, "after_response", None):
            _afterwards(response, work)
        return response

    return middleware


def _afterwards(response: HttpResponse, work: Callable[[], None]) -> None:
    """Run the work when the response has been sent."""
    close = response.close

    def closed() -> None:
        close()
        work()

    response.close = closed  # type: ignore[method-assign]
    response.works_after = True  # type: ignore[attr-defined]  # so that it is closed when it has been sent


def speak(response: HttpResponse, language: str) -> None:
    """Set the cookie that makes the browser ask for this language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Lax",
    )


@receiver(user_logged_in)
def _remember_language(request: HttpRequest, user: Participant, **_: object) -> None:
    if user.language in dict(settings.LANGUAGES):
        request.signed_in_language = user.language  # type: ignore[attr-defined]
