from django.urls import path

from sessions import views

app_name = "sessions"
urlpatterns = [
    path("", views.home, name="home"),
    path("editions/<slug:slug>/", views.programme, name="programme"),
    path("sessions/<int:pk>/", views.session, name="session"),
    path("editions/<slug:slug>/places/", views.places, name="places"),
    path("editions/<slug:slug>/about/", views.about, name="about"),
    path("editions/<slug:slug>/colours.css", views.colours, name="colours"),
    path("editions/<slug:slug>/logo/", views.logo, name="logo"),
    path("sessions/<int:pk>/calendar.ics", views.calendar, name="calendar"),
    path("sessions/<int:pk>/status/", views.change_status, name="change_status"),
    path("sessions/<int:pk>/direct/", views.direct, name="direct"),
    path("speakers/<int:pk>/", views.speaker, name="speaker"),
    path("speakers/<int:pk>/photo/", views.photo, name="photo"),
]
