from django.urls import path

from webapp import views

app_name = "webapp"
urlpatterns = [
    path("app.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
]
