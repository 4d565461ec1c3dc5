from django.urls import path

from captions import filing, views

app_name = "captions"
urlpatterns = [
    path("sessions/<int:session_pk>/captions/", views.tracks, name="tracks"),
    path("sessions/<int:session_pk>/captions/add/", views.add, name="add"),
    path("sessions/<int:session_pk>/captions/<slug:language>.vtt", filing.file, name="file"),
    path("captions/lines/<int:pk>/earlier/", views.earlier, name="earlier"),
    path("captions/tracks/<int:pk>/renew/", views.renew, name="renew"),
    path("captions/tracks/<int:pk>/screen/", views.show, name="screen"),
    path("captions/tracks/<int:pk>/upload/", filing.upload, name="upload"),
    path("captions/<str:address>/write/", views.writer, name="writer"),
    path("captions/<str:address>/lines/", views.write, name="write"),
    path("captions/<str:address>/seq", views.receive, name="seq"),
    path("captions/<str:address>/", views.receive, name="receive"),
]
