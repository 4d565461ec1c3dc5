"""What the Q&A takes part in."""

from django.utils.translation import gettext_lazy as _

from common.contract import (
    Ask,
    Assets,
    CountRow,
    Feature,
    GuestOption,
    Limit,
    Link,
    Matrix,
    Panel,
    Personal,
    RecordWords,
    ScreenMode,
)
from live.audiences import EVERYONE
from people.permissions import ANYONE, ORGANISERS, SPEAKER, STAFF, TAKING_PART
from questions import demo, entries, origins, own, panel, privacy, replaying, running, translating, upvotes
from questions.data import on_screen
from questions.navigation import inbox_link
from questions.writes import UPVOTE

GUEST = GuestOption("guest who asks", _("Ask and upvote questions"))
RECORD = {
    "questions.approve": RecordWords(_("Questions published"), _("published a question of %(who)s in %(of)s")),
    "questions.dismiss": RecordWords(_("Questions dismissed"), _("dismissed a question of %(who)s in %(of)s")),
    "questions.merge": RecordWords(_("Questions merged"), _("merged a question of %(who)s into another in %(of)s")),
    "questions.queue": RecordWords(_("Questions queued"), _("queued a question of %(who)s in %(of)s")),
    "questions.unqueue": RecordWords(
        _("Questions taken out"), _("took a question of %(who)s out of the queue of %(of)s")
    ),
    "questions.move": RecordWords(_("Questions moved"), _("moved a question in the queue of %(of)s")),
    "questions.stage": RecordWords(_("Questions on stage"), _("brought a question of %(who)s on stage in %(of)s")),
    "questions.requeue": RecordWords(
        _("Questions taken from the stage"), _("took a question of %(who)s from the stage of %(of)s back to its queue")
    ),
    "questions.answer": RecordWords(
        _("Questions answered live"), _("noted as answered live a question of %(who)s in %(of)s")
    ),
    "questions.write": RecordWords(
        _("Questions answered"), _("closed with a written answer a question of %(who)s in %(of)s")
    ),
    "questions.skip": RecordWords(_("Questions skipped"), _("skipped a question of %(who)s in %(of)s")),
    "questions.reopen": RecordWords(
        _("Questions published again"), _("published again a question of %(who)s in %(of)s")
    ),
    "questions.undo": RecordWords(_("Question steps undone"), _("took back a step of a question of %(who)s in %(of)s")),
    "questions.edit": RecordWords(_("Questions edited"), _("edited a question of %(who)s in %(of)s")),
    "questions.label": RecordWords(_("Questions labelled"), _("labelled a question of %(who)s in %(of)s")),
    "questions.note": RecordWords(_("Notes to questions"), _("wrote a note to a question of %(who)s in %(of)s")),
    "questions.reply": RecordWords(_("Written answers"), _("answered in writing a question of %(who)s in %(of)s")),
    "questions.mute": RecordWords(
        _("Askers muted"), _("takes no more questions from who asked one of %(who)s in %(of)s")
    ),
    "questions.unmute": RecordWords(
        _("Askers taken again"), _("takes questions again from who asked one of %(who)s in %(of)s")
    ),
    "questions.hall": RecordWords(_("Questions from the hall"), _("wrote down a question from the hall of %(of)s")),
    "questions.prompt": RecordWords(_("Lines to speakers"), _("sent the speakers of %(of)s a line")),
    "questions.settings": RecordWords(_("Questions set up"), _("set up the questions of %(of)s")),
    "questions.export": RecordWords(_("Exports of questions"), _("exported the questions of %(of)s")),
}
TAKE_PART = _("Only participants of this edition ask and upvote. Enter first; your words are kept.")
QUESTION = {"text": "Why?", "client_id": "<uuid>"}
SCRIPTS = ("questions/list.js", "questions/questions.js")
BOARD = ["questions/board.js", "questions/steps.js", "questions/keys.js", "questions/order.js", "questions/drawers.js"]
VIEWS = {
    "questions:questions": [Ask("questions.ask", "post", data=QUESTION), Ask("questions.view", "get")],
    "questions:mine": [Ask("questions.view", "get")],
    "questions:similar": [Ask("questions.view", "get", data={"text": "Something else"})],
    "questions:votes": [Ask("questions.view", "get")],
    "questions:upvote": [Ask("questions.upvote", "post", ["question"], {"on": "1"})],
    "questions:own": [Ask("questions.own", "post", ["own"], {"action": "withdraw"})],
    "questions:board": [Ask("questions.moderate", "get")],
    "questions:columns": [Ask("questions.moderate", "get")],
    "questions:step": [Ask("questions.moderate", "post", data={"action": "queue", "id": "<question>:1"})],
    "questions:undo": [Ask("questions.moderate", "post", data={"id": "<question>:1"})],
    "questions:next": [Ask("questions.speak", "post", data={"expected": ""})],
    "questions:move": [Ask("questions.moderate", "post", data={"id": "<queued>", "place": "0"})],
    "questions:hall": [Ask("questions.moderate", "post", data=QUESTION)],
    "questions:intake": [Ask("questions.moderate", "post", data={"intake": "open"})],
    "questions:configure": [Ask("questions.configure", "post")],
    "questions:export": [Ask("questions.moderate", "get", ["session", "csv"])],
    "questions:card": [Ask("questions.moderate", "post", ["question"])],
    "questions:edit": [Ask("questions.moderate", "post", ["question"], {"text": "New", "version": "1"})],
    "questions:note": [Ask("questions.moderate", "post", ["question"], {"text": "Look"})],
    "questions:mute": [Ask("questions.moderate", "post", ["question"], {"on": "1"})],
    "questions:labels": [Ask("questions.moderate", "post", ["question"], {"labels": "budget, trams"})],
    "questions:answer": [Ask("questions.answer", "post", ["question"], {"text": "Because"})],
    "questions:prompt": [Ask("questions.moderate", "post", data={"text": "Two minutes"})],
    "questions:acknowledge": [Ask("questions.speak", "post", ["prompt"])],
}

