from django.urls import path

from planning.views import feeds, imports, parts, programme, releases, session

app_name = "planning"
EDITION = "editions/<slug:slug>/planning"
urlpatterns = [
    path("planning/new/", parts.create, name="create"),
    path(f"{EDITION}/", programme.programme, name="programme"),
    path(f"{EDITION}/edition/", parts.edition, name="edition"),
    path(f"{EDITION}/logo/", parts.logo, name="logo"),
    path(f"{EDITION}/parts/", parts.parts, name="parts"),
    path(f"{EDITION}/parts/<slug:kind>/<int:pk>/", parts.part, name="part"),
    path(f"{EDITION}/speakers/", parts.speakers, name="speakers"),
    path(f"{EDITION}/speakers/<int:pk>/photo/", parts.photo, name="photo"),
    path(f"{EDITION}/duplicate/", programme.duplicate, name="duplicate"),
    path(f"{EDITION}/sessions/", programme.change, name="bulk"),
    path(f"{EDITION}/checks/", programme.warnings, name="checks"),
    path(f"{EDITION}/import/", imports.schedule, name="import"),
    path(f"{EDITION}/release/", releases.release, name="release"),
    path(f"{EDITION}/release/planned/", releases.unplan, name="unplan"),
    path(f"{EDITION}/sessions/new/", session.new, name="new"),
    path(f"{EDITION}/sessions/<slug:key>/", session.session, name="session"),
    path(f"{EDITION}/sessions/<slug:key>/move/", session.move, name="move"),
    path(f"{EDITION}/sessions/<slug:key>/cancel/", session.cancel, name="cancel"),
    path(f"{EDITION}/sessions/<slug:key>/discard/", session.discard, name="discard"),
    path(f"{EDITION}/sessions/<slug:key>/stream/", session.stream, name="stream"),
    path("editions/<slug:slug>/changes/", releases.changes, name="changes"),
    path("editions/<slug:slug>/calendars/", feeds.calendars_page, name="calendars"),
    path("editions/<slug:slug>/calendar.ics", feeds.feed, name="feed"),
    path("editions/<slug:slug>/calendars/<slug:kind>/<int:pk>.ics", feeds.feed, name="part_feed"),
    path("editions/<slug:slug>/programme.csv", feeds.table, {"form": "csv"}, name="table"),
    path("editions/<slug:slug>/programme.xlsx", feeds.table, {"form": "xlsx"}, name="workbook"),
    path("editions/<slug:slug>/schedule.xml", feeds.schedule, {"form": "xml"}, name="schedule_xml"),
    path("editions/<slug:slug>/schedule.json", feeds.schedule, {"form": "json"}, name="schedule_json"),
    path("calendars/address/", feeds.rotate, name="rotate"),
    path("calendars/<str:signed>.ics", feeds.personal_feed, name="personal_feed"),
]
