from django.apps import AppConfig


class ExpoConfig(AppConfig):
    """The exhibition: stands, and who meets there."""

    name = "expo"
