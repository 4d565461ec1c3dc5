"""Participants and their roles by hand, and the record. What changes rights here is on record as anywhere else."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.http import HttpRequest

from common.admin import TextAdmin
from people import audit
from people.models import AuditEntry, Participant, Role

RIGHTS = ("email", "is_active", "is_staff", "is_superuser", "is_demo", "is_guest")  # fields that open or close ways in


class RoleInline(admin.TabularInline):  # type: ignore[type-arg]
    """Roles are given and taken, never changed into others."""

    model = Role
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Participant)
class ParticipantAdmin(TextAdmin):
    list_display = ["name", "email", "organisation", "city"]
    search_fields = ["name_folded", "email"]
    exclude = ["password", "user_permissions", "groups", "last_login"]
    inlines = [RoleInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts end by people.account.delete: what was said and voted stays."""
        return False

    # The admin's view is one transaction: what it changes and the entries about that.

    def save_model(self, request: Any, obj: Participant, form: Any, change: bool) -> None:
        changed = [name for name in RIGHTS if name in form.changed_data]
        if not change:
            obj.set_unusable_password()
        obj.email = obj.email.lower() if obj.email else None
        super().save_model(request, obj, form, change)
        if change:
            EmailAddress.objects.filter(user=obj).exclude(email=obj.email or "").delete()  # it would still sign in
        if changed or not change:
            audit.record(request.user, "account.change" if change else "account.make", "", obj.pk, fields=changed)

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        for role in formset.new_objects:
            audit.record(request.user, "role.give", role.scope, role.participant_id, role=role.name)
        for role in formset.deleted_objects:
            audit.record(request.user, "role.take", role.scope, role.participant_id, role=role.name)


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The whole record, also what belongs to no edition; to read."""

    list_display = ["at", "action", "scope", "by_id", "participant_id", "details"]
    list_filter = ["action"]
    search_fields = ["=scope", "=by_id", "=participant_id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
