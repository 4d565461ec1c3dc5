from django.urls import path

from registration.views import access, bans, hall, imports, listing, people, record, speakers

app_name = "registration"
urlpatterns = [
    path("hall/", hall.find, name="find"),
    path("hall/<slug:code>/", hall.hall, name="hall"),
    path("sessions/<int:session_pk>/access/", access.access, name="access"),
    path("sessions/<int:session_pk>/access/code/", access.code, name="code"),
    path("sessions/<int:session_pk>/access/guests/", access.guests, name="guests"),
    path("sessions/<int:session_pk>/access/invitees/", access.invitees, name="invitees"),
    path("sessions/<int:session_pk>/bans/", bans.bans, name="bans"),
    path("editions/<slug:slug>/people/", listing.people, name="people"),
    path("editions/<slug:slug>/people/export.csv", listing.export, name="export"),
    path("editions/<slug:slug>/people/invite/", listing.invite, name="invite"),
    path("editions/<slug:slug>/people/speakers/", speakers.speakers, name="speakers"),
    path("editions/<slug:slug>/people/speakers/<int:pk>/", speakers.speaker, name="speaker"),
    path("editions/<slug:slug>/people/import/", imports.imports, name="imports"),
    path("editions/<slug:slug>/people/import/<int:pk>/", imports.import_page, name="import"),
    path("editions/<slug:slug>/people/import/<int:pk>/piece/", imports.piece, name="piece"),
    path("editions/<slug:slug>/people/import/<int:pk>/portion/", imports.portion, name="portion"),
    path("editions/<slug:slug>/people/import/<int:pk>/errors.csv", imports.import_errors, name="import_errors"),
    path("editions/<slug:slug>/people/import/<int:pk>/abandon/", imports.import_abandon, name="import_abandon"),
    path("editions/<slug:slug>/people/record/", record.record, name="record"),
    path("editions/<slug:slug>/people/record.csv", record.record_export, name="record_export"),
    path("editions/<slug:slug>/people/<int:pk>/", people.person, name="person"),
    path("editions/<slug:slug>/people/<int:pk>/roles/", people.roles, name="roles"),
    path("editions/<slug:slug>/people/<int:pk>/registration/", people.registration, name="registration"),
    path("editions/<slug:slug>/people/<int:pk>/ban/", people.ban, name="ban"),
    path("editions/<slug:slug>/people/<int:pk>/links/", people.links, name="links"),
    path("editions/<slug:slug>/people/<int:pk>/sign-out/", people.sign_out, name="sign_out"),
]
