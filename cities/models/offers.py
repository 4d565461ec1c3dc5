"""The toolbox and the solution pool: what others may take, what one may buy, and which cities have used it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.models.cases import Case, Licence, Reviewed
from cities.models.common import MAX_LINE, MAX_NAME, MAX_TEXT, MAX_WORDS, Tag
from cities.models.places import City
from cities.models.trust import Organisation
from common.clock import now
from common.search import FoldedField, SearchableQuerySet
from people.models import Participant


class Tool(Reviewed):
    """Something that other cities may take and use."""

    class Kind(models.TextChoices):
        """What it is."""

        METHOD = "method", _("Method")
        TEMPLATE = "template", _("Template")
        CODE = "code", _("Code")
        DATASET = "dataset", _("Dataset")

    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, related_name="tools")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="tools")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=MAX_NAME)
    text = models.TextField(_("what it is for"), max_length=MAX_TEXT)
    url = models.URLField(_("address"), max_length=MAX_LINE)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence.choices)
    tags = models.ManyToManyField(Tag, blank=True, related_name="tools")
    name_folded = FoldedField(of="name")
    text_folded = FoldedField(of="text")

    objects = SearchableQuerySet["Tool"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["is_public", "kind"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("cities:tool", args=[self.pk])


class Solution(Reviewed):
    """A product or service of an organisation. Its text is the provider's own: advertising, and marked so."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="solutions")
    name = models.CharField(_("name"), max_length=MAX_NAME)
    text = models.TextField(_("in the provider’s words"), max_length=MAX_TEXT)
    url = models.URLField(_("website"), max_length=MAX_LINE, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="solutions")
    name_folded = FoldedField(of="name")
    text_folded = FoldedField(of="text")

    objects = SearchableQuerySet["Solution"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["is_public"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("cities:solution", args=[self.pk])


class Use(models.Model):
    """A city says that it used something, and how it went. Only its own members say so."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="%(class)ss")
    words = models.CharField(_("how it went"), max_length=MAX_WORDS)
    source = models.CharField(_("evidence (address or document)"), max_length=MAX_LINE, blank=True)
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        abstract = True
        ordering = ["pk"]


class ToolUse(Use):
    """A city has used a tool."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="uses")

    class Meta(Use.Meta):
        constraints = [models.UniqueConstraint(fields=["tool", "city"], name="one_use_per_tool_and_city")]

    def __str__(self) -> str:
        return f"{self.city_id} {self.tool_id}"


class SolutionUse(Use):
    """A city has used a solution; `case` tells of it."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="uses")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="solution_uses")

    class Meta(Use.Meta):
        constraints = [models.UniqueConstraint(fields=["solution", "city"], name="one_use_per_solution_and_city")]

    def __str__(self) -> str:
        return f"{self.city_id} {self.solution_id}"
