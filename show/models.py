"""How the show of a session is run."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models import Session


class Show(models.Model):
    """What a session's stage screen shows, and when the speakers' clock turns. Without a row the defaults hold."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="show")
    mode = models.CharField(
        max_length=16, blank=True, help_text="a mode of the stage screen; empty: what happens is followed"
    )
    address_number = models.PositiveIntegerField(default=1, help_text="of the screen's address; the earlier ones ended")
    amber = models.PositiveSmallIntegerField(_("amber, minutes before the end"), default=5)
    red = models.PositiveSmallIntegerField(_("red, minutes before the end"), default=1)

    def __str__(self) -> str:
        return str(self.session_id)

    @classmethod
    def of(cls, session: Session) -> "Show":
        """The session's show as it is stored, else with the defaults."""
        return cls.objects.filter(session=session).first() or cls(session=session)

    @classmethod
    def locked(cls, session: Session) -> "Show":
        """The session's show, locked until the transaction ends."""
        cls.objects.get_or_create(session=session)
        return cls.objects.select_for_update().get(session=session)
