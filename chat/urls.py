from django.urls import path

from chat import views

app_name = "chat"
urlpatterns = [
    path("sessions/<int:session_pk>/chat/", views.messages, name="messages"),
    path("chat/<uuid:pk>/remove/", views.remove, name="remove"),
    path("chat/<uuid:pk>/restore/", views.restore, name="restore"),
]
