"""How the show of a session and of a stage is run."""

from django.db import models
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from common import clock
from common.prepared import Prepared
from people.access import OPEN, Access
from people.models import Participant
from sessions.models import Edition, Session, Stage, StatusChange


class Show(models.Model):
    """A session's stage screen, its clock and its place in the running order. Without a row the defaults hold."""

    class Cue(models.TextChoices):
        """What it does when the sessions before it take longer (show/projection.py)."""

        SOFT = "soft", _("Follows")
        HARD = "hard", _("Keeps its start")
        BREAK = "break", _("Break that gives time back")

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="show")
    mode = models.CharField(
        max_length=16, blank=True, help_text="a mode of the stage screen; empty: what happens is followed"
    )
    address_number = models.PositiveIntegerField(default=1, help_text="of the screen's address; the earlier ones ended")
    amber = models.PositiveSmallIntegerField(_("amber, minutes before the end"), default=5)
    red = models.PositiveSmallIntegerField(_("red, minutes before the end"), default=1)
    cue = models.CharField(_("when the stage is late"), max_length=8, choices=Cue.choices, default=Cue.SOFT)
    least = models.PositiveSmallIntegerField(
        _("a break lasts at least, minutes"), default=10, help_text="what a break is never shortened below"
    )
    added = models.SmallIntegerField(default=0, help_text="minutes that the caller gave the session, or took")

    def __str__(self) -> str:
        return str(self.session_id)

    @classmethod
    def of(cls, session: Session) -> "Show":
        """The session's show as it is stored, else with the defaults."""
        return _SHOW.first(session.pk) or cls(session=session)

    @classmethod
    def locked(cls, session: Session) -> "Show":
        """The session's show, locked until the transaction ends."""
        cls.objects.get_or_create(session=session)
        return cls.objects.select_for_update().get(session=session)


_SHOW = Prepared(lambda session: Show.objects.filter(session=session))


class StageShow(models.Model):
    """A stage's unattended pages and how its delays are told. Without a row the defaults hold."""

    stage = models.OneToOneField(Stage, on_delete=models.CASCADE, related_name="show")
    address_number = models.PositiveIntegerField(default=1, help_text="of its pages' addresses; the earlier ones ended")
    blackout = models.BooleanField(default=False, help_text="the confidence monitor is dark")
    automatic = models.PositiveSmallIntegerField(
        _("publish delays by themselves up to, minutes"), default=0, help_text="0: somebody confirms each"
    )

    def __str__(self) -> str:
        return str(self.stage_id)

    @classmethod
    def of(cls, stage_id: int) -> "StageShow":
        """The stage's show as it is stored, else with the defaults; 404 for no stage."""
        stages = Stage.objects.select_related("host_city", "edition__host_city", "show")
        stage = get_object_or_404(stages, pk=stage_id)
        show = getattr(stage, "show", None) or cls()
        show.stage = stage
        return show

    @classmethod
    def locked(cls, stage: Stage) -> "StageShow":
        """The stage's show, locked until the transaction ends."""
        cls.objects.get_or_create(stage=stage)
        return cls.objects.select_for_update().get(stage=stage)

    @property
    def edition(self) -> Edition:
        """The stage's edition."""
        return self.stage.edition

    @property
    def room_key(self) -> str:
        """The room in which the rows of all stages of the edition are shown."""
        return control_room(self.stage.edition_id)

    def scopes(self) -> list[str]:
        """The scopes of roles that count for the stage."""
        return [f"stage:{self.stage_id}", f"edition:{self.stage.edition_id}"]

    def access(self) -> Access:
        """Open: only the action itself decides."""
        return OPEN


class Ripple(models.Model):
    """Steps of a stage's sessions that were taken together from the control room, and are taken back together."""

    class Kind(models.TextChoices):
        """What they did."""

        DELAYS = "delays", _("published delays")
        MOVE = "move", _("move")
        SWAP = "swap", _("swap")
        CANCEL = "cancel", _("cancellation")

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.DELAYS)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="ripples")
    changes = models.ManyToManyField(StatusChange, related_name="+")
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")  # None: by itself
    at = models.DateTimeField(default=clock.now)
    undone_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"ripple {self.pk} of stage {self.stage_id}"


def control_room(edition_id: int) -> str:
    """The key of the room that an edition's control room follows."""
    return f"control:{edition_id}"
