"""Who may speak for an organisation, and why one may trust it: claims, verifications, reports of impostors."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cities import marks
from cities.models import Case, Commons, Level, Membership, Organisation, Report, Solution, Tool, Verification
from common import clock
from people import audit
from people.models import Participant
from people.refusal import Refused

S, Role = Membership.State, Membership.Role
LASTS = timedelta(days=365)  # what a mail domain proves
ORDER = list(Level.values)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
MOST_CLAIMS = 10  # open ones of a person
EDITS = (Role.FOCAL, Role.EDITOR)


def on_record(by: Participant | None, action: str, participant: int | None = None, **details: Any) -> None:
    """Put an act on record, for the current edition."""
    edition = Commons().edition
    audit.record(by, f"cities.{action}", edition.room_key if edition else "", participant, **details)


def is_member(user: Any, organisation: Organisation | None) -> bool:
    """Whether somebody speaks for an organisation."""
    return bool(organisation and user.pk and organisation.memberships.of(user).exists())


def is_team(user: Any, thing: Case | Tool | Solution) -> bool:
    """Whether somebody writes a case, tool or solution: who began it, and all who speak for its organisation."""
    return bool(user.pk) and (thing.owner_id == user.pk or is_member(user, thing.organisation))


def edits(user: Any, organisation: Organisation | None) -> bool:
    """Whether somebody may change the pages of an organisation."""
    return bool(organisation and user.pk and organisation.memberships.of(user).filter(role__in=EDITS).exists())


def is_focal(user: Any, organisation: Organisation) -> bool:
    """Whether somebody is a focal point, who decides who else speaks for it."""
    return bool(user.pk and organisation.memberships.of(user).filter(role=Role.FOCAL).exists())


def free_slug(model: Any, name: str) -> str:
    """A slug that no other row of the model has."""
    base = slugify(name)[:60] or get_random_string(8, LETTERS)
    return f"{base}-{get_random_string(6, LETTERS)}" if model.objects.filter(slug=base).exists() else base


# --- who speaks for it


def propose(by: Participant, words: str, **fields: Any) -> Organisation:
    """An organisation that is not known yet, claimed by who names it. Nobody else sees it before it is approved."""
    organisation = Organisation.objects.create(slug=free_slug(Organisation, fields["name"]), is_public=False, **fields)
    claim(organisation, by, words)
    return organisation


def claim(organisation: Organisation, by: Participant, words: str) -> Membership:
    """Ask to speak for it; a proven address of its mail domains is answer enough. Raises Refused."""
    with transaction.atomic():
        if Membership.objects.filter(participant=by, state=S.ASKED).count() >= MOST_CLAIMS:
            raise Refused(_("You have asked for enough. Wait for the answers first."))
        membership, is_new = Membership.objects.select_for_update().get_or_create(
            organisation=organisation, participant=by, defaults={"words": words}
        )
        if not is_new and membership.state in (S.ASKED, S.APPROVED):
            return membership
        membership.state, membership.words, membership.asked_at = S.ASKED, words, clock.now()
        membership.decided_by = membership.decided_at = None
        membership.save()
        on_record(by, "claim", by.pk, organisation=organisation.pk)
        if is_new and (domain := _proven_domain(organisation, by)):
            _approve_by_mail(membership, domain)
    return membership


def _proven_domain(organisation: Organisation, participant: Participant) -> str:
    """The mail domain of the organisation at which the participant has shown to read mail; "" without."""
    proven = EmailAddress.objects.filter(user=participant, verified=True, email__iexact=participant.email or "")
    domain = (participant.email or "").rpartition("@")[2].lower()
    domains = organisation.mail_domains.values_list("domain", flat=True)
    if not domain or not proven.exists():
        return ""
    return next((known for known in domains if domain == known or domain.endswith(f".{known}")), "")


def _approve_by_mail(membership: Membership, domain: str) -> None:
    membership.state, membership.decided_at = S.APPROVED, clock.now()
    membership.save(update_fields=["state", "decided_at"])
    if not membership.organisation.verifications.standing().filter(level=Level.MAIL).exists():
        verify(membership.organisation, None, Level.MAIL, f"@{domain}", clock.now() + LASTS)
    marks.changed()


def decide_claim(pk: int, by: Participant, action: str, role: str = "") -> Membership:
    """action=approve|refuse|end. Raises Refused for what is not possible any more."""
    with transaction.atomic():
        membership = Membership.objects.select_for_update().get(pk=pk)
        organisation = membership.organisation
        possible = {"approve": {S.ASKED}, "refuse": {S.ASKED}, "end": {S.APPROVED}}
        if membership.state not in possible[action]:
            raise Refused(_("Somebody was faster: this is decided."))
        membership.state = {"approve": S.APPROVED, "refuse": S.REFUSED, "end": S.ENDED}[action]
        membership.role = role or membership.role
        membership.decided_by, membership.decided_at = by, clock.now()
        membership.save()
        if action == "approve" and not organisation.is_public:
            organisation.is_public = True
            organisation.save(update_fields=["is_public"])
        on_record(by, action, membership.participant_id, organisation=organisation.pk)
    marks.changed()
    return membership


# --- why one may trust it


def verify(
    organisation: Organisation,
    by: Participant | None,
    level: str,
    evidence: str,
    until: Any,
    partner: Organisation | None = None,
) -> Verification:
    """Say why one may trust it. `partner`: the institution that vouches. Raises Refused for a time that is over."""
    if until <= clock.now():
        raise Refused(_("Choose a day that is ahead."), 422)
    with transaction.atomic():
        made = Verification.objects.create(
            organisation=organisation, level=level, evidence=evidence, by=by, until=until, partner=partner
        )
        refresh(organisation)
        on_record(by, "verify", organisation=organisation.pk, level=level)
    return made


def end(verification: Verification, by: Participant, reason: str) -> None:
    """A verification does not hold any more. Raises Refused without a reason."""
    if not reason:
        raise Refused(_("Write a few words first."), 422)
    with transaction.atomic():
        Verification.objects.filter(pk=verification.pk, ended_at=None).update(ended_at=clock.now(), ended_reason=reason)
        refresh(verification.organisation)
        on_record(by, "unverify", organisation=verification.organisation_id)


def refresh(organisation: Organisation) -> None:
    """Repeat the strongest standing verification in the organisation's own row, for lists and names."""
    standing = list(organisation.verifications.standing())
    best = max(standing, key=lambda each: (ORDER.index(each.level), each.until), default=None)
    organisation.level, organisation.level_until = (best.level, best.until) if best else ("", None)
    organisation.save(update_fields=["level", "level_until"])
    marks.changed()


