from django.apps import AppConfig


class ReplayConfig(AppConfig):
    """What was said and asked in a session comes back with its recording."""

    name = "replay"
