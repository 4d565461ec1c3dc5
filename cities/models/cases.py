"""The case library: what a city did, what came of it, what failed. The steps are in state.py."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.models.common import MAX_LINE, MAX_TEXT, MAX_TITLE, MAX_WORDS, OfTomorrow, Tag
from cities.models.places import City
from cities.models.trust import Organisation
from common import clock
from common.clock import now
from common.search import FoldedField, Searchable, SearchableQuerySet
from people.models import Participant, TakenStep

# What no list shows: a row of 10 kB less to read.
LONG: tuple[str, ...] = ("draft", "problem", "done", "how", "failures", "problem_folded", "done_folded")
LONG += ("city__text", "city__offers", "city__looks_for", "city__private_needs")
FRESH = timedelta(days=730)  # 24 months: then somebody looks at it again, or it is marked stale


class State(models.TextChoices):
    """Where the words stand that the team is writing; what is published stays so meanwhile."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    RETURNED = "returned", _("Returned")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Stage(models.TextChoices):
    """How far what a case tells of has come."""

    IDEA = "idea", _("Idea")
    PILOT = "pilot", _("Pilot")
    RUNNING = "running", _("Running")
    SCALED = "scaled", _("Scaled up")
    ENDED = "ended", _("Ended")


class Cost(models.TextChoices):
    """What it cost, in euros."""

    TINY = "tiny", _("under 50,000 €")
    SMALL = "small", _("50,000 to 250,000 €")
    MEDIUM = "medium", _("250,000 to 1 million €")
    LARGE = "large", _("1 to 10 million €")
    HUGE = "huge", _("over 10 million €")


class Licence(models.TextChoices):
    """What others may do with it."""

    CC_BY = "cc-by", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
    CC_BY_NC = "cc-by-nc", "CC BY-NC 4.0"
    CC0 = "cc0", "CC0 1.0"
    MIT = "mit", "MIT"
    APACHE = "apache", "Apache 2.0"
    EUPL = "eupl", "EUPL 1.2"
    GPL = "gpl", "GPL 3.0"
    RESERVED = "reserved", _("All rights reserved")


class Reviewed(OfTomorrow, Searchable):
    """Something that editors look at before everybody sees it. `owner` began it."""

    owner = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(max_length=MAX_WORDS, blank=True, help_text="why it was returned")
    is_public = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False, help_text="made up for the demo")
    saved_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class CaseQuerySet(SearchableQuerySet["Case"]):
    """Selections of cases."""

    def public(self) -> "CaseQuerySet":
        """Those that everybody reads."""
        return self.filter(is_public=True)

    def with_place(self) -> "CaseQuerySet":
        """With the city and the organisation that speak."""
        return self.select_related("city__organisation", "organisation")

    def for_cards(self) -> "CaseQuerySet":
        """With all that a card shows; its pictures are `shown`, without their bytes."""
        pictures: Any = self.model._meta.get_field("pictures").related_model
        shown = Prefetch("pictures", pictures.objects.public(), to_attr="shown")
        return self.with_place().defer(*LONG).prefetch_related("results", shown)

    def stale(self) -> "CaseQuerySet":
        """Public ones that nobody has looked at for 24 months."""
        return self.public().filter(reviewed_at__lte=clock.now() - FRESH)

    def of_team(self, participant: Any) -> "CaseQuerySet":
        """Those that a participant may write: their own, and those of their organisations."""
        if not participant.pk:
            return self.none()
        member = Q(organisation__memberships__participant=participant.pk, organisation__memberships__state="approved")
        return self.filter(pk__in=self.model.objects.filter(Q(owner=participant.pk) | member).values("pk"))


class Case(Reviewed):
    """One case. `draft` is what its team writes; a publication copies it to the other fields, and keeps a version.

    `origin` is what it was born from ("awards:<id>", "questions.question:<id>"), `consent` says who agreed to that.
    """

    city = models.ForeignKey(City, on_delete=models.SET_NULL, null=True, related_name="cases")
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, related_name="cases")
    draft = models.JSONField(default=dict)
    title = models.CharField(_("title"), max_length=MAX_TITLE, blank=True)
    problem = models.TextField(_("the problem"), blank=True, max_length=MAX_TEXT)
    done = models.TextField(_("what was done"), blank=True, max_length=MAX_TEXT)
    how = models.TextField(_("how"), blank=True, max_length=MAX_TEXT)
    failures = models.TextField(_("what failed, and what you would do otherwise"), blank=True, max_length=MAX_TEXT)
    cost = models.CharField(_("cost"), max_length=8, choices=Cost.choices, blank=True)
    funding = models.CharField(_("funding"), max_length=MAX_LINE, blank=True)
    months = models.PositiveSmallIntegerField(_("months from the start to the first result"), null=True)
    team = models.CharField(_("team"), max_length=MAX_LINE, blank=True)
    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices, blank=True)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence.choices, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="cases")
    completeness = models.PositiveSmallIntegerField(default=0, help_text="percent of the fields that are filled")
    published_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    origin = models.CharField(max_length=80, blank=True, db_index=True)
    origin_second = models.PositiveIntegerField(null=True, help_text="of the recording that it began with")
    consent = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    title_folded = FoldedField(of="title")
    problem_folded = FoldedField(of="problem")
    done_folded = FoldedField(of="done")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        # Facets count, and the list begins, without reading the rows: a case's texts are 10 kB.
        indexes = [
            models.Index(fields=["is_public", "stage"]),
            models.Index(fields=["cost"], condition=Q(is_public=True), name="public_cases_by_cost"),
            models.Index(fields=["city"], condition=Q(is_public=True), name="public_cases_by_city"),
            models.Index(
                fields=["-published_at", "-id"], condition=Q(is_public=True), name="public_cases_newest_first"
            ),
            models.Index(fields=["state"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "city"], condition=~Q(origin=""), name="one_case_per_origin_and_city"
            ),
            models.UniqueConstraint(
                fields=["origin"], condition=~Q(origin="") & Q(city=None), name="one_case_per_origin_alone"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.draft.get("title") or str(_("Case without a title"))

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("cities:case", args=[self.pk])

    @property
    def is_stale(self) -> bool:
        """Whether nobody has looked at it for 24 months."""
        return self.reviewed_at is not None and self.reviewed_at + FRESH <= clock.now()


class Result(models.Model):
    """A number that changed: before, after, and where that stands."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="results")
    indicator = models.CharField(_("indicator"), max_length=160)
    before = models.CharField(_("before"), max_length=60)
    after = models.CharField(_("after"), max_length=60)
    source = models.CharField(_("source"), max_length=MAX_LINE, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.indicator


class CaseVersion(models.Model):
    """What a publication of a case said. It is never changed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.number}"


class CaseStep(TakenStep):
    """One step of a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")

    def __str__(self) -> str:
        return f"{self.case_id} {self.action}"


class CaseMessage(models.Model):
    """A word between editors and the team of a case while it is reviewed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    from_team = models.BooleanField()
    text = models.TextField(_("your words"), max_length=MAX_WORDS)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
