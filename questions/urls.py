from django.urls import path

from questions.views import asking, board, card, inbox, settings, speaking

app_name = "questions"
urlpatterns = [
    path("questions/inbox/", inbox.inbox, name="inbox"),
    path("sessions/<int:session_pk>/questions/", asking.questions, name="questions"),
    path("sessions/<int:session_pk>/questions/mine/", asking.mine, name="mine"),
    path("sessions/<int:session_pk>/questions/similar/", asking.similar, name="similar"),
    path("sessions/<int:session_pk>/questions/votes/", asking.votes, name="votes"),
    path("questions/<uuid:pk>/upvote/", asking.upvote, name="upvote"),
    path("questions/<uuid:pk>/own/", asking.own, name="own"),
    path("sessions/<int:session_pk>/questions/board/", board.board, name="board"),
    path("sessions/<int:session_pk>/questions/board/columns/", board.columns, name="columns"),
    path("sessions/<int:session_pk>/questions/step/", board.steps, name="step"),
    path("sessions/<int:session_pk>/questions/undo/", board.undo, name="undo"),
    path("sessions/<int:session_pk>/questions/next/", board.next_on_stage, name="next"),
    path("sessions/<int:session_pk>/questions/move/", board.move, name="move"),
    path("sessions/<int:session_pk>/questions/hall/", board.hall, name="hall"),
    path("sessions/<int:session_pk>/questions/intake/", settings.intake, name="intake"),
    path("sessions/<int:session_pk>/questions/configure/", settings.configure, name="configure"),
    path("sessions/<int:session_pk>/questions/export.<str:form>", board.download, name="export"),
    path("questions/<uuid:pk>/card/", card.card, name="card"),
    path("questions/<uuid:pk>/edit/", card.edit, name="edit"),
    path("questions/<uuid:pk>/note/", card.note, name="note"),
    path("questions/<uuid:pk>/mute/", card.mute, name="mute"),
    path("questions/<uuid:pk>/labels/", card.labels, name="labels"),
    path("questions/<uuid:pk>/answer/", speaking.answer, name="answer"),
    path("sessions/<int:session_pk>/questions/prompt/", speaking.prompt, name="prompt"),
    path("questions/prompts/<int:pk>/acknowledge/", speaking.acknowledge, name="acknowledge"),
]
