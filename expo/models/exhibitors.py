"""The exhibition of an edition: stands, exhibitors, their teams. Steps of approval are in state.py."""

from datetime import datetime, time
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.search import FoldedField, Searchable, SearchableQuerySet
from common.versions import fingerprint
from people.access import OPEN, Access
from people.models import Participant, TakenStep
from registration.imports.tables import KeptTable
from sessions.models import Edition, HostCity, Session, Theme

MAX_NAME, MAX_CLAIM, MAX_TEXT, MAX_PLACE, MAX_LIST = 120, 200, 3000, 80, 2000


class Video(models.TextChoices):
    """Who carries the video calls of an edition (expo/video.py)."""

    LINK = "link", _("An address that each stand gives")
    JITSI = "jitsi", _("Jitsi Meet")
    LIVEKIT = "livekit", _("LiveKit Meet")


class Expo(models.Model):
    """An edition's exhibition. The hours are those of every stand, on the clock of its host city."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="expo")
    opens = models.TimeField(_("opens"), default=time(10))
    closes = models.TimeField(_("closes"), default=time(18))
    tables = models.PositiveSmallIntegerField(_("tables for meetings"), default=12)
    video = models.CharField(_("video calls"), max_length=8, choices=Video.choices, default=Video.LINK)
    video_url = models.URLField(_("address of the video server"), max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.edition}: {self.opens}"

    def is_open(self, moment: datetime, city: HostCity) -> bool:
        """Whether the stands of a host city are staffed at a moment, on the days of the edition."""
        local = moment.astimezone(city.zone)
        return (
            self.edition.start_date <= local.date() <= self.edition.end_date
            and self.opens <= local.time() < self.closes
        )


def expo_room(edition_id: int) -> str:
    """The key of the room in `live` of an edition's exhibition as a whole."""
    return f"expo:{edition_id}"


class Stand(models.Model):
    """A place in a hall, in cells of the hall's grid. Several exhibitors may share it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="stands")
    host_city = models.ForeignKey(HostCity, on_delete=models.PROTECT, related_name="+")
    hall = models.CharField(_("hall"), max_length=40)
    number = models.CharField(_("number"), max_length=16)
    x = models.PositiveSmallIntegerField(default=0)
    y = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=2)
    height = models.PositiveSmallIntegerField(default=2)

    class Meta:
        ordering = ["hall", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "host_city", "hall", "number"], name="one_stand_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.hall} {self.number}"


class HallPlan(models.Model):
    """What is drawn under the stands of a hall: an SVG that was cleaned (expo/drawings.py), one of its units a cell."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    host_city = models.ForeignKey(HostCity, on_delete=models.PROTECT, related_name="+")
    hall = models.CharField(_("hall"), max_length=40)
    svg = models.TextField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "host_city", "hall"], name="one_plan_per_hall")]

    def __str__(self) -> str:
        return self.hall

    @property
    def mark(self) -> str:
        """What stands for the drawing: another one has another mark."""
        return fingerprint([self.pk, self.at])


class Kind(models.TextChoices):
    """Who exhibits."""

    COMPANY = "company", _("Company")
    CITY = "city", _("City")
    COUNTRY = "country", _("Country")
    INSTITUTION = "institution", _("Institution")
    STARTUP = "startup", _("Start-up")


class State(models.TextChoices):
    """Where the team's own words stand."""

    WRITING = "writing", _("Being written")
    WAITING = "waiting", _("Waits for approval")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


class ExhibitorQuerySet(SearchableQuerySet["Exhibitor"]):
    """Selections of exhibitors."""

    def of(self, edition: Edition) -> "ExhibitorQuerySet":
        """Those of an edition, with their stands."""
        return self.filter(edition=edition).select_related("stand__host_city", "edition__host_city")

    def public(self) -> "ExhibitorQuerySet":
        """Those that everybody sees."""
        return self.filter(is_public=True)


