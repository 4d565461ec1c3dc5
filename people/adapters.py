"""How allauth signs our participants in: with a code by e-mail, or by the organisation's own sign-in service."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from people import joining
from people.address import client_address
from people.models import MAX_NAME, Participant


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody registers by themselves: organisers import registrations and invite."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say it themselves."""


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whoever the sign-in service knows may sign in; a registration is another matter."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Participant:
        participant: Participant = sociallogin.user
        participant.email = str(data.get("email") or "").lower() or None
        names = [str(data[key]) for key in ("first_name", "last_name") if data.get(key)]
        name = str(data.get("name") or " ".join(names) or data.get("username") or "")
        participant.name = (name or str(data.get("email") or "").partition("@")[0])[:MAX_NAME]
        return participant


@receiver(user_logged_in)
def _remember_device(request: HttpRequest, user: Participant, **_: Any) -> None:
    """So that the account page can list it, whatever the way in."""
    request.user = user
    joining.end_shown(user)
    UserSession.objects.create_from_request(request)
