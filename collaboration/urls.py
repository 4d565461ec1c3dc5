from django.urls import path

from collaboration.views import board, delegations, promising, replications, reviewing

app_name = "collaboration"
urlpatterns = [
    path("commitments/", board.board, name="board"),
    path("commitments/<uuid:pk>/", board.commitment, name="commitment"),
    path("commitments/<uuid:pk>/text/<int:number>/", board.text, name="text"),
    path("commitments/<uuid:pk>/edit/", promising.edit, name="edit"),
    path("commitments/<uuid:pk>/parties/", promising.parties, name="parties"),
    path("commitments/<uuid:pk>/step/", promising.step, name="step"),
    path("commitments/<uuid:pk>/sign/", promising.sign, name="sign"),
    path("commitments/<uuid:pk>/report/", promising.report, name="report"),
    path("commitments/<uuid:pk>/reopen/", reviewing.reopen, name="reopen"),
    path("editions/<slug:slug>/commitments/mine/", promising.mine, name="mine"),
    path("editions/<slug:slug>/commitments/begin/", promising.begin, name="begin"),
    path("editions/<slug:slug>/commitments/review/", reviewing.review, name="review"),
    path("sessions/<int:session_pk>/signings/", reviewing.signings, name="signings"),
    path("sessions/<int:session_pk>/signings/change/", reviewing.change, name="change"),
    path("replications/", replications.mine, name="replications"),
    path("cases/<int:pk>/replicate/", replications.begin, name="replicate"),
    path("replications/<int:pk>/", replications.replication, name="replication"),
    path("replications/<int:pk>/step/", replications.step, name="replication_step"),
    path("replications/<int:pk>/adapt/", replications.adapt, name="adapt"),
    path("replications/<int:pk>/mails/", replications.mails, name="mails"),
    path("replications/<int:pk>/say/", replications.say, name="say"),
    path("editions/<slug:slug>/delegations/", delegations.public, name="delegations"),
    path("editions/<slug:slug>/delegations/all/", delegations.manage, name="manage"),
    path("editions/<slug:slug>/delegations/protocol/", delegations.protocol_page, name="protocol"),
    path("editions/<slug:slug>/delegations/protocol.csv", delegations.protocol_csv, name="protocol_csv"),
    path("delegations/<int:pk>/", delegations.delegation, name="delegation"),
    path("delegations/<int:pk>/nominate/", delegations.nominate, name="nominate"),
    path("delegations/<int:pk>/delegates/<int:number>/", delegations.step, name="delegate"),
    path("delegations/<int:pk>/needs/", delegations.needs, name="needs"),
    path("delegations/<int:pk>/places/", delegations.settings, name="settings"),
    path("delegations/<int:pk>/focal-points/", delegations.points, name="points"),
]
