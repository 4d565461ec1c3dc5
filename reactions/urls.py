from django.urls import path

from reactions import views

app_name = "reactions"
urlpatterns = [path("sessions/<int:session_pk>/reactions/", views.react, name="react")]
