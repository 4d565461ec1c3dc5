"""Editing the programme by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from common.admin import TextAdmin
from live.revocations import recheck_room
from people import audit
from sessions import access, speaking
from sessions.models import Edition, HostCity, Session, Speaker, Stage, Strand, Theme


class NeverDeleted(TextAdmin):
    """An admin that never deletes, because the record refers to its rows: sessions are cancelled instead."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: see the class."""
        return False


@admin.register(Edition)
class EditionAdmin(NeverDeleted):
    """Editions of the congress."""

    list_display = ["name", "host_city", "start_date", "end_date"]


@admin.register(HostCity)
class HostCityAdmin(TextAdmin):
    """Cities with stages, and their time zones."""

    list_display = ["name", "country", "timezone"]


@admin.register(Theme)
class PartOfEditionAdmin(TextAdmin):
    """Themes, and what else only has a name in an edition."""

    list_display = ["name", "edition"]
    list_filter = ["edition"]


@admin.register(Stage, Strand)
class PlaceOrStrandAdmin(NeverDeleted, PartOfEditionAdmin):
    """Stages and strands: sessions and roles refer to them."""


@admin.register(Speaker)
class SpeakerAdmin(TextAdmin):
    """Speakers of the programme; the search ignores accents and case."""

    list_display = ["name", "organisation", "city", "edition"]
    list_filter = ["edition"]
    search_fields = ["name_folded", "organisation_folded"]
    # Who speaks as whom is set at the registration desk, with the roles that go with it.
    readonly_fields = ["participant"]


@admin.register(Session)
class SessionAdmin(NeverDeleted):
    """Sessions of the programme."""

    list_display = ["title", "stage", "start", "status", "edition"]
    list_filter = ["edition", "status", "stage__host_city"]
    search_fields = ["title_folded"]
    raw_id_fields = ["speakers", "stage"]
    # Status is taken step by step (sessions/status.py), so that it is pushed and on record.
    readonly_fields = ["status", "status_reason", "delayed_start"]
    # So is whom an existing session is for (sessions/access.py): open sockets and the log follow.
    settled = ["edition", "stage", "visibility", "visible_passes", "embargo_until", "guests_may"]

    def get_readonly_fields(self, request: HttpRequest, obj: Session | None = None) -> list[str]:
        """The fields that have their own page; more of them once the session exists."""
        return [*self.readonly_fields, *(self.settled if obj else [])]

    def save_model(self, request: Any, obj: Session, form: Any, change: bool) -> None:
        """Save the session. A new strand changes who holds a role in it, so its followers are checked again."""
        super().save_model(request, obj, form, change)
        if not change:
            access.on_record(obj, request.user)
        elif "strand" in form.changed_data:
            audit.record(request.user, "session.strand", obj.room_key, strand=obj.strand_id)
            recheck_room(obj.room_key)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Save the list of speakers. Participants who speak as one of them get the role, or lose it."""
        session = form.instance
        before = set(session.speakers.values_list("pk", flat=True))
        super().save_related(request, form, formsets, change)
        after = set(session.speakers.values_list("pk", flat=True))
        new, gone = after - before, before - after
        speaking.follow([(session.pk, pk) for pk in new], [(session.pk, pk) for pk in gone], request.user)
