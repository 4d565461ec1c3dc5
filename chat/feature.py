"""What the chat takes part in."""

from django.utils.translation import gettext_lazy as _

from chat import cards, counting, demo, entries, own, pace, panel, privacy, replaying, running, translating
from chat.models import Card
from chat.writes import MESSAGE, REACTION, READ
from common.contract import (
    Ask,
    Assets,
    CountRow,
    Feature,
    GuestOption,
    Limit,
    Matrix,
    Panel,
    Personal,
    RecordWords,
)
from live.audiences import EVERYONE
from people.permissions import ANYONE, GUEST, STAFF, TAKING_PART

MAY_CHAT = GuestOption("guest who chats", _("Write in the chat"))
WRITERS = TAKING_PART | {MAY_CHAT.role}
WRITTEN = {"text": "Hello", "client_id": "<uuid>"}
ONLY_STAFF = _("Only moderators and organisers of this session moderate its chat.")
RECORD = {
    "chat.restore": RecordWords(_("Messages put back"), _("put back a message of %(who)s in %(of)s")),
    "chat.remove": RecordWords(_("Messages removed"), _("removed a message of %(who)s in %(of)s")),
    "chat.let_through": RecordWords(_("Messages let through"), _("let a message of %(who)s through in %(of)s")),
    "chat.settle": RecordWords(_("Reports closed"), _("closed the reports of a message of %(who)s in %(of)s")),
    "chat.reopen": RecordWords(_("Reports opened again"), _("reopened the reports of a message of %(who)s in %(of)s")),
    "chat.pin": RecordWords(_("Messages pinned"), _("pinned a message of %(who)s in %(of)s")),
    "chat.unpin": RecordWords(_("Messages unpinned"), _("unpinned a message of %(who)s in %(of)s")),
    "chat.mute": RecordWords(_("Mutes"), _("muted %(who)s in %(of)s")),
    "chat.lift": RecordWords(_("Mutes lifted"), _("lifted the mute of %(who)s in %(of)s")),
    "chat.configure": RecordWords(_("Chats set up"), _("set up the chat of %(of)s")),
}
VIEWS = {
    # The first: it can be done for some seconds only.
    "chat:restore": [Ask("chat.remove", "post", ["removed_message"])],
    "chat:messages": [Ask("chat.send", "post", data=WRITTEN), Ask("chat.view", "get")],
    "chat:search": [Ask("chat.view", "get", data={"q": "a"})],
    "chat:read": [Ask("chat.read", "post", data={"seq": "1"})],
    "chat:react": [Ask("chat.react", "post", ["message"], {"on": "1"})],
    "chat:report": [Ask("chat.report", "post", ["message"], {"reason": "Rude"})],
    "chat:edit": [Ask("chat.edit", "post", ["own_message"], {"text": "Better", "version": "1"})],
    "chat:withdraw": [Ask("chat.edit", "post", ["own_message"])],
    "chat:remove": [Ask("chat.remove", "post", ["message"])],
    "chat:let_through": [Ask("chat.remove", "post", ["held_message"])],
    "chat:settle": [Ask("chat.remove", "post", ["reported_message"])],
    "chat:pin": [Ask("chat.remove", "post", ["message"])],
    "chat:mute": [
        Ask("chat.remove", "get", ["message"]),
        Ask("chat.remove", "post", ["message"], {"minutes": "5", "scope": "session", "reason": "Shouting"}),
    ],
    "chat:lift": [Ask("chat.remove", "post", ["mute"])],
    "chat:review": [Ask("chat.remove", "get")],
    "chat:configure": [Ask("chat.remove", "post", data={"slow": "5", "crowded": "100"})],
}
SCRIPTS = [
    *("chat/groups.js", "chat/list.js", "chat/compose.js", "chat/chat.js", "chat/menu.js"),
    *("chat/reading.js", "chat/undo.js"),
]

feature = Feature(
    name="chat",
    urls="chat.urls",
    actions={
        "chat.view": ANYONE,
        "chat.read": TAKING_PART | {GUEST},
        "chat.send": WRITERS,
        "chat.edit": WRITERS,
        "chat.react": WRITERS,
        "chat.report": TAKING_PART | {GUEST},
        "chat.remove": STAFF,
    },
    refusals={
        "chat.send": _("Only participants of this edition write in its chats. Enter first; your draft is kept."),
        "chat.read": _("Only participants of this edition keep their place in its chats. Enter first."),
        "chat.react": _("Only participants of this edition react in its chats. Enter first."),
        "chat.edit": _("Only who wrote a message changes it."),
        "chat.report": _("Only participants of this edition report messages. Enter first."),
        "chat.remove": ONLY_STAFF,
    },
    guests_may={"chat": MAY_CHAT},
    limits={
        "chat.send": Limit(8, 10),
        "chat.edit": Limit(20, 60),
        "chat.react": Limit(30, 30),
        "chat.read": Limit(30, 60),
        "chat.report": Limit(10, 60),
        "chat.remove": Limit(60, 60),
    },
    writes={
        "chat.message": MESSAGE.by_socket,
        "chat.react": REACTION.by_socket,
        "chat.read": READ.by_socket,
    },
    volatile={"chat.reactions": counting.reactions},
    events=entries.SOURCES | {"chat.card": cards.shown},
    replayed=replaying.REPLAYED,
    moment=cards.moment,
    translatable={"chat.message": translating.MESSAGES},
    own={"session": own.own},
    ticks=[pace.tick],
    facts=running.FACTS,
    personal=Personal(privacy.export, privacy.forget, privacy.named_in),
    record=RECORD,
    has={"cards": (Card, ["session"])},
    beside=["chat_settings__pinned__participant"],
    panels=[Panel("chat/_panel.html", panel.context, panel.messages_page)],
    assets={
        "sessions:session": Assets(["chat/chat.css", "chat/extras.css"], SCRIPTS),
        "chat:review": Assets(["chat/review.css"], ["chat/undo.js"]),
    },
    demo=demo.fill,
    matrix=Matrix(
        views=VIEWS,
        writes={
            "chat.message": ("chat.send", {"session": "<session>", **WRITTEN}),
            "chat.react": ("chat.react", {"message": "<message>", "emoji": "👍", "on": True}),
            "chat.read": ("chat.read", {"session": "<session>", "seq": 1}),
        },
        volatile={"chat.reactions": CountRow("session", "reactions-<message>", EVERYONE)},
    ),
)
