from django.apps import AppConfig


class PresenceConfig(AppConfig):
    """Who follows a session: from where, and, for its staff, who."""

    name = "presence"
