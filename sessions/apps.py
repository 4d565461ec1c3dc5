from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """The programme and its live status. Django's own sessions app has the label "sessions" already."""

    name = "sessions"
    label = "congress"
    verbose_name = _("Congress")
