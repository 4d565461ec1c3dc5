from django.apps import AppConfig


class WebappConfig(AppConfig):
    """The installable app: manifest, icons, and what of the programme can be read without a connection."""

    name = "webapp"
