from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    """What organisers tell everybody, or those of a session, a stage or a host city."""

    name = "announcements"
