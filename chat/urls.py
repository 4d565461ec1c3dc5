from django.urls import path

from chat.views import messages, moderation

app_name = "chat"
urlpatterns = [
    path("sessions/<int:session_pk>/chat/", messages.messages, name="messages"),
    path("sessions/<int:session_pk>/chat/search/", messages.search, name="search"),
    path("sessions/<int:session_pk>/chat/read/", messages.read, name="read"),
    path("sessions/<int:session_pk>/chat/review/", moderation.review, name="review"),
    path("sessions/<int:session_pk>/chat/settings/", moderation.configure, name="configure"),
    path("chat/<uuid:pk>/react/", messages.react, name="react"),
    path("chat/<uuid:pk>/edit/", messages.edit, name="edit"),
    path("chat/<uuid:pk>/withdraw/", messages.withdraw, name="withdraw"),
    path("chat/<uuid:pk>/report/", messages.report, name="report"),
    path("chat/<uuid:pk>/remove/", moderation.remove, name="remove"),
    path("chat/<uuid:pk>/restore/", moderation.restore, name="restore"),
    path("chat/<uuid:pk>/let-through/", moderation.let_through, name="let_through"),
    path("chat/<uuid:pk>/settle/", moderation.settle, name="settle"),
    path("chat/<uuid:pk>/pin/", moderation.pin, name="pin"),
    path("chat/<uuid:pk>/mute/", moderation.mute, name="mute"),
    path("chat/mutes/<int:pk>/lift/", moderation.lift, name="lift"),
]
