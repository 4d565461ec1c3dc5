"""The awards and what belongs to them. Steps of an entry are in state.py, of a ceremony in ceremony.py."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.words import local
from cities.models import Organisation
from common.clock import now
from common.uploads import Upload, Uploads
from people.access import OPEN, Access
from people.models import Participant, TakenStep
from sessions.models import Edition, Session

MAX_TITLE, MAX_PLACE, MAX_WORDS, MAX_NOTE = 160, 120, 2000, 4000
JUDGE, CHAIR = "judge", "chair"  # roles of an edition
AUDIENCE = "audience"  # a kind of category, and the honour of its cue


class Call(models.Model):
    """An edition's call for entries. The closing is an instant; pages say it in the zone of the main host city."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="call")
    title = models.CharField(_("title"), max_length=MAX_TITLE)
    text = models.TextField(_("text"), blank=True, max_length=8000)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    grace = models.PositiveSmallIntegerField(_("minutes of grace for who was writing then"), default=10)
    reviews = models.PositiveSmallIntegerField(_("judges for each entry"), default=3)
    hold = models.PositiveSmallIntegerField(
        _("seconds between the stage and everybody else"), default=8, help_text=_("as late as the stream is")
    )
    scores_open = models.BooleanField(default=False, help_text="judges see each other's scores")
    country_conflicts = models.BooleanField(_("nobody judges an entry of their own country"), default=False)
    keep_days = models.PositiveSmallIntegerField(_("days that we keep files and names after the closing"), default=730)
    words = models.JSONField(default=dict, help_text="in other languages: words.py")

    def __str__(self) -> str:
        return self.title

    @property
    def local(self) -> dict[str, Any]:
        """Title and text in the reader's language."""
        return local(self.words, {"title": self.title, "text": self.text})

    def is_open(self, moment: datetime) -> bool:
        """Whether entries are taken at a moment, without grace."""
        return self.opens_at <= moment < self.closes_at

    @property
    def grace_ends(self) -> datetime:
        """Until when who was writing at the closing may still submit."""
        return self.closes_at + timedelta(minutes=self.grace)


class Kind(models.TextChoices):
    """What a category honours."""

    CITY = "city", _("City")
    PROJECT = "project", _("Project")
    INNOVATION = "innovation", _("Innovation")
    LEADERSHIP = "leadership", _("Leadership")
    SPECIAL = "special", _("Special mention")
    AUDIENCE = AUDIENCE, _("Audience award")
    CHALLENGE = "challenge", _("Incubation challenge")


class Round(models.TextChoices):
    """How a category is judged now. Marks of the rounds before stay."""

    QUALIFYING = "qualifying", _("Qualifying: pass or fail")
    WEIGHTED = "weighted", _("Weighted criteria")
    RANKING = "ranking", _("Ranking: each judge puts theirs in order")


class CategoryQuerySet(models.QuerySet["Category"]):
    """Selections of categories."""

    def judged(self) -> "CategoryQuerySet":
        """Those that one enters and the jury decides."""
        return self.exclude(kind=Kind.AUDIENCE)

    def of_awards(self) -> "CategoryQuerySet":
        """Those that the page of the awards shows: challenges are on the page of the incubation."""
        return self.exclude(kind=Kind.CHALLENGE)


class Category(models.Model):
    """What can be won. `questions` and `criteria` are lists of what content.py describes.

    One of the kind "audience" takes no entries: the audience of a ceremony chooses among finalists (audience.py).
    One of the kind "challenge" is of its `host`, and its teams go through `stages` (incubating.py).
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(_("name"), max_length=MAX_PLACE)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PROJECT)
    text = models.TextField(_("what it is about"), blank=True, max_length=MAX_WORDS)
    who = models.CharField(_("who may enter"), max_length=200, blank=True)
    questions = models.JSONField(default=list)
    criteria = models.JSONField(default=list)
    round = models.CharField(_("round"), max_length=12, choices=Round.choices, default=Round.WEIGHTED)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    host = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whose challenge it is"),
    )
    stages = models.JSONField(default=list)

    words = models.JSONField(default=dict, help_text="in other languages: words.py")

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def local(self) -> dict[str, Any]:
        """Its words, and those of its questions and criteria, in the reader's language."""
        names = ("name", "who", "text", "questions", "criteria", "stages")
        return local(self.words, {name: getattr(self, name) for name in names})


