"""Admin pages for participants, their roles and the record. Changes of rights are on record as anywhere else."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin

from common.admin import TextAdmin
from people import audit
from people.models import AuditEntry, Participant, Role

RIGHTS = ("email", "is_active", "is_staff", "is_superuser", "is_demo", "is_guest")  # fields that open or close ways in


def _never(*_args: Any, **_kwargs: Any) -> bool:
    return False


class RoleInline(admin.TabularInline):  # type: ignore[type-arg]
    """Roles of a participant: to add and to delete, not to edit."""

    model = Role
    extra = 0
    has_change_permission = _never  # both steps are on record


@admin.register(Participant)
class ParticipantAdmin(TextAdmin):
    """Participants, with their roles. Every change of rights is on record."""

    list_display = ["name", "email", "organisation", "city"]
    search_fields = ["name_folded", "email"]
    exclude = ["password", "user_permissions", "groups", "last_login"]
    inlines = [RoleInline]
    has_delete_permission = _never  # people.account.delete ends accounts, and keeps messages and votes

    # The admin's view is one transaction: what it changes and the entries about that.

    def save_model(self, request: Any, obj: Participant, form: Any, change: bool) -> None:
        """Save the participant and record changed rights. After a new e-mail address the old one opens nothing."""
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
        """Save the roles and put each one given or taken on record."""
        super().save_formset(request, form, formset, change)
        for role in formset.new_objects:
            audit.record(request.user, "role.give", role.scope, role.participant_id, role=role.name)
        for role in formset.deleted_objects:
            audit.record(request.user, "role.take", role.scope, role.participant_id, role=role.name)


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The whole record, read only, also entries without an edition."""

    list_display = ["at", "action", "scope", "by_id", "participant_id", "details"]
    list_filter = ["action"]
    search_fields = ["=scope", "=by_id", "=participant_id"]
    has_add_permission = has_change_permission = has_delete_permission = _never
