from django.urls import path

from announcements import views

app_name = "announcements"
urlpatterns = [
    path("editions/<slug:slug>/announcements/", views.manage, name="manage"),
    path("announcements/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("announcements/<int:pk>/confirm/", views.confirm, name="confirm"),
]
