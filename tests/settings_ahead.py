"""A process whose clock is 90 seconds ahead of everybody else's."""

from datetime import timedelta

from django.utils import timezone

_true = timezone.now
timezone.now = lambda: _true() + timedelta(seconds=90)

from tests.settings import *  # noqa: E402, F403
