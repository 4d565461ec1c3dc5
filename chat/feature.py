"""What the chat takes part in."""

from django.utils.translation import gettext_lazy as _

from chat import demo, panel, privacy
from chat.writes import MESSAGE
from common.contract import Ask, Assets, Feature, GuestOption, Limit, Matrix, Panel, Personal, RecordWords
from people.permissions import ANYONE, STAFF, TAKING_PART

GUEST = GuestOption("guest who chats", _("Write in the chat"))
WRITTEN = {"text": "Hello", "client_id": "<uuid>"}

feature = Feature(
    name="chat",
    urls="chat.urls",
    actions={
        "chat.view": ANYONE,
        "chat.send": TAKING_PART | {GUEST.role},
        "chat.remove": STAFF,
    },
    refusals={
        "chat.send": _("Only participants of this edition write in its chats. Enter first; your draft is kept."),
        "chat.remove": _("Only moderators and organisers of this session remove messages."),
    },
    guests_may={"chat": GUEST},
    limits={"chat.send": Limit(8, 10), "chat.remove": Limit(60, 60)},
    writes={"chat.message": MESSAGE.by_socket},
    events={"chat.message": None, "chat.removed": None},
    personal=Personal(privacy.export, privacy.forget, privacy.named_in),
    record={
        "chat.restore": RecordWords(_("Messages put back"), _("put back a message of %(who)s in %(of)s")),
        "chat.remove": RecordWords(_("Messages removed"), _("removed a message of %(who)s in %(of)s")),
    },
    panels=[Panel("chat/_panel.html", panel.context)],
    assets={"sessions:session": Assets(["chat/chat.css"], ["chat/list.js", "chat/chat.js", "chat/undo.js"])},
    demo=demo.fill,
    matrix=Matrix(
        views={
            "chat:messages": [Ask("chat.send", "post", data=WRITTEN), Ask("chat.view", "get")],
            "chat:remove": [Ask("chat.remove", "post", ["message"])],
            "chat:restore": [Ask("chat.remove", "post", ["removed_message"])],
        },
        writes={"chat.message": ("chat.send", {"session": "<session>", **WRITTEN})},
    ),
)
