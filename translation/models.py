"""What machines have translated, once per text and language, and how far each room has been read for it."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from common import clock
from people.models import Participant
from sessions.models import Edition


def digest(text: str) -> str:
    """By what a text is found again."""
    return hashlib.sha256(text.encode()).hexdigest()


class TranslationSettings(models.Model):
    """What an edition's organisers decide. An edition without a row has what stands here."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="translation_settings")
    may_leave = models.BooleanField(_("Texts may be sent to a service outside of this server"), default=False)
    terms = models.TextField(_("Words that are never translated"), blank=True, help_text=_("one per line"))

    def __str__(self) -> str:
        return f"translation of {self.edition_id}"

    @property
    def glossary(self) -> list[str]:
        """The words that stay as they are."""
        return [term for line in self.terms.splitlines() if (term := " ".join(line.split()))]


class Translation(models.Model):
    """A text in another language; empty where no machine made anything of it that could be shown."""

    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    text = models.TextField()
    backend = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "source", "target"], name="one_translation_each")]

    def __str__(self) -> str:
        return f"{self.source} > {self.target}: {self.text[:40]}"


class Use(models.Model):
    """A thing whose text has been shown in a language: when its words change, nothing of the old ones is kept."""

    kind = models.CharField(max_length=64)
    thing = models.CharField(max_length=40, help_text="its id, as text")
    digest = models.CharField(max_length=64, db_index=True)
    target = models.CharField(max_length=12)
    staff = models.BooleanField(default=False, help_text="whether only moderators were told")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "thing", "target", "digest", "staff"], name="one_use_each"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} in {self.target}"


class Desk(models.Model):
    """A room of a session or an edition, read for what is to be translated up to `seq`, by one process at a time."""

    key = models.CharField(max_length=64, unique=True)
    seq = models.BigIntegerField(default=0)
    token = models.UUIDField(null=True)
    taken_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key} up to {self.seq}"


class Wanted(models.Model):
    """A language in which some process shows a room now; `filled` once what stood there has been translated.

    With a `kind`: one in which somebody asks for things of that kind, which are translated on request only.
    """

    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12)
    seen_at = models.DateTimeField()
    filled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "kind", "language"], name="one_wish_each")]

    def __str__(self) -> str:
        return f"{self.key} in {self.language}"


class Reading(models.Model):
    """Whether a participant wants to read what others write in their own language."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="+")
    in_my_language = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.in_my_language}"