# --- impostors


def report(organisation: Organisation, by: Participant, words: str, membership: Membership | None) -> Report:
    """Tell the organisers that somebody is not who they say. Raises Refused for a second one while one is open."""
    try:
        with transaction.atomic():
            return Report.objects.create(organisation=organisation, by=by, words=words, membership=membership)
    except IntegrityError:
        raise Refused(_("You have reported this. Organisers look at it.")) from None


def decide_report(pk: int, by: Participant, action: str, answer: str) -> Report:
    """action=uphold|dismiss. Upheld, the person no longer speaks for it; without a person, nothing vouches for it."""
    with transaction.atomic():
        told = Report.objects.select_for_update().get(pk=pk)
        if told.state != Report.State.OPEN:
            raise Refused(_("Somebody was faster: this is decided."))
        if not answer:
            raise Refused(_("Write a few words first."), 422)
        told.state = Report.State.UPHELD if action == "uphold" else Report.State.DISMISSED
        told.answer, told.decided_by, told.decided_at = answer, by, clock.now()
        told.save()
        on_record(by, action, organisation=told.organisation_id)
        if action == "uphold":
            _stop(told, by)
    return told


def _stop(told: Report, by: Participant) -> None:
    if told.membership is None:
        for verification in told.organisation.verifications.standing():
            end(verification, by, told.answer[:300])
    elif told.membership.state == S.APPROVED:
        decide_claim(told.membership.pk, by, "end")
