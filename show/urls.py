from django.urls import path

from show import views

app_name = "show"
urlpatterns = [
    path("sessions/<int:session_pk>/speaker/", views.speaker, name="speaker"),
    path("sessions/<int:session_pk>/screen/", views.desk, name="desk"),
    path("sessions/<int:session_pk>/screen/mode/", views.choose, name="choose"),
    path("sessions/<int:session_pk>/screen/clock/", views.configure, name="configure"),
    path("sessions/<int:session_pk>/screen/revoke/", views.revoke, name="revoke"),
    path("screens/<str:signed>/", views.screen, name="screen"),
]
