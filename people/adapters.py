"""How allauth signs our participants in: with a code by e-mail, or by the organisation's own sign-in service."""

import logging
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people import devices, joining
from people.address import client_address, exact_address
from people.limits import hashed, retry_after
from people.models import Participant
from people.names import name_or
from people.refusal import refuse

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in by code. Nobody registers alone: organisers import registrations and invite people."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always False: nobody makes an account of their own here."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that our own proxies saw."""
        return exact_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the mail a random moment after the response, so that no timing shows who is registered.

        An address that is not registered gets one mail an hour that says so; one place can cause only a few of them.
        """
        request = allauth_context.request
        devices.expire_with_code(request)
        context = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        write = partial(self._write, template_prefix, email, context, get_language())
        request.after_response = write if settings.MAIL_WITHIN == 0 else partial(_later, write)

    def _write(self, template_prefix: str, email: str, context: dict[str, Any], language: str) -> None:
        """Render and count alike for every address, also when the mail is not sent in the end."""
        with allauth_context.request_context(context["request"]), translation.override(language):
            mail = self.render_mail(template_prefix, email, context)
        stranger = template_prefix == "account/email/unknown_account"
        kind = "" if stranger else "known-"  # counted for the time it takes, never asked
        address = retry_after("people.stranger", kind + hashed(email))
        place = retry_after("people.strangers", kind + client_address(context["request"]))
        if not stranger or not (address or place):
            _send(mail)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing: our pages say themselves what happened."""


_mails = ThreadPoolExecutor(2, "mails")


def _later(write: Callable[[], None]) -> None:
    """Write the mail in a thread after a random delay, so that the next request's duration shows nothing."""

    def run() -> None:
        time.sleep(random.uniform(0, settings.MAIL_WITHIN))
        write()

    _mails.submit(run)


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except OSError as error:  # its words hold the address
        logger.error("A mail could not be sent: %s %s", type(error).__name__, getattr(error, "smtp_code", ""))


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Everybody that the sign-in service knows may sign in, except operators. It gives no registration.

    An address that the service does not confirm is not stored: mails for its owner would reach this account.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Always True: the sign-in service decides who exists."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse operators, who sign in by code only, and new people without a confirmed address.

        A service cannot be added to an account that is signed in: if somebody else had made that sign-in, the service
        would open the account for good.
        """
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(refuse(request, _("A sign-in service cannot be added to an account."), 404))
        participant: Participant = sociallogin.user
        if participant.operates:
            message = _("Operators sign in with a code by e-mail, not with a sign-in service.")
            raise ImmediateHttpResponse(refuse(request, message, 403))
        if not sociallogin.is_existing and not participant.email:
            raise ImmediateHttpResponse(redirect("socialaccount_signup"))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Participant:
        """The new participant with a confirmed address (or none) and the first name that can be read."""
        participant: Participant = sociallogin.user
        # Some services send the word "false", which is true.
        confirmed = [address for address in sociallogin.email_addresses if address.verified in (True, "true")]
        sociallogin.email_addresses = confirmed
        participant.email = confirmed[0].email.lower() if confirmed else None
        names = [str(data[key]) for key in ("first_name", "last_name") if data.get(key)]
        candidates = (
            data.get("name"),
            " ".join(names),
            data.get("username"),
            str(data.get("email") or "").partition("@")[0],
        )
        participant.name = name_or(*(str(name or "") for name in candidates))
        return participant


@receiver(user_logged_in)
def _remember_device(request: HttpRequest, user: Participant, **_: Any) -> None:
    """List every sign-in on the account page, whatever the way in."""
    request.user = user
    request.session.set_expiry(None)  # it was as short as a code's
    joining.end_shown(joining.shown_sign_ins([user.pk]))
    UserSession.objects.create_from_request(request)
