"""Questions and what belongs to them. The steps between states are in state.py, asking in asking.py."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.prepared import Prepared
from common.search import FoldedField, Searchable, SearchableQuerySet
from people.models import Participant, TakenStep
from sessions.models import ON_AIR, Session, Status

MAX_LENGTH = 300
MAX_ANSWER = 2000
MAX_NOTE = 500
MAX_PROMPT = 200
MAX_LABELS, MAX_LABEL = 5, 24


class State(models.TextChoices):
    """Where a question stands (steps: questions/state.py)."""

    PENDING = "pending", _("Waiting for the moderator")
    APPROVED = "approved", _("Published")
    QUEUED = "queued", _("In the queue")
    ON_STAGE = "on_stage", _("On stage")
    ANSWERED = "answered", _("Answered")
    SKIPPED = "skipped", _("Skipped")
    DISMISSED = "dismissed", _("Dismissed")
    MERGED = "merged", _("Merged")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PUBLIC = frozenset({State.APPROVED, State.QUEUED, State.ON_STAGE, State.ANSWERED, State.SKIPPED})
VOTABLE = frozenset({State.APPROVED, State.QUEUED})


class QuestionSettings(models.Model):
    """A session's Q&A: how it is run. Its row lock puts all steps of a session's questions in one order."""

    class Intake(models.TextChoices):
        """When questions are taken."""

        AUTOMATIC = "automatic", _("Open while the session runs")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="question_settings")
    intake = models.CharField(_("intake"), max_length=10, choices=Intake.choices, default=Intake.AUTOMATIC)
    moderated = models.BooleanField(_("new questions wait for a moderator"), default=True)
    anonymous_allowed = models.BooleanField(_("asking without a name is possible"), default=True)
    names_for_moderators = models.BooleanField(_("moderators see who asks without a name"), default=False)
    alternate = models.BooleanField(_("queue remote and hall in turn"), default=True)

    def __str__(self) -> str:
        return f"Q&A of {self.session}"

    @classmethod
    def of(cls, session: Session) -> "QuestionSettings":
        """The session's settings, made when they are missing."""
        return _SETTINGS.first([session.pk]) or cls.objects.get_or_create(session=session)[0]

    @classmethod
    def of_all(cls, sessions: Iterable[int]) -> dict[int, "QuestionSettings"]:
        """Id of a session -> its settings; where nobody has chosen any, what holds without a choice."""
        made = {pk: cls(session_id=pk) for pk in sessions}
        return made | {row.session_id: row for row in _SETTINGS.ask(made)}

    @classmethod
    def locked(cls, session: Session) -> "QuestionSettings":
        """The settings, locked until the transaction ends: steps of one session happen one after the other."""
        cls.of(session)
        return cls.objects.select_for_update(no_key=True).get(session=session)

    def is_open(self, status: str) -> bool:
        """Whether questions are taken while the session has that status."""
        if self.intake == self.Intake.AUTOMATIC:
            return status in {Status.STARTING, *ON_AIR}
        return self.intake == self.Intake.OPEN


_SETTINGS: Prepared[QuestionSettings] = Prepared(lambda sessions: QuestionSettings.objects.filter(session__in=sessions))


class Question(Searchable):
    """One question. Its id is the client's own; `root` is the question that its upvotes count for."""

    class Origin(models.TextChoices):
        """Who asked it: somebody with the product, or somebody at the microphone."""

        REMOTE = "remote", _("Remote")
        HALL = "hall", _("Hall")

    class How(models.TextChoices):
        """How it was answered."""

        LIVE = "live", _("Live")
        WRITTEN = "written", _("In writing")

    id = models.UUIDField(primary_key=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="questions")
    asker = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="questions")
    anonymous = models.BooleanField(default=False)
    named_to_moderators = models.BooleanField(
        default=False, help_text="who asked without a name was told that moderators see it"
    )
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REMOTE)
    hall_name = models.CharField(max_length=80, blank=True, help_text="who stands at the hall's microphone")
    hall_place = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=12, blank=True)
    text = models.CharField(max_length=MAX_LENGTH)
    original = models.CharField(max_length=MAX_LENGTH, blank=True, help_text="the asker's words, once edited by staff")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    answered_how = models.CharField(max_length=8, choices=How.choices, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    position = models.IntegerField(default=0, help_text="in the queue; lower comes first")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    root = models.ForeignKey("self", on_delete=models.PROTECT, related_name="tree")
    similar_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    labels = models.CharField(max_length=160, blank=True, help_text="each between commas: ,budget,follow up,")
    handled_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=0, help_text="grows with every change: what a moderator saw")
    asked_at = models.DateTimeField(default=now)
    text_folded = FoldedField(of="text")
    hall_name_folded = FoldedField(of="hall_name")

    objects = SearchableQuerySet["Question"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["session", "state", "asked_at"]), models.Index(fields=["session", "asker"])]
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(state="on_stage"), name="one_question_on_stage"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def names_asker(self, for_moderators: bool) -> bool:
        """Whether moderators see who asked; `for_moderators`: the settings now name to them who asks without a name.

        Later settings break no promise under which somebody asked.
        """
        return not self.anonymous or (self.named_to_moderators and for_moderators)

    @property
    def kept_words(self) -> tuple[str, str]:
        """Its text and what the asker first wrote; nothing once they took it back, as nobody else has taken it up."""
        return ("", "") if self.state == State.WITHDRAWN else (self.text, self.original)

    @property
    def label_list(self) -> list[str]:
        """Its labels, in order."""
        return [label for label in self.labels.split(",") if label]

    @property
    def labels_line(self) -> str:
        """The labels as they are written in a field."""
        return ", ".join(self.label_list)

    def snapshot(self) -> dict[str, Any]:
        """The fields that a step changes, as JSON."""
        return {
            "state": self.state,
            "answered_how": self.answered_how,
            "reason": self.reason,
            "position": self.position,
            "text": self.text,
            "original": self.original,
            "merged_into": str(self.merged_into_id) if self.merged_into_id else None,
        }


class Upvote(models.Model):
    """One participant wants one question answered. It counts for the question's root, there once per participant."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="upvotes")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="upvotes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "participant"], name="one_upvote_per_participant")]

    def __str__(self) -> str:
        return f"{self.participant_id} for {self.question_id}"


class Change(TakenStep):
    """The audit trail: one step of one question. Who took or undid it cannot be deleted."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="changes")
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    undone_by = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.action} of {self.question_id}"


class Answer(models.Model):
    """A written answer, under its question also after the session."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="answers")
    by_staff = models.BooleanField(help_text="links in it may be clicked")
    text = models.CharField(max_length=MAX_ANSWER)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"


class Mute(models.Model):
    """Who asked this question asks no more in its session. It names nobody: who asked without a name stays unknown.

    It says nothing about other questions of the same person, or a board would tell that they belong together.
    """

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="mute")
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"who asked {self.question_id}"


class Note(models.Model):
    """A word between moderators about a question."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=MAX_NOTE)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"


class Prompt(models.Model):
    """A private line from the moderator to the speakers on stage, until it is acknowledged; they may answer it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="prompts")
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=MAX_PROMPT)
    at = models.DateTimeField(default=now)
    acknowledged_by = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=MAX_PROMPT, blank=True, help_text="of who acknowledged it; empty: understood")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"
