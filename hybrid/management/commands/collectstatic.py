"""Django's collectstatic, for files that the proxy serves."""

import os
from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic


class Command(collectstatic.Command):
    """Makes the files readable for the other users of the machine, unlike all else that manage.py writes."""

    def handle(self, **options: Any) -> str | None:
        """Collect with a umask that lets others read."""
        before = os.umask(0o022)
        try:
            return super().handle(**options)
        finally:
            os.umask(before)
