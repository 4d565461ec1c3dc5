"""Polls and what belongs to them. The steps between states are in state.py, casting ballots in ballots.py."""

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.prepared import Prepared
from people.models import Participant
from sessions.models import Session

MAX_QUESTION, MAX_OPTION, MAX_TEXT, MAX_WORD, MAX_NICKNAME = 200, 120, 280, 32, 24
MAX_OPTIONS, MAX_WORDS, MAX_SCALE = 20, 5, 10
MAX_DURATION = 3600  # seconds
LATE = 0  # the number of the round of those who watch later (late.py)


class Type(models.TextChoices):
    """How a poll is answered."""

    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    RATING = "rating", _("Rating scale")
    RANKING = "ranking", _("Ranking")
    WORDS = "words", _("Word cloud")
    TEXT = "text", _("Open text")
    NUMBER = "number", _("Number guess")
    QUIZ = "quiz", _("Quiz")


class State(models.TextChoices):
    """Where a poll stands (steps: polls/state.py)."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


PUBLIC = frozenset({State.OPEN, State.CLOSED})
WITH_OPTIONS = frozenset({Type.SINGLE, Type.MULTIPLE, Type.RANKING, Type.QUIZ})  # they need at least two


class Results(models.TextChoices):
    """When results are shown."""

    NEVER = "never", _("Never")
    VOTED = "voted", _("After voting")
    CLOSED = "closed", _("When it is closed")
    LIVE = "live", _("Live")
    REVEALED = "revealed", _("When the speaker reveals them")


class Poll(models.Model):
    """One question to a session's audience. Its row lock puts its steps, edits and ballots in one order."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="polls")
    type = models.CharField(_("type"), max_length=8, choices=Type.choices, default=Type.SINGLE)
    question = models.CharField(_("question"), max_length=MAX_QUESTION)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    position = models.PositiveIntegerField(default=0)
    anonymous = models.BooleanField(_("nobody can tell who answered what"), default=True)
    may_change = models.BooleanField(_("an answer may be changed"), default=True)
    abstaining = models.BooleanField(_("abstaining is possible"), default=False)
    results = models.CharField(_("the audience sees results"), max_length=8, choices=Results.choices, default="live")
    screen = models.CharField(_("the stage shows results"), max_length=8, choices=Results.choices, default="live")
    revealed = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False, help_text="another app put it, and alone counts it (secret.py)")
    min_choices = models.PositiveSmallIntegerField(_("at least"), default=1)
    max_choices = models.PositiveSmallIntegerField(_("at most"), default=1)
    low_label = models.CharField(_("lowest means"), max_length=40, blank=True)
    high_label = models.CharField(_("highest means"), max_length=40, blank=True)
    lowest = models.IntegerField(_("lowest"), default=0)
    highest = models.IntegerField(_("highest"), default=100)
    target = models.IntegerField(_("right number"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=16, blank=True)
    duration = models.PositiveIntegerField(_("seconds to answer"), default=0, help_text=_("0: until it is closed"))
    opens_at = models.DateTimeField(_("opens by itself at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="grows with every step and edit: what a person saw")
    client_id = models.UUIDField(
        null=True, editable=False, help_text="of the form that made it: a repeat makes no other"
    )

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["session", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["session"], condition=models.Q(state="open"), name="one_open_poll"),
            models.UniqueConstraint(fields=["session", "client_id"], name="one_poll_per_form"),
        ]

    def __str__(self) -> str:
        return self.question[:60]

    @classmethod
    def open_in(cls, session_id: int) -> "Poll | None":
        """The poll of a session that is open."""
        return _OPEN.first(session_id)

    @classmethod
    def following(cls, session_id: int) -> "Poll | None":
        """The poll of a session that comes next: the first scheduled one, else the first draft."""
        return _FOLLOWING.first(session_id)

    @property
    def round(self) -> "Round | None":
        """The newest round; None before the first opening."""
        return max(self.rounds.all(), key=lambda each: each.number, default=None)  # they may be loaded already


def _following(session: int) -> models.QuerySet[Poll]:
    waiting = Poll.objects.filter(session=session, state__in=(State.SCHEDULED, State.DRAFT))
    is_draft = models.Case(models.When(state=State.DRAFT, then=1), default=0)
    return waiting.order_by(is_draft, "position", "pk")[:1]


_FOLLOWING = Prepared(_following)
_OPEN = Prepared(lambda session: Poll.objects.filter(session=session, state=State.OPEN)[:1])


class LateAnswers(models.Model):
    """Who watches the recording of this session may answer its polls (late.py). Without a row they may not."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="late_answers")

    def __str__(self) -> str:
        return str(self.session_id)


class Picture(models.Model):
    """An option's image, made anew by us from what was sent; its name is the SHA-256 of its bytes."""

    name = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField(help_text="WebP")

    def __str__(self) -> str:
        return self.name


class Option(models.Model):
    """One of a poll's answers, or one of the statements that are rated."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=MAX_OPTION)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, related_name="+")
    right = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def session(self) -> Session:
        """The poll's session."""
        return self.poll.session


class Round(models.Model):
    """One time that a poll was put to the audience; the earlier ones are kept to compare with. LATE is no such time."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=now)
    closes_at = models.DateTimeField(null=True, db_index=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="one_round_per_number")]

    def __str__(self) -> str:
        return f"{self.poll_id}/{self.number}"

    @property
    def room_key(self) -> str:
        """The room of those who may see results because they have voted. Nothing is logged in it."""
        return f"round:{self.pk}"

    def takes_ballots(self, now: datetime) -> bool:
        """Whether a ballot of this moment counts."""
        return self.closed_at is None and (self.closes_at is None or now < self.closes_at)


class Ballot(models.Model):
    """One participant's answer in one round; without a name it has a `token` that only the voter's device can make."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="ballots")
    participant = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="ballots")
    token = models.CharField(max_length=64, null=True)  # noqa: DJ001 many ballots have none, and none are equal
    abstained = models.BooleanField(default=False)
    elapsed = models.PositiveIntegerField(null=True, help_text="milliseconds after the opening; only with a name")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="one_ballot_per_participant"),
            models.UniqueConstraint(fields=["round", "token"], name="one_ballot_per_token"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Participation(models.Model):
    """Somebody has answered an anonymous round: nothing here or there leads to the ballot (docs/polls.md)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participations")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "participant"], name="one_participation")]

    def __str__(self) -> str:
        return f"{self.participant_id} in {self.round_id}"


class Mark(models.Model):
    """One thing a ballot says: an option, with a rank or rating, or a number, or a text."""

    class Approval(models.TextChoices):
        """Whether an open text or a word is shown."""

        PENDING = "pending", _("Waiting for the moderator")
        SHOWN = "shown", _("Shown")
        HIDDEN = "hidden", _("Hidden")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="marks")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, null=True, related_name="marks")
    number = models.IntegerField(null=True, help_text="a rank from 1, a rating from 1, or a guess")
    text = models.CharField(max_length=MAX_TEXT, blank=True)
    folded = models.CharField(max_length=MAX_WORD, blank=True, help_text="a word as it is compared with others")
    approval = models.CharField(max_length=7, choices=Approval.choices, default=Approval.SHOWN)

    class Meta:
        indexes = [models.Index(fields=["option"])]

    def __str__(self) -> str:
        return self.text or str(self.option_id or self.number)


class Nickname(models.Model):
    """What a participant is called on a session's quiz leaderboard."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="nicknames")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=MAX_NICKNAME)
    folded = models.CharField(max_length=MAX_NICKNAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "participant"], name="one_nickname_per_participant"),
            models.UniqueConstraint(fields=["session", "folded"], name="one_participant_per_nickname"),
        ]

    def __str__(self) -> str:
        return self.name