feature = Feature(
    name="questions",
    urls="questions.urls",
    actions={
        "questions.view": ANYONE,
        "questions.ask": TAKING_PART | {GUEST.role},
        "questions.upvote": TAKING_PART | {GUEST.role},
        "questions.own": TAKING_PART | {GUEST.role},
        "questions.answer": STAFF | {SPEAKER},
        "questions.speak": STAFF | {SPEAKER},
        "questions.moderate": STAFF,
        "questions.configure": ORGANISERS,
    },
    refusals={
        "questions.ask": TAKE_PART,
        "questions.upvote": TAKE_PART,
        "questions.own": _("Only who asked a question changes it."),
        "questions.answer": _("Only speakers and moderators of this session answer in writing."),
        "questions.speak": _("Only speakers and moderators of this session bring its questions on stage."),
        "questions.moderate": _("Only moderators and organisers of this session curate its questions."),
        "questions.configure": _("Only organisers change this."),
    },
    guests_may={"questions": GUEST},
    limits={
        "questions.ask": Limit(5, 60),
        "questions.similar": Limit(60, 60),
        "questions.upvote": Limit(60, 60),
        "questions.own": Limit(20, 60),
        "questions.answer": Limit(30, 60),
        "questions.speak": Limit(60, 60),
        "questions.moderate": Limit(300, 60),
        "questions.configure": Limit(60, 60),
    },
    writes={"questions.upvote": UPVOTE.by_socket},
    volatile={"questions.votes": upvotes.volatile_votes},
    events=entries.SOURCES,
    replayed=replaying.REPLAYED,
    origins=origins.ORIGINS,
    translatable={"questions.question": translating.QUESTIONS},
    moments={"questions.question": entries.moments},
    personal=Personal(privacy.export, privacy.forget, privacy.named_in),
    record=RECORD,
    own={"session": own.own},
    beside=["question_settings"],
    panels=[Panel("questions/_panel.html", panel.context, panel.read)],
    pinned=[Panel("questions/_pinned.html", panel.pinned, panel.read)],
    speaker_panels=[Panel("questions/_speaker.html", panel.speaker)],
    screen={"question": ScreenMode(_("Question"), "questions/_screen.html", on_screen)},
    links=[Link("work", inbox_link)],
    facts=running.FACTS,
    line=running.LINE,
    assets={
        "sessions:session": Assets(["questions/questions.css"], SCRIPTS),
        "questions:board": Assets(["questions/questions.css", "questions/board.css"], BOARD),
        "questions:inbox": Assets(["questions/inbox.css"]),
        "show:speaker": Assets(["questions/questions.css", "questions/speaker.css"]),
        "show:screen": Assets(["questions/screen.css"]),
        "show:monitor": Assets(["questions/screen.css"]),
    },
    demo=demo.fill,
    matrix=Matrix(
        views=VIEWS,
        open_views=["questions:inbox"],  # tests/questions/test_inbox.py
        writes={"questions.upvote": ("questions.upvote", {"question": "<question>", "on": True})},
        volatile={"questions.votes": CountRow("session", "votes-<question>", EVERYONE)},
    ),
)
