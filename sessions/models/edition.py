"""The congress and its parts: host cities, editions, stages, strands, themes, speakers."""

from functools import cached_property
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import clock
from common.colours import valid_colour
from common.prepared import Prepared
from common.search import FoldedField, Searchable, SearchableQuerySet
from people.access import OPEN, Access
from people.models import Participant, valid_zone


class HostCity(models.Model):
    """A city that hosts stages, with its own clock."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/Madrid", validators=[valid_zone])

    class Meta:
        verbose_name = _("host city")
        verbose_name_plural = _("host cities")

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return ZoneInfo(self.timezone)


class Edition(models.Model):
    """One year's congress. Its main host city gives it its time zone; stages may stand in other cities too."""

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(max_length=80, unique=True)
    motto = models.CharField(_("motto"), max_length=200, blank=True)
    host_city = models.ForeignKey(HostCity, on_delete=models.PROTECT, related_name="main_editions")
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    languages = models.JSONField(_("languages"), default=list, blank=True)
    blocked_terms = models.TextField(_("words participants may not write"), blank=True, help_text=_("one per line"))

    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[valid_colour],
        help_text=_("#0b5c5e; empty: the house’s"),
    )
    logo = models.JSONField(default=dict, blank=True, editable=False, help_text="address, width, height; {}: none")
    help = models.TextField(_("help"), blank=True, help_text=_("HTML, cleaned when shown: whom to ask, and how"))
    conduct = models.TextField(_("code of conduct"), blank=True, help_text=_("HTML, cleaned when shown"))

    class Meta:
        ordering = ["-start_date", "-pk"]
        verbose_name = _("edition")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The programme's page."""
        return reverse("sessions:programme", args=[self.slug])

    @property
    def colours_url(self) -> str:
        """Its style sheet with its colours; "" when the house's hold."""
        return f"{reverse('sessions:colours', args=[self.slug])}?v={self.accent[1:]}" if self.accent else ""

    @property
    def timezone(self) -> str:
        """The name of the time zone of its main host city."""
        return self.host_city.timezone

    @cached_property
    def host_cities(self) -> list[HostCity]:
        """The cities with a stage, and the main one, which comes first; the others by name."""
        return [self.host_city, *(city for city in _HELD.ask(self.pk) if city.pk != self.host_city_id)]

    @property
    def room_key(self) -> str:
        """The key of the edition's room in `live`."""
        return f"edition:{self.pk}"

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return [f"edition:{self.pk}"]

    def access(self) -> Access:
        """Open to everybody."""
        return OPEN

    @classmethod
    def locked(cls, pk: int) -> "Edition":
        """The edition as it is, locked until the transaction ends: before any of its sessions is, everywhere."""
        # Without the keys' locks: writers of the chat, who hold the room's row, refer to what is in it by its key.
        return cls.objects.select_for_update(no_key=True, of=("self",)).select_related("host_city").get(pk=pk)

    @classmethod
    def current(cls) -> "Edition | None":
        """The edition that is on, else the next one, else the last one: of those with sessions, if there are any."""
        today = clock.now().date()
        return _NEXT.first(True, today) or _LAST.first(True) or _NEXT.first(False, today) or _LAST.first(False)


def _editions(published: bool) -> models.QuerySet[Edition]:
    editions = Edition.objects.select_related("host_city")
    with_sessions = Edition.objects.filter(sessions__isnull=False)
    return editions.filter(pk__in=with_sessions.values("pk")) if published else editions


_LAST = Prepared(lambda published: _editions(published)[:1])
_NEXT = Prepared(
    lambda published, today: _editions(published).filter(end_date__gte=today).order_by("start_date", "pk")[:1]
)
_HELD: Prepared[HostCity] = Prepared(
    lambda edition: HostCity.objects.filter(
        pk__in=Stage.objects.filter(edition=edition).order_by().values("host_city")
    ).order_by("name")
)


class Stage(models.Model):
    """A room in a host city where sessions are held."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="stages")
    host_city = models.ForeignKey(HostCity, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(_("name"), max_length=160)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "host_city", "name"], name="one_stage_per_name")]
        verbose_name = _("stage")

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """Its name with its city's: no two of an edition are the same."""
        return f"{self.name} ({self.host_city.name})"


class Strand(models.Model):
    """A co-located congress, a track or a side event within an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="strands")
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="one_strand_per_slug")]
        verbose_name = _("strand")

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """One of the edition's subjects; `hue` (degrees) colours it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="themes")
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=80)
    hue = models.PositiveSmallIntegerField(_("hue"), default=210)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="one_theme_per_slug")]
        verbose_name = _("theme")

    def __str__(self) -> str:
        return self.name


class Speaker(Searchable):
    """Someone who speaks at an edition. `guid` is the identity in an imported schedule.

    `identities` are all that a file gave them: {"guid": ..., "code": ..., "id": ...}.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="speakers")
    guid = models.CharField(max_length=120)
    identities = models.JSONField(default=dict, editable=False)
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="speaks_as"
    )
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    biography = models.TextField(_("biography"), blank=True, help_text=_("HTML, cleaned when shown"))
    photo_from = models.URLField(max_length=500, blank=True, editable=False, help_text="as an imported schedule says")
    photo_tried = models.URLField(max_length=500, blank=True, editable=False, help_text="not to be fetched again")
    name_folded = FoldedField(of="name")
    organisation_folded = FoldedField(of="organisation")

    objects = SearchableQuerySet["Speaker"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "guid"], name="one_speaker_per_guid")]
        verbose_name = _("speaker")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The speaker's page."""
        return reverse("sessions:speaker", args=[self.pk])

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return [f"edition:{self.edition_id}"]

    def access(self) -> Access:
        """Open to everybody."""
        return OPEN