class Exhibitor(Searchable):
    """Who shows something. `draft` is what the team writes; an approval copies it to the other fields."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="exhibitors")
    stand = models.ForeignKey(Stand, on_delete=models.SET_NULL, null=True, blank=True, related_name="exhibitors")
    name = models.CharField(_("name"), max_length=MAX_NAME)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.COMPANY)
    claim = models.CharField(_("in one sentence"), max_length=MAX_CLAIM, blank=True)
    text = models.TextField(_("about"), blank=True, max_length=MAX_TEXT)
    products = models.TextField(_("products and solutions"), blank=True, max_length=MAX_LIST)
    links = models.TextField(_("documents and videos"), blank=True, max_length=MAX_LIST)
    country = models.CharField(_("country"), max_length=MAX_PLACE, blank=True)
    city = models.CharField(_("city"), max_length=MAX_PLACE, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    video = models.URLField(_("address of the video call"), max_length=300, blank=True)
    logo = models.PositiveIntegerField(default=0, help_text="id of the Logo that everybody sees; 0: none")
    documents = models.JSONField(default=list, help_text="ids of the Documents that everybody sees")
    themes = models.ManyToManyField(Theme, blank=True, related_name="exhibitors")
    sessions = models.ManyToManyField(Session, blank=True, related_name="exhibitors")
    draft = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WRITING)
    reason = models.CharField(max_length=1000, blank=True, help_text="why it was returned")
    is_public = models.BooleanField(default=False)
    imported = models.JSONField(default=dict, help_text="field -> fingerprint of what the last table said")
    version = models.PositiveIntegerField(default=0)
    name_folded = FoldedField(of="name")
    claim_folded = FoldedField(of="claim")
    products_folded = FoldedField(of="products")

    objects = ExhibitorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["edition", "is_public", "name"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("expo:stand", args=[self.pk])

    @property
    def room_key(self) -> str:
        """The key of its room in `live`."""
        return f"stand:{self.pk}"

    @property
    def host_city(self) -> HostCity:
        """Where its stand is; without one the main host city."""
        return self.stand.host_city if self.stand else self.edition.host_city

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: only the action decides, and whether it is public."""
        return OPEN

    def content(self) -> dict[str, Any]:
        """What everybody reads, as a draft holds it."""
        plain = {name: getattr(self, name) for name in CONTENT}
        return plain | {"themes": sorted(theme.pk for theme in self.themes.all())}


class OfExhibitor:
    """What belongs to an exhibitor: rights on it are asked in the exhibitor's edition."""

    exhibitor: Any

    @property
    def edition(self) -> Edition:
        """The edition of its exhibitor."""
        edition: Edition = self.exhibitor.edition
        return edition

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return self.edition.scopes()

    def access(self) -> Access:
        """Open: whose it is decides."""
        return OPEN


CONTENT: tuple[str, ...] = (
    "name",
    "kind",
    "claim",
    "text",
    "products",
    "links",
    "country",
    "city",
    "website",
    "video",
    "logo",
)
CONTENT += ("documents",)


class ExhibitorStep(TakenStep):
    """One step of an exhibitor's approval."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="steps")

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.action}"


class Member(models.Model):
    """Somebody of a team, invited by e-mail address; a member once they have accepted. `here`: at the stand now."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="team")
    email = models.EmailField(max_length=254)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, related_name="exhibits")
    invited_at = models.DateTimeField(default=now)
    here = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "email"], name="one_invitation_per_address"),
            models.UniqueConstraint(fields=["exhibitor", "participant"], name="one_member_per_team"),
        ]

    def __str__(self) -> str:
        return self.email


class Favourite(models.Model):
    """A participant has saved an exhibitor."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="favourites")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="saved_exhibitors")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibitor", "participant"], name="one_favourite_per_person")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.exhibitor_id}"


class Visit(models.Model):
    """A participant has looked at a stand's page; counted once."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="visits")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibitor", "participant"], name="visited_once")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.exhibitor_id}"


class Upload(KeptTable):
    """A table of exhibitors that was read and not applied yet."""
