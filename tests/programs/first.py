"""The first organiser, signed up by several processes at once."""

import time

from django.db import transaction

from people import first
from people.models import Participant
from people.refusal import Refused


def links(count: int) -> list[str]:
    """Tokens of so many links."""
    return [first.make() for _ in range(count)]


def begin(token: str) -> bool:
    """Sign up by one of them, and commit a moment later; whether that was possible."""
    try:
        with transaction.atomic():
            first.begin(token, "Ada", f"{token[:8]}@example.org")
            time.sleep(1)
    except Refused:
        return False
    return True


def count() -> int:
    """How many participants there are."""
    return Participant.objects.count()
