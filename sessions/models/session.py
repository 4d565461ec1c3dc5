"""A session of the programme, and the record of its status."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import clock
from common.search import FoldedField, Searchable, SearchableQuerySet
from people.access import Access, Visibility
from people.models import Participant, TakenStep
from people.permissions import can, standing
from sessions.models.edition import Edition, Speaker, Stage, Strand, Theme


class Status(models.TextChoices):
    """Where a session stands (transitions: sessions/status.py)."""

    SCHEDULED = "scheduled", _("Scheduled")
    DELAYED = "delayed", _("Delayed")
    STARTING = "starting", _("Starting")
    LIVE = "live", _("Live")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")
    ON_DEMAND = "on_demand", _("On demand")
    CANCELLED = "cancelled", _("Cancelled")


BEFORE = frozenset({Status.SCHEDULED, Status.DELAYED, Status.STARTING})  # it has not begun
ON_AIR = frozenset({Status.LIVE, Status.PAUSED})

# What permissions.can asks of a session.
SCOPE_AND_ACCESS = ["edition", "stage", "strand", "visibility", "visible_passes", "embargo_until", "guests_may"]


class SessionQuerySet(SearchableQuerySet["Session"]):
    """Selections of sessions."""

    def for_display(self) -> "SessionQuerySet":
        """With everything that a card or page shows, in a constant number of queries."""
        sessions = self.select_related("stage__host_city", "theme", "strand", "edition__host_city")
        return sessions.defer("title_folded", "abstract_folded").prefetch_related(
            models.Prefetch("speakers", Speaker.objects.select_related("photo").defer("photo__data"))
        )

    def hidden_from(self, user: Participant | AnonymousUser) -> list[int]:
        """Ids of those that are not there for `user`; the rule is that of permissions.can."""
        return [session.pk for session in self.restricted() if not can(user, "session.view", session)]

    def restricted(self) -> "SessionQuerySet":
        """Those that are not for everybody, with what `can` asks of them."""
        found = self.exclude(visibility=Visibility.PUBLIC, embargo_until=None)
        return found.only(*SCOPE_AND_ACCESS).order_by()

    def visible_to(self, user: Participant | AnonymousUser) -> "SessionQuerySet":
        """Those that `user` may see."""
        return self.exclude(pk__in=self.hidden_from(user))

    def of(self, user: Participant) -> "SessionQuerySet":
        """Those in which the user has a role: of the session itself, its stage or its strand."""
        ids: dict[str, list[str]] = {"session": [], "stage": [], "strand": []}
        for _name, scope in standing(user).roles:
            kind, _colon, pk = scope.partition(":")
            if kind in ids:
                ids[kind].append(pk)
        return self.filter(Q(pk__in=ids["session"]) | Q(stage__in=ids["stage"]) | Q(strand__in=ids["strand"]))

    def on_air(self) -> "SessionQuerySet":
        """Those that are live or paused."""
        return self.filter(status__in=ON_AIR)


class Session(Searchable):
    """One item of the programme. `start` and `end` are as planned; a delay sets `delayed_start`."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sessions")
    guid = models.CharField(max_length=120)
    title = models.CharField(_("title"), max_length=300)
    abstract = models.TextField(_("abstract"), blank=True, help_text=_("HTML, cleaned when shown"))
    format = models.CharField(_("format"), max_length=80, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="sessions")
    strand = models.ForeignKey(Strand, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions")
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions")
    speakers = models.ManyToManyField(Speaker, blank=True, related_name="sessions")
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"))
    stream = models.TextField(
        _("stream"), blank=True, help_text=_("One address per line, the best first: HLS, YouTube, Vimeo or video file")
    )
    poster = models.CharField(_("poster"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.SCHEDULED)
    status_reason = models.CharField(_("reason"), max_length=200, blank=True)
    delayed_start = models.DateTimeField(_("new start"), null=True, blank=True)
    visibility = models.CharField(_("visible to"), max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC)
    visible_passes = models.JSONField(_("passes"), default=list, blank=True)
    embargo_until = models.DateTimeField(_("embargoed until"), null=True, blank=True)
    guests_may = models.JSONField(_("guests of the hall may"), default=list, blank=True)
    title_folded = FoldedField(of="title")
    abstract_folded = FoldedField(of="abstract", markup=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["start", "stage__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "guid"], name="one_session_per_guid")]
        indexes = [models.Index(fields=["edition", "start"]), models.Index(fields=["edition", "status"])]
        verbose_name = _("session")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The session's page."""
        return reverse("sessions:session", args=[self.pk])

    @classmethod
    def locked(cls, pk: int) -> "Session":
        """The session as it is, for display; its edition and it are locked until the transaction ends.

        The edition is locked first, everywhere, so that steps in one edition are announced one after the other.
        (SQLite locks the whole database when the transaction starts.)
        """
        edition = cls.objects.values_list("edition_id", flat=True).get(pk=pk)
        Edition.locked(edition)
        cls.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        return cls.objects.for_display().get(pk=pk)

    @classmethod
    def all_locked(cls, pks: Collection[int]) -> dict[int, "Session"]:
        """Id -> session as it is, for display, of one edition; locked as `locked` does, in the order of their ids."""
        edition = cls.objects.values_list("edition_id", flat=True).filter(pk__in=pks).order_by("pk")[:1]
        Edition.locked(edition.get())
        rows = cls.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
        held = list(rows.order_by("pk").values_list("pk", flat=True))
        found = cls.objects.for_display().in_bulk(held)
        return {pk: found[pk] for pk in pks}

    @property
    def room_key(self) -> str:
        """The key of the session's room in `live`."""
        return f"session:{self.pk}"

    def scopes(self) -> list[str]:
        """The scopes of roles that count here."""
        return [
            f"session:{self.pk}",
            f"stage:{self.stage_id}",
            f"strand:{self.strand_id}",
            f"edition:{self.edition_id}",
        ]

    def access(self) -> Access:
        """Whom the session is for, as permissions.can asks it."""
        return Access(self.visibility, frozenset(self.visible_passes), self.embargo_until, frozenset(self.guests_may))

    @property
    def embargoed(self) -> bool:
        """Whether its embargo has not ended yet."""
        return self.embargo_until is not None and clock.now() < self.embargo_until

    @property
    def zone(self) -> ZoneInfo:
        """The host city's time zone."""
        return self.stage.host_city.zone

    @property
    def begins(self) -> datetime:
        """The start that holds now."""
        return self.delayed_start or self.start

    @property
    def finishes(self) -> datetime:
        """The end that holds now: a delay moves it along."""
        return self.end + (self.begins - self.start)

    @property
    def local_date(self) -> date:
        """The day it belongs to, in its host city (planned: a delay past midnight keeps its day)."""
        return self.start.astimezone(self.zone).date()

    @property
    def duration(self) -> timedelta:
        """Its length as planned."""
        return self.end - self.start

    @property
    def on_air(self) -> bool:
        """Whether it is live or paused."""
        return self.status in ON_AIR

    def lacks(self, name: str) -> bool:
        """Whether it was read with the fact that it has nothing of that name (Feature.has)."""
        return vars(self).get(f"has_{name}") is False

    def has(self, name: str, otherwise: Callable[[], bool]) -> bool:
        """Whether it has something of that name: as it was read, `otherwise` where it was read without that fact."""
        known: bool | None = vars(self).get(f"has_{name}")
        return otherwise() if known is None else known

    def snapshot(self) -> dict[str, Any]:
        """The part of the session that a status step may change."""
        return self.where_it_stands() | {"status_reason": self.status_reason}

    def where_it_stands(self) -> dict[str, Any]:
        """The same without the reason."""
        return {
            "status": self.status,
            "delayed_start": self.delayed_start.isoformat() if self.delayed_start else None,
            "stage": self.stage_id,
        }


class StatusChange(TakenStep):
    """One step of a session's live status."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="status_changes")

    def __str__(self) -> str:
        return f"{self.session_id} {self.action}"
