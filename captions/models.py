"""Tracks of captions and their lines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common import clock
from common.signed import Addresses
from sessions.models import Session

MAX_LINE = 400  # signs
addresses = Addresses("captions")


class Track(models.Model):
    """The captions of a session in one language. Who has its address writes them without signing in."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="caption_tracks")
    language = models.CharField(_("language"), max_length=35)
    name = models.CharField(_("name"), max_length=60)
    offset = models.IntegerField(
        _("seconds to move the lines"), default=0, help_text=_("-4: a writer is four seconds behind the speaker")
    )
    number = models.PositiveIntegerField(default=1, help_text="of its addresses: a higher one ends those before")
    last_seq = models.BigIntegerField(default=-1)
    pending = models.CharField(max_length=MAX_LINE * 2, blank=True)
    searched = models.BooleanField(default=False, help_text="it has passages that the search finds")
    on_screen = models.BooleanField(default=False, help_text="the stage screen of its session shows it")
    began_at = models.DateTimeField(default=clock.now, help_text="when the first sign of the pending line came")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "language"], name="one_track_per_language"),
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(on_screen=True), name="one_track_on_the_screen"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Its address's secret part, as it is now."""
        return addresses.of(self.pk, self.number)

    @classmethod
    def by_address(cls, address: str) -> "Track | None":
        """The track of an address; None when it was never one, or was ended."""
        pk, number = addresses.read(address) or (0, 0)
        tracks = cls.objects.select_related("session__edition", "session__stage__host_city")
        return tracks.filter(pk=pk, number=number).first()


class Passage(models.Model):
    """What was said for half a minute of a recording: the search finds it, and leads to its place in seconds."""

    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="passages")
    place = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["track", "place"]

    def __str__(self) -> str:
        return self.text


class Caption(models.Model):
    """A line that was said at a moment."""

    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField()
    text = models.CharField(max_length=MAX_LINE * 2)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["track", "at"])]

    def __str__(self) -> str:
        return self.text

    @property
    def session(self) -> Session:
        """The session in which it was said."""
        return self.track.session
