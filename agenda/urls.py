from django.urls import path

from agenda import views

app_name = "agenda"
urlpatterns = [
    path("my-sessions/", views.mine, name="mine"),
    path("editions/<slug:slug>/agenda/", views.agenda, name="agenda"),
    path("sessions/<int:session_pk>/save/", views.save, name="save"),
    path("themes/<int:theme_pk>/follow/", views.follow, name="follow"),
]
