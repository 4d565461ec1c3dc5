"""What networking takes part in: who lets others find them, and what two people write to each other."""

from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, Feature, Job, Limit, Matrix, Personal, RecordWords
from networking import data, demo, inbox, mailing, navigation, privacy, rooms
from people.permissions import ORGANISERS, TAKING_PART

STYLES = ("parts.css", "networking/networking.css")
SLUG = ["slug"]
PAGES = ("directory", "card", "person", "ask", "report", "desk")
ASKS = _("Only participants of this edition do this. Enter first; your draft is kept.")
# Of who is in the directory, of the two of a conversation: tests/networking/test_rights.py
OPEN = ("person", "ask", "block", "conversation", "say", "step", "away", "read", "report", "remove")

feature = Feature(
    name="networking",
    urls="networking.urls",
    actions={
        "networking.view": TAKING_PART,
        "networking.take_part": TAKING_PART,
        "networking.ask": TAKING_PART,
        "networking.write": TAKING_PART,
        "networking.report": TAKING_PART,
        "networking.manage": ORGANISERS,
        "networking.converse": frozenset(),  # by no role: the two whose conversation it is
    },
    refusals=dict.fromkeys(("networking.take_part", "networking.ask", "networking.write"), ASKS),
    limits={
        "networking.take_part": Limit(120, 60),
        "networking.ask": Limit(20, 3600),
        "networking.write": Limit(10, 10),
        "networking.report": Limit(20, 3600),
        "networking.manage": Limit(240, 60),
    },
    rooms={"conversation": rooms.conversation},
    events={"networking.line": data.lines, "networking.head": data.heads},
    own={"edition": inbox.own},
    inbox=inbox.INBOX,
    jobs={
        "networking.forget": Job(privacy.forget_old, every=privacy.EVERY),
        "networking.mail": Job(mailing.mail, outside=True),
    },
    personal=Personal(privacy.export, privacy.forget),
    record={
        "networking.uphold": RecordWords(_("Reports upheld"), _("upheld a report about what %(who)s wrote")),
        "networking.dismiss": RecordWords(_("Reports dismissed"), _("dismissed a report about what %(who)s wrote")),
    },
    record_details={"report": _("report")},
    links=navigation.LINKS,
    demo=demo.fill,
    assets={
        **{f"networking:{name}": Assets(STYLES) for name in PAGES},
        "networking:messages": Assets(STYLES, ["networking/messages.js"]),
        "networking:conversation": Assets(STYLES, ["networking/lines.js"]),
    },
    matrix=Matrix(
        views={
            "networking:directory": [Ask("networking.view", "get", SLUG)],
            "networking:messages": [Ask("networking.view", "get", SLUG)],
            "networking:card": [
                Ask("networking.take_part", "get", SLUG),
                Ask("networking.take_part", "post", SLUG, {"is_listed": "on", "about": "Shade"}),
            ],
            "networking:desk": [Ask("networking.manage", "get", SLUG)],
            "networking:decide": [Ask("networking.manage", "post", ["network_report"], {"action": "dismiss"})],
        },
        open_views=[f"networking:{name}" for name in OPEN],
        rooms={"conversation": "networking.converse"},
    ),
)