class State(models.TextChoices):
    """Where an entry stands. What comes after "eligible" is public: it is set when a decision is opened."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    QUERY = "query", _("Question to the entrant")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Not eligible")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FINALIST = "finalist", _("Finalist")
    THIRD = "third", _("Third place")
    SECOND = "second", _("Second place")
    MENTION = "mention", _("Special mention")
    WINNER = "winner", _("Winner")


HONOURS = (State.MENTION, State.THIRD, State.SECOND, State.WINNER)  # in the order in which they are revealed
PUBLIC = frozenset({State.FINALIST, *HONOURS})
CHOSEN = _("Chosen by the audience")
CUE_HONOURS = [*State.choices, (AUDIENCE, CHOSEN)]
JUDGED = frozenset({State.ELIGIBLE, *PUBLIC})


class EntryQuerySet(models.QuerySet["Entry"]):
    """Selections of entries."""

    def of(self, edition: Edition) -> "EntryQuerySet":
        """Those of an edition's call, with their categories."""
        return self.filter(category__call__edition=edition).select_related("category__call__edition__host_city")

    def by(self, participant: Participant) -> "EntryQuerySet":
        """Those that the participant writes."""
        return self.filter(pk__in=Entry.authors.through.objects.filter(participant=participant).values("entry"))


class Entry(models.Model):
    """One entry. `draft` is what its authors write; a submission copies it to the other fields, which alone count."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="entries")
    owner = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    authors = models.ManyToManyField(Participant, related_name="award_entries")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    draft = models.JSONField(default=dict)
    title = models.CharField(max_length=MAX_TITLE, blank=True)
    organisation = models.CharField(max_length=MAX_PLACE, blank=True)
    city = models.CharField(max_length=MAX_PLACE, blank=True)
    country = models.CharField(max_length=MAX_PLACE, blank=True)
    language = models.CharField(max_length=12, blank=True)
    answers = models.JSONField(default=dict)
    reason = models.CharField(max_length=MAX_WORDS, blank=True, help_text="why it is not eligible")
    answer_until = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=32, blank=True, help_text="of a challenge's team, once it was chosen")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["category", "state"])]

    def __str__(self) -> str:
        return self.title or self.draft.get("title") or str(_("Entry without a title"))

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("awards:entry", args=[self.pk])

    @property
    def call(self) -> Call:
        """The call that it answers."""
        return self.category.call

    @property
    def edition(self) -> Edition:
        """The edition of its call."""
        return self.call.edition

    @property
    def number(self) -> str:
        """A short name for mails and lists, the same for ever."""
        return self.pk.hex[:8].upper()

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it."""
        return self.state in PUBLIC

    @property
    def changed_since(self) -> bool:
        """Whether its authors have written something that does not count yet."""
        return self.submitted_at is not None and (self.draft != self.content() or self.files.changed().exists())

    def content(self) -> dict[str, Any]:
        """What counts, as a draft holds it."""
        names = ("title", "organisation", "city", "country", "language")
        held = {name: getattr(self, name) for name in names} | self.answers
        return {name: value for name, value in held.items() if value}

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: only the action and the entry's state decide."""
        return OPEN


class EntryFiles(Uploads):
    """Files of entries, without their bytes."""

    def written(self) -> models.QuerySet[Any]:
        """What belongs to what the authors write."""
        return self.filter(in_draft=True)

    def submitted(self) -> models.QuerySet[Any]:
        """What counts."""
        return self.filter(counts=True)

    def changed(self) -> models.QuerySet[Any]:
        """Added or taken out since the submission."""
        return self.exclude(in_draft=F("counts"))


class EntryFile(Upload):
    """A picture or a document of an entry. As with words, only what was there at the submission `counts`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="files")
    caption = models.CharField(_("what it shows"), max_length=MAX_TITLE)
    in_draft = models.BooleanField(default=True)
    counts = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)

    objects: ClassVar[EntryFiles] = EntryFiles()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.caption

    @property
    def edition(self) -> Edition:
        """The edition of its call."""
        return self.entry.edition

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.entry.scopes()

    def access(self) -> Access:
        """Open: only the action and the entry decide."""
        return OPEN


class Consent(models.Model):
    """What the person whom a Leadership entry honours says about it, by a link that only they get.

    `number` counts the links that were sent: only the newest opens, and answering makes another.
    """

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="consent")
    name = models.CharField(_("name"), max_length=MAX_PLACE)
    email = models.EmailField(_("e-mail"), max_length=254)
    number = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField(default=now)
    given_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class EntryStep(TakenStep):
    """One step of an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="steps")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.action}"


