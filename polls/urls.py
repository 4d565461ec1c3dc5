from django.urls import path

from polls.views import audience, desk, present

app_name = "polls"
urlpatterns = [
    path("polls/<int:pk>/ballot/", audience.ballot, name="ballot"),
    path("polls/<int:pk>/", audience.card, name="card"),
    path("polls/options/<int:pk>/picture/", audience.picture, name="picture"),
    path("sessions/<int:session_pk>/polls/nickname/", audience.nickname, name="nickname"),
    path("sessions/<int:session_pk>/polls/presenter/", present.presenter, name="presenter"),
    path("sessions/<int:session_pk>/screen/", present.screen, name="screen"),
    path("sessions/<int:session_pk>/polls/next/", present.next_poll, name="next"),
    path("polls/<int:pk>/step/", present.step, name="step"),
    path("sessions/<int:session_pk>/polls/", desk.desk, name="desk"),
    path("sessions/<int:session_pk>/polls/new/", desk.new, name="new"),
    path("sessions/<int:session_pk>/polls/import/", desk.import_table, name="import"),
    path("sessions/<int:session_pk>/polls/export.<str:form>", desk.download, name="export"),
    path("polls/<int:pk>/edit/", desk.edit, name="edit"),
    path("polls/<int:pk>/duplicate/", desk.duplicate, name="duplicate"),
    path("polls/<int:pk>/delete/", desk.delete, name="delete"),
    path("polls/<int:pk>/move/", desk.move, name="move"),
    path("polls/<int:pk>/reset/", desk.reset, name="reset"),
    path("polls/<int:pk>/judge/", desk.judge, name="judge"),
    path("polls/<int:pk>/chart.svg", desk.chart, name="chart"),
]
