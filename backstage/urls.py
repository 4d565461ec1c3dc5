from django.urls import path

from backstage import views

app_name = "backstage"
urlpatterns = [
    path("sessions/<int:session_pk>/backstage/", views.session, name="session"),
    path("stages/<int:pk>/backstage/", views.stage, name="stage"),
    path("editions/<slug:slug>/backstage/", views.edition, name="edition"),
]
