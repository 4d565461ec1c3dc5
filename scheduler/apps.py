from django.apps import AppConfig


class SchedulerConfig(AppConfig):
    """The scheduler: what happens at a time is done once, by one of several processes."""

    name = "scheduler"
