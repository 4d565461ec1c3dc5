from django.apps import AppConfig


class BackstageConfig(AppConfig):
    """What those who run a session or an edition say to each other."""

    name = "backstage"
