from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """The agenda: what a participant plans to attend."""

    name = "agenda"
