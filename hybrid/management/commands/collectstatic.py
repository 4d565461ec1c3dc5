"""Django's collectstatic, for files that the proxy serves."""

import os
from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic


class Command(collectstatic.Command):
    """What it writes is public: others of the machine may read it, unlike all else that manage.py writes."""

    def handle(self, **options: Any) -> str | None:
        before = os.umask(0o022)
        try:
            return super().handle(**options)
        finally:
            os.umask(before)
