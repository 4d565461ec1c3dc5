"""Editing the programme by hand."""

from django.contrib import admin

from sessions.models import Edition, HostCity, Session, Speaker, Stage, Strand, Theme


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    list_display = ["name", "host_city", "start_date", "end_date"]


@admin.register(HostCity)
class HostCityAdmin(admin.ModelAdmin):
    list_display = ["name", "country", "timezone"]


@admin.register(Stage, Strand, Theme)
class PartOfEditionAdmin(admin.ModelAdmin):
    list_display = ["name", "edition"]
    list_filter = ["edition"]


@admin.register(Speaker)
class SpeakerAdmin(admin.ModelAdmin):
    list_display = ["name", "organisation", "city", "edition"]
    list_filter = ["edition"]
    search_fields = ["name", "organisation"]
    raw_id_fields = ["participant"]


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin):
    list_display = ["title", "stage", "start", "status", "edition"]
    list_filter = ["edition", "status", "stage__host_city"]
    search_fields = ["title"]
    raw_id_fields = ["speakers", "stage"]
    # Status is taken step by step (sessions/status.py), so that it is pushed and on record.
    readonly_fields = ["status", "status_reason", "delayed_start"]
