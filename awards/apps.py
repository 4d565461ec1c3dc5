from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """The awards: from the call to the envelope."""

    name = "awards"
