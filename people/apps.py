from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Participants, their roles and the one table of what they may do."""

    name = "people"

    def ready(self) -> None:
        """Connect the signal receivers."""
        from people import adapters, bans, operators, revocation  # noqa: F401  (their receivers)
