from django.urls import path

from replay import views

app_name = "replay"
urlpatterns = [
    path("sessions/<int:session_pk>/replay/", views.window, name="window"),
    path("sessions/<int:session_pk>/replay/afterwards/", views.afterwards, name="afterwards"),
    path("sessions/<int:session_pk>/replay/own/", views.own, name="own"),
    path("editions/<slug:slug>/recordings/", views.archive, name="archive"),
]
