from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/wishes/", views.wishes, name="wishes"),
    path("notices/device/", views.device, name="device"),
]
