from typing import Any

from django.core.management.base import BaseCommand

from live.epochs import raise_all


class Command(BaseCommand):
    """Begins a new epoch of the log, so that every page that was open before is loaded afresh."""

    help = "Say that the database was restored, or that a standby took over: open pages load what they have missed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise the epoch of every room."""
        self.stdout.write(f"Epoch {raise_all()}: open pages are loaded afresh.")
