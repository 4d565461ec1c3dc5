from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """Search over all that one may see."""

    name = "search"

    def ready(self) -> None:
        """What was there before its tables is found as well."""
        post_migrate.connect(_fill, sender=self)


def _fill(plan: Any = (), **_: Any) -> None:
    if any(migration.app_label == "search" and not backwards for migration, backwards in plan):
        from search.index import rebuild

        rebuild()
