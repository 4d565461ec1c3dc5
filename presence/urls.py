from django.urls import path

from presence import views

app_name = "presence"
urlpatterns = [
    path("sessions/<int:session_pk>/following/", views.places, name="places"),
    path("sessions/<int:session_pk>/following/people/", views.who, name="people"),
]
