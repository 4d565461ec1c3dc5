from django.apps import AppConfig


class CommonConfig(AppConfig):
    """The ground: the contract of a feature, and helpers that know no app."""

    name = "common"

    def ready(self) -> None:
        """Collect the declarations of all apps, and register the check that reads them."""
        from common import checks  # noqa: F401  (registers itself)
        from common.registry import registry

        registry.discover()
