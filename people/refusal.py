"""How an operation says no."""

from django.core.exceptions import PermissionDenied

from people.models import Ban


class Refused(Exception):
    """The operation is not possible now; the message says why, for the person who tried."""


class Banned(PermissionDenied):
    """The participant is banned from what they asked for."""

    def __init__(self, ban: Ban) -> None:
        super().__init__(ban.reason)
        self.ban = ban
