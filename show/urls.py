from django.urls import path

from show.views import control, reshape, session, stage

app_name = "show"
urlpatterns = [
    path("sessions/<int:session_pk>/speaker/", session.speaker, name="speaker"),
    path("sessions/<int:session_pk>/screen/", session.desk, name="desk"),
    path("sessions/<int:session_pk>/screen/mode/", session.choose, name="choose"),
    path("sessions/<int:session_pk>/screen/clock/", session.configure, name="configure"),
    path("sessions/<int:session_pk>/screen/revoke/", session.revoke, name="revoke"),
    path("screens/<str:signed>/", session.screen, name="screen"),
    path("editions/<slug:slug>/control/", control.control, name="control"),
    path("sessions/<int:session_pk>/control/step/", control.step, name="step"),
    path("sessions/<int:session_pk>/control/reshape/", reshape.reshape, name="reshape"),
    path("stages/<int:pk>/row/", control.row, name="row"),
    path("stages/<int:pk>/tools/", reshape.tools, name="tools"),
    path("stages/<int:pk>/ripple/", control.publish, name="ripple"),
    path("stages/<int:pk>/ripple/undo/", control.take_back, name="take_back"),
    path("stages/<int:pk>/automatic/", control.automatic, name="automatic"),
    path("stages/<int:pk>/", stage.stage, name="stage"),
    path("stages/<int:pk>/caller/", stage.caller, name="caller"),
    path("stages/<int:pk>/blackout/", stage.blackout, name="blackout"),
    path("stages/<int:pk>/renew/", stage.renew, name="renew"),
    path("sessions/<int:session_pk>/caller/step/", stage.call, name="call"),
    path("sessions/<int:session_pk>/caller/extend/", stage.extend, name="extend"),
    path("sessions/<int:session_pk>/caller/line/", stage.line, name="line"),
    path("sessions/<int:session_pk>/cue/", stage.cue, name="cue"),
    path("monitors/<str:signed>/", stage.monitor, name="monitor"),
    path("monitors/<str:signed>/acknowledge/", stage.acknowledge, name="acknowledge"),
    path("signs/<str:signed>/", stage.sign, name="sign"),
]
