"""An import of registrations with its pieces and portions, and the arrivals of guests."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext_lazy as _

from common import clock
from common.clock import now
from common.versions import fingerprint
from people.models import Participant
from sessions.models import Edition

MAX_PIECE = 600_000  # bytes of one request
MAX_PIECES = 64


class Import(models.Model):
    """An import. `columns` maps our fields to columns, `passes` and `statuses` the file's words to their meanings.

    A word with the meaning "" is unknown: the organiser must choose. `done` counts portions.
    """

    class State(models.TextChoices):
        """The steps of an import, in their order."""

        UPLOADING = "uploading", _("Uploading")
        MAPPING = "mapping", _("Choose the columns")
        TRYING = "trying", _("Trying")
        TRIED = "tried", _("Tried")
        APPLYING = "applying", _("Applying")
        DONE = "done", _("Done")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADING)
    header = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    passes = models.JSONField(default=dict)
    statuses = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    repeated = models.JSONField(default=dict, help_text="line -> the line that has the same ticket before it")
    shared = models.JSONField(
        default=dict, help_text="line -> the line that names the participant of both, and whether it says another name"
    )
    started_at = models.DateTimeField(default=now)
    moved_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name

    @property
    def drawn_from(self) -> str:
        """A fingerprint of the mapping, to notice that somebody else has changed it."""
        return fingerprint([self.columns, self.passes, self.statuses])

    @property
    def percent(self) -> int:
        """How much of this step is done, 0 to 100."""
        total = self.portions.count()
        return round(100 * self.done / total) if total else 0

    @property
    def running(self) -> bool:
        """Whether portions are being tried or applied now."""
        return self.state in (self.State.TRYING, self.State.APPLYING)

    @property
    def to_ask(self) -> list[str]:
        """The words whose meaning is still unknown."""
        return [word for known in (self.passes, self.statuses) for word, meaning in known.items() if not meaning]

    def all_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row as (line, cells), portion by portion."""
        for portion in self.portions.order_by("number").iterator(chunk_size=1):
            yield from portion.rows

    def count(self, name: str) -> int:
        """How many rows had this result ("new", "errors", ...); 0 when none had."""
        return int(self.counts.get(name, 0))


class Arrival(models.Model):
    """When a guest took a seat in a hall, and from which `place` (device.place_of)."""

    guest = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=64)
    place = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guest", "scope"], name="one_arrival_per_guest")]
        indexes = [models.Index(fields=["scope", "at"])]

    def __str__(self) -> str:
        return f"{self.guest_id} in {self.scope}"


class Piece(models.Model):
    """Some bytes of the file, while it is uploaded."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="one_piece_per_number")]

    def __str__(self) -> str:
        return f"{self.of_id}/{self.number}"


class Portion(models.Model):
    """Some rows of the file: [[line, [cell, ...]], ...]."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="portions")
    number = models.PositiveIntegerField()
    rows = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="one_portion_per_number")]

    def __str__(self) -> str:
        return f"{self.of_id}/{self.number}"
