from django.urls import path

from networking.views import conversations, directory

app_name = "networking"
urlpatterns = [
    path("editions/<slug:slug>/network/", directory.directory, name="directory"),
    path("editions/<slug:slug>/network/card/", directory.card, name="card"),
    path("editions/<slug:slug>/network/messages/", directory.messages, name="messages"),
    path("editions/<slug:slug>/network/reports/", conversations.desk, name="desk"),
    path("editions/<slug:slug>/network/<int:who>/", directory.person, name="person"),
    path("editions/<slug:slug>/network/<int:who>/ask/", directory.ask, name="ask"),
    path("editions/<slug:slug>/network/<int:who>/block/", directory.block, name="block"),
    path("network/conversations/<uuid:pk>/", conversations.conversation, name="conversation"),
    path("network/conversations/<uuid:pk>/say/", conversations.say, name="say"),
    path("network/conversations/<uuid:pk>/step/", conversations.step, name="step"),
    path("network/conversations/<uuid:pk>/away/", conversations.away, name="away"),
    path("network/conversations/<uuid:pk>/read/", conversations.read, name="read"),
    path("network/conversations/<uuid:pk>/report/", conversations.report, name="report"),
    path("network/lines/<uuid:pk>/remove/", conversations.remove, name="remove"),
    path("network/reports/<int:pk>/", conversations.decide, name="decide"),
]
