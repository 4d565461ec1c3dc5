"""Cities and their facts."""

from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.models.common import MAX_LINE, MAX_NAME, MAX_PLACE, MAX_TEXT, MAX_WORDS, OfTomorrow, Region, Tag
from cities.models.trust import Organisation
from common.search import FoldedField, Searchable, SearchableQuerySet
from people.models import valid_zone


class Size(models.TextChoices):
    """How many people live in a city."""

    TOWN = "town", _("under 100,000")
    MEDIUM = "medium", _("100,000 to 500,000")
    LARGE = "large", _("500,000 to 2 million")
    METRO = "metro", _("2 to 8 million")
    MEGA = "mega", _("over 8 million")


LIMITS = ((100_000, Size.TOWN), (500_000, Size.MEDIUM), (2_000_000, Size.LARGE), (8_000_000, Size.METRO))


def size_of(population: int | None) -> str:
    """The size of a city with that many people; empty when it is not known."""
    if population is None:
        return ""
    return next((size.value for limit, size in LIMITS if population < limit), Size.MEGA.value)


class City(OfTomorrow, Searchable):
    """A city's profile. Its organisation's members edit it; without one nobody has claimed it yet.

    `private_needs` are for its own members and organisers only.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="city"
    )
    name = models.CharField(_("name"), max_length=MAX_NAME)
    slug = models.SlugField(max_length=80, unique=True)
    country = models.CharField(_("country"), max_length=MAX_PLACE)
    region = models.CharField(_("region"), max_length=8, choices=Region.choices)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    size = models.CharField(max_length=8, choices=Size.choices, blank=True, editable=False)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[valid_zone])
    text = models.TextField(_("about"), blank=True, max_length=MAX_TEXT)
    offers = models.TextField(_("what it offers"), blank=True, max_length=MAX_WORDS)
    looks_for = models.TextField(_("what it looks for"), blank=True, max_length=MAX_WORDS)
    private_needs = models.TextField(_("needs, for its own team only"), blank=True, max_length=MAX_WORDS)
    website = models.URLField(_("website"), max_length=MAX_LINE, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="cities")
    is_example = models.BooleanField(default=False, help_text="made up for the demo")
    version = models.PositiveIntegerField(default=0)
    name_folded = FoldedField(of="name")
    country_folded = FoldedField(of="country")

    objects = SearchableQuerySet["City"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["region", "size"])]
        verbose_name_plural = "cities"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Save it with the size that goes with its population."""
        self.size = size_of(self.population)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its profile."""
        return reverse("cities:city", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.timezone)


class Fact(models.Model):
    """A number or words about a city, with the source, and the day for which it holds."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="facts")
    label = models.CharField(_("what"), max_length=120)
    value = models.CharField(_("value"), max_length=120)
    source = models.CharField(_("source"), max_length=MAX_LINE)
    date = models.DateField(_("as of"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"
