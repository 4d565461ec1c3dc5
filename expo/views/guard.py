"""How the exhibition's views ask for permission. What is not one's own, or not public yet, does not exist."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404

from common.prepared import Prepared
from expo import partners
from expo.models import Document, Exhibitor, Logo, Meeting, StandMessage, Talk, expo_room
from expo.rooms import is_in
from expo.team import invitations, is_member
from people.permissions import can
from sessions.guard import Guard

_EXHIBITOR = Prepared(
    lambda pk: Exhibitor.objects.select_related("stand__host_city", "edition__host_city").filter(pk=pk)
)


def exhibitor_of(pk: int) -> Exhibitor:
    """The exhibitor with its stand and edition, or 404."""
    return _EXHIBITOR.get_or_404(pk)


def whole_exhibition(exhibitor: Exhibitor) -> set[str]:
    """The room that tells what everybody sees of the exhibition."""
    return {expo_room(exhibitor.edition_id)}


def talk_of(pk: uuid.UUID) -> Talk:
    """The talk with its people and exhibitor, or 404."""
    related = ("exhibitor__edition__host_city", "exhibitor__stand__host_city", "visitor", "taken_by")
    return get_object_or_404(Talk.objects.select_related(*related), pk=pk)


def meeting_of(pk: int) -> Meeting:
    """The meeting with its people and exhibitor, or 404."""
    return get_object_or_404(Meeting.objects.select_related(*partners.RELATED), pk=pk)


def line_of(pk: uuid.UUID) -> StandMessage:
    """The line of a stand's chat, or 404: those of talks are nobody else's to remove."""
    found = StandMessage.objects.select_related("exhibitor__edition", "talk")
    return get_object_or_404(found, pk=pk, talk=None)


def logo_of(pk: int) -> Logo:
    """The logo with its exhibitor, or 404."""
    found: Logo = get_object_or_404(Logo.objects.select_related("exhibitor__edition__host_city"), pk=pk)
    return found


def document_of(pk: int) -> Document:
    """The document with its exhibitor, or 404."""
    found: Document = get_object_or_404(Document.objects.select_related("exhibitor__edition__host_city"), pk=pk)
    return found


def _shows_logo(user: Any, logo: Logo) -> bool:
    exhibitor = logo.exhibitor
    return (exhibitor.logo == logo.pk and exhibitor.is_public) or _looks_at_drafts(user, exhibitor)


def _shows_document(user: Any, document: Document) -> bool:
    exhibitor = document.exhibitor
    return (document.pk in exhibitor.documents and exhibitor.is_public) or _looks_at_drafts(user, exhibitor)


def _looks_at_drafts(user: Any, exhibitor: Exhibitor) -> bool:
    return can(user, "expo.manage", exhibitor) or is_member(user, exhibitor)


def _is_seen(user: Any, exhibitor: Exhibitor) -> bool:
    return exhibitor.is_public or _looks_at_drafts(user, exhibitor)


def _is_invited(user: Any, exhibitor: Exhibitor) -> bool:
    return bool(user.is_authenticated and invitations(user).filter(exhibitor=exhibitor).exists())


def _may_take(user: Any, talk: Talk) -> bool:
    return is_in(user, talk) or is_member(user, talk.exhibitor)


def _is_met(user: Any, meeting: Meeting) -> bool:
    """Of a meeting: the visitor, and those who are asked; once one of them has answered, that one alone."""
    if not user.is_authenticated:
        return False
    if meeting.host_id:
        return user.pk in (meeting.visitor_id, meeting.host_id)
    return user.pk == meeting.visitor_id or partners.answers(user, meeting)


def _may_remove(user: Any, line: StandMessage) -> bool:
    return is_member(user, line.exhibitor) or can(user, "expo.moderate", line.exhibitor)


guard = Guard("expo.view")  # of the edition
office = Guard()  # of the edition, for organisers: for others its pages do not exist
public = Guard("expo.view", exhibitor_of, _is_seen)
team = Guard("expo.view", exhibitor_of, is_member)
invited = Guard("expo.view", exhibitor_of, _is_invited)
staff = Guard("", exhibitor_of)
talking = Guard("expo.view", talk_of, is_in)
taking = Guard("expo.view", talk_of, _may_take)
meeting = Guard("expo.view", meeting_of, _is_met)
removing = Guard("expo.view", line_of, _may_remove)
picture = Guard("expo.view", logo_of, _shows_logo)
paper = Guard("expo.view", document_of, _shows_document)
