from django.urls import path

from polls.views import audience, preparing, present

app_name = "polls"
urlpatterns = [
    path("polls/<int:pk>/ballot/", audience.ballot, name="ballot"),
    path("polls/<int:pk>/late/", audience.late_ballot, name="late"),
    path("sessions/<int:session_pk>/polls/late/", preparing.allow_late, name="allow_late"),
    path("polls/<int:pk>/", audience.card, name="card"),
    path("polls/options/<int:pk>/picture/", audience.picture, name="picture"),
    path("sessions/<int:session_pk>/polls/nickname/", audience.nickname, name="nickname"),
    path("sessions/<int:session_pk>/polls/next/", present.next_poll, name="next"),
    path("polls/<int:pk>/step/", present.step, name="step"),
    path("sessions/<int:session_pk>/polls/", preparing.all_polls, name="list"),
    path("sessions/<int:session_pk>/polls/new/", preparing.new, name="new"),
    path("sessions/<int:session_pk>/polls/import/", preparing.import_table, name="import"),
    path("sessions/<int:session_pk>/polls/export.<str:form>", preparing.download, name="export"),
    path("polls/<int:pk>/edit/", preparing.edit, name="edit"),
    path("polls/<int:pk>/duplicate/", preparing.duplicate, name="duplicate"),
    path("polls/<int:pk>/delete/", preparing.delete, name="delete"),
    path("polls/<int:pk>/move/", preparing.move, name="move"),
    path("polls/<int:pk>/reset/", preparing.reset, name="reset"),
    path("polls/<int:pk>/judge/", preparing.judge, name="judge"),
    path("polls/<int:pk>/chart.svg", preparing.chart, name="chart"),
]
