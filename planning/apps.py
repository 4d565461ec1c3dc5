from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Planning: the organisers' draft of the programme, its releases, calendars and exports."""

    name = "planning"