class Message(models.Model):
    """A word between organisers and the authors of an entry about whether it is eligible."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    from_entrant = models.BooleanField()
    text = models.TextField(max_length=MAX_WORDS)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Judge(models.Model):
    """A member of the jury. Without `categories` every category is theirs; the chair decides and judges nothing."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="judges")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="judges_as")
    chair = models.BooleanField(default=False)
    categories = models.ManyToManyField(Category, blank=True, related_name="+")
    languages = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["call", "participant"], name="one_judge_per_call")]

    def __str__(self) -> str:
        return str(self.participant)


class Panel(models.Model):
    """Judges who judge some categories, and nothing else; nobody else judges these."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="panels")
    name = models.CharField(_("name"), max_length=MAX_PLACE)
    categories = models.ManyToManyField(Category, related_name="panels")
    judges = models.ManyToManyField(Judge, related_name="panels")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Conflict(models.Model):
    """A judge has said that they cannot judge an entry. Those of organisation and city are not stored: see jury.py."""

    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="conflicts")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="conflicts")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["judge", "entry"], name="one_conflict_per_entry")]

    def __str__(self) -> str:
        return f"{self.judge_id} {self.entry_id}"


class Review(models.Model):
    """An entry that a judge has to judge: `marks` by the keys of the category's criteria; it counts when done."""

    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="reviews")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="reviews")
    marks = models.JSONField(default=dict)
    note = models.TextField(_("notes, for you and the chair"), blank=True, max_length=MAX_NOTE)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["judge", "entry"], name="one_review_per_judge")]

    def __str__(self) -> str:
        return f"{self.judge_id} {self.entry_id}"

    @property
    def edition(self) -> Edition:
        """The edition of its call."""
        return self.entry.edition

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.entry.scopes()

    def access(self) -> Access:
        """Open: only the action decides."""
        return OPEN


class Decision(models.Model):
    """What the chair decides of a category: `places` are [honour, entry] while it is prepared.

    Sealed, `digest` is the SHA-256 of `sealed`, the list with a nonce. Without the nonce whoever knows the few
    finalists could try all lists; it is published when all of the list is opened.
    """

    class Kind(models.TextChoices):
        """What is decided."""

        FINALISTS = "finalists", _("Finalists")
        HONOURS = "honours", _("Winners")

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    places = models.JSONField(default=list)
    sealed = models.TextField(blank=True, help_text="JSON: nonce, category, kind, places; empty: not sealed")
    digest = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["category", "kind"], name="one_decision_per_kind")]

    def __str__(self) -> str:
        return f"{self.category_id} {self.kind}"


class Cue(models.Model):
    """A moment of a ceremony: what the stage reveals of a category. "Staged" is for the hall, "shown" for everybody."""

    class State(models.TextChoices):
        """Where a cue stands."""

        WAITING = "waiting", _("Sealed")
        STAGED = "staged", _("On stage")
        SHOWN = "shown", _("Shown")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="award_cues")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="cues")
    honour = models.CharField(max_length=12, choices=CUE_HONOURS, help_text="an entry's state that it reveals")
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    staged_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["category", "honour"], name="one_cue_per_honour"),
            models.CheckConstraint(
                condition=Q(state="waiting", staged_at=None) | ~Q(state="waiting") & Q(staged_at__isnull=False),
                name="staged_cues_have_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.honour}"

    @property
    def label(self) -> str:
        """What it reveals, in words."""
        return str(Decision.Kind.FINALISTS.label if self.honour == State.FINALIST else self.get_honour_display())


class AudienceVote(models.Model):
    """How an audience award is voted: the secret vote (`Feature.vote`), and the entry that each option stands for."""

    category = models.OneToOneField(Category, on_delete=models.CASCADE, related_name="vote")
    number = models.PositiveBigIntegerField(help_text="id of the secret vote")
    options = models.JSONField(default=list, help_text="[option, entry]")
    result = models.JSONField(default=list, help_text="[entry, votes], the most first: once its envelope is opened")

    def __str__(self) -> str:
        return f"{self.category}"
