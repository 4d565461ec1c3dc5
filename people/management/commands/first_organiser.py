"""manage.py first_organiser: the address at which the first organiser of a new installation signs up."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from people import first
from people.refusal import Refused


class Command(BaseCommand):
    """Print an address that opens once, within a day. It is said here only, and only its hash is kept."""

    help = "Print the address at which the first organiser signs up: once, within 24 hours."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it. Raises CommandError where somebody is already, and in the demo."""
        if settings.DEMO:
            raise CommandError("In the demo everybody enters with one click. Set HYBRID_DEMO=0 for a real congress.")
        try:
            token = first.make()
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{settings.SITE_URL}{reverse('people:first')}#{token}")
