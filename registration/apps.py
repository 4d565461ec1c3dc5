from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """The registration desk: imports, people and their roles, bans, ways in, and whom a session is for."""

    name = "registration"

    def ready(self) -> None:
        """Connect the signal receivers."""
        from registration import links  # noqa: F401  (its receiver)
