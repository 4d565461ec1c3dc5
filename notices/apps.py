from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices: who planned around a session is told when it changes, and before it begins."""

    name = "notices"
