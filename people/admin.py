"""Roles by hand."""

from django.contrib import admin

from people.models import Participant, Role


class RoleInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Role
    extra = 1


@admin.register(Participant)
class ParticipantAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "email", "organisation", "city"]
    search_fields = ["name", "email"]
    exclude = ["password", "user_permissions", "groups", "last_login"]
    inlines = [RoleInline]
