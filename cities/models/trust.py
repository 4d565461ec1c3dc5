"""Organisations, why one may trust that they are who they say, who belongs to them, and reports of impostors."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.models.common import MAX_LINE, MAX_NAME, MAX_PLACE, MAX_WORDS, OfTomorrow
from common import clock
from common.clock import now
from common.search import FoldedField, Searchable, SearchableQuerySet
from people.models import Participant


class Kind(models.TextChoices):
    """What an organisation is."""

    CITY = "city", _("City")
    GOVERNMENT = "government", _("National government")
    COMPANY = "company", _("Company")
    UNIVERSITY = "university", _("University")
    INSTITUTION = "institution", _("Institution")
    CIVIC = "civic", _("Civic group")


class Level(models.TextChoices):
    """Why one trusts that an organisation is who it says, from the weakest reason to the strongest."""

    MAIL = "mail", _("Mail domain checked")
    FOCAL = "focal", _("Focal point known")
    VOUCHED = "vouched", _("Vouched for")


class Organisation(OfTomorrow, Searchable):
    """A city, a government, a company ... `level` and `level_until` repeat its strongest standing verification."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=MAX_NAME)
    slug = models.SlugField(max_length=80, unique=True)
    country = models.CharField(_("country"), max_length=MAX_PLACE, blank=True)
    website = models.URLField(_("website"), max_length=MAX_LINE, blank=True)
    is_partner = models.BooleanField(_("partner institution, may vouch for others"), default=False)
    is_example = models.BooleanField(default=False, help_text="made up for the demo")
    is_public = models.BooleanField(default=True, help_text="not while it is only claimed by who proposed it")
    level = models.CharField(max_length=8, choices=Level.choices, blank=True, editable=False)
    level_until = models.DateTimeField(null=True, editable=False)
    at = models.DateTimeField(default=now)
    name_folded = FoldedField(of="name")

    objects = SearchableQuerySet["Organisation"].as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("cities:organisation", args=[self.slug])

    @property
    def mark(self) -> str:
        """The label of its verification level now; empty while nothing stands."""
        if not self.level or self.level_until is None or self.level_until <= clock.now():
            return ""
        return str(Level(self.level).label)


class MailDomain(models.Model):
    """An address that ends with this domain belongs to the organisation; only organisers say so."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mail_domains")
    domain = models.CharField(_("domain"), max_length=120, db_index=True)

    class Meta:
        ordering = ["domain"]
        constraints = [models.UniqueConstraint(fields=["organisation", "domain"], name="one_domain_per_organisation")]

    def __str__(self) -> str:
        return self.domain


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Selections of verifications."""

    def standing(self) -> "VerificationQuerySet":
        """Those that hold now."""
        return self.filter(until__gt=clock.now(), ended_at=None)


class Verification(OfTomorrow, models.Model):
    """A reason to trust: the evidence, by whom (an organiser, or a partner institution), and until when."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="verifications")
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    evidence = models.CharField(_("evidence"), max_length=MAX_LINE)
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    partner = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="vouches")
    at = models.DateTimeField(default=now)
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=MAX_LINE, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.level}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Selections of memberships."""

    def approved(self) -> "MembershipQuerySet":
        """Those that count."""
        return self.filter(state=Membership.State.APPROVED)

    def of(self, participant: Any) -> "MembershipQuerySet":
        """A participant's own that count; of who is not signed in none."""
        return self.approved().filter(participant=participant.pk) if participant.pk else self.none()


class Membership(OfTomorrow, models.Model):
    """Somebody speaks for an organisation, once approved: before that it is a claim, and nobody else's business."""

    class Role(models.TextChoices):
        """What they do for it."""

        FOCAL = "focal", _("Focal point")
        EDITOR = "editor", _("Editor")
        MEMBER = "member", _("Member")

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", _("Asked for")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        ENDED = "ended", _("Ended")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="organisations")
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.MEMBER)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    words = models.CharField(_("why you speak for it"), max_length=MAX_WORDS, blank=True)
    asked_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "participant"], name="one_membership_each")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.organisation_id}"

    @property
    def approved(self) -> bool:
        """Whether it counts."""
        return self.state == self.State.APPROVED


class Report(OfTomorrow, models.Model):
    """Somebody says that an organisation, or who speaks for it, is not who they say. Organisers deal with it."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Open")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reports")
    membership = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.CharField(_("what is wrong"), max_length=MAX_WORDS)
    at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField(_("what was found"), max_length=MAX_WORDS, blank=True)
    decided_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "by"], condition=Q(state="open"), name="one_open_report_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.state}"
