"""`manage.py rebuild_search`: write the index of the search anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from search.index import rebuild
from search.models import Found


class Command(BaseCommand):
    """People find what is in it meanwhile; a thing is written with all its words at once."""

    help = "Write the index of the search anew, while people use it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and tell how far it has come."""
        began = time.monotonic()
        rebuild(self._tell)
        self.stdout.write(f"{Found.objects.count()} things are found, after {time.monotonic() - began:.1f} s.")

    def _tell(self, kind: str, done: int, of: int) -> None:
        self.stdout.write(f"{kind}: {done} of {of}", ending="\n" if done == of else "\r")
        self.stdout.flush()
