from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CommonConfig(AppConfig):
    """The ground: the contract of a feature, and helpers that know no app."""

    name = "common"

    def ready(self) -> None:
        """Collect the declarations of all apps, and register the check that reads them."""
        from common import checks  # noqa: F401  (registers itself)
        from common.registry import registry

        registry.discover()
        connection_created.connect(_read_moments)


def _read_moments(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "postgresql":
        from common.moments import Moments  # needs the driver

        connection.connection.adapters.register_loader("timestamptz", Moments)
