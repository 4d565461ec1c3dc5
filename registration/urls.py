from django.urls import path

from registration.views import access, hall, imports, people

app_name = "registration"
urlpatterns = [
    path("hall/", hall.find, name="find"),
    path("hall/<slug:code>/", hall.hall, name="hall"),
    path("sessions/<int:session_pk>/access/", access.access, name="access"),
    path("sessions/<int:session_pk>/access/code/", access.code, name="code"),
    path("editions/<slug:slug>/people/", people.people, name="people"),
    path("editions/<slug:slug>/people/export.csv", people.export, name="export"),
    path("editions/<slug:slug>/people/invite/", people.invite, name="invite"),
    path("editions/<slug:slug>/people/import/", imports.imports, name="imports"),
    path("editions/<slug:slug>/people/import/<int:pk>/", imports.one, name="import"),
    path("editions/<slug:slug>/people/import/<int:pk>/piece/", imports.piece, name="piece"),
    path("editions/<slug:slug>/people/import/<int:pk>/portion/", imports.portion, name="portion"),
    path("editions/<slug:slug>/people/import/<int:pk>/errors.csv", imports.import_errors, name="import_errors"),
    path("editions/<slug:slug>/people/import/<int:pk>/abandon/", imports.import_abandon, name="import_abandon"),
    path("editions/<slug:slug>/people/record/", people.record, name="record"),
    path("editions/<slug:slug>/people/<int:pk>/", people.person, name="person"),
    path("editions/<slug:slug>/people/<int:pk>/roles/", people.roles, name="roles"),
    path("editions/<slug:slug>/people/<int:pk>/ban/", people.ban, name="ban"),
    path("editions/<slug:slug>/people/<int:pk>/links/", people.links, name="links"),
    path("editions/<slug:slug>/people/<int:pk>/sign-out/", people.sign_out, name="sign_out"),
]
