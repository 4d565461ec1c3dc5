"""What the exhibition takes part in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, Feature, Job, Limit, Matrix, Personal, RecordWords
from expo import agreed, data, demo, importing, meeting, navigation, own, partners, privacy, rooms, searching, telling
from expo.state import LABELS
from people.permissions import ANYONE, ORGANISERS, STAFF, TAKING_PART

STEP = _("took the step “%(step)s” of an exhibitor")
RECORD: dict[str, Any] = {f"expo.{action}": RecordWords(label, STEP) for action, label in LABELS.items()}
RECORD |= {
    "expo.undo": RecordWords(_("Steps of exhibitors undone"), _("took back a step of an exhibitor")),
    "expo.new": RecordWords(_("Exhibitors added"), _("added an exhibitor")),
    "expo.place": RecordWords(_("Stands given"), _("gave an exhibitor a stand")),
    "expo.invite": RecordWords(_("Teams: invited"), _("invited somebody into the team of a stand")),
    "expo.join": RecordWords(_("Teams: joined"), _("joined the team of a stand")),
    "expo.remove": RecordWords(_("Teams: removed"), _("took somebody out of the team of a stand")),
    "expo.settings": RecordWords(_("Exhibition changed"), _("changed the hours or tables of the exhibition")),
    "expo.import": RecordWords(_("Exhibitors imported"), _("imported a table of exhibitors")),
    "expo.export": RecordWords(_("Exports of exhibitors"), _("exported the exhibitors")),
    "expo.drawing": RecordWords(_("Plans of halls"), _("changed the drawing of a hall")),
    "expo.device": RecordWords(_("Scanner apps added"), _("added a scanner app to a stand")),
    "expo.undevice": RecordWords(_("Scanner apps ended"), _("ended a scanner app of a stand")),
    "expo.leads": RecordWords(_("Exports of leads"), _("exported the leads of a stand")),
}
STYLES = ("parts.css", "expo/expo.css")
SLUG, EXHIBITOR = ["slug"], ["exhibitor"]
PAGES: tuple[str, ...] = (
    "index",
    "plan",
    "me",
    "manage",
    "settings",
    "import",
    "meet",
    "desk",
    "profile",
    "team",
    "leads",
)
PAGES += ("check", "meeting", "badge", "people", "hours", "devices", "drawings", "meet_person", "meet_delegation")
# Of everybody, of visitors, of a team, of the two of a talk or meeting: tests/expo/test_rights.py
OPEN: tuple[str, ...] = (
    "stand",
    "save",
    "chat",
    "ring",
    "meet",
    "desk",
    "here",
    "profile",
    "team",
    "join",
    "scan",
    "leads",
)
OPEN += ("leads_csv", "remove", "talk", "say", "step", "meeting", "answer", "ics", "badge", "me", "own_badge")
OPEN += ("take_back", "logo", "logo_file", "agree", "devices", "leads_xlsx", "device_profile", "device_leads")
OPEN += ("documents", "document", "people", "hours", "meet_person", "meet_delegation", "call", "talk_call", "mine")

feature = Feature(
    name="expo",
    urls="expo.urls",
    actions={
        "expo.view": ANYONE,
        "expo.take_part": TAKING_PART,
        "expo.write": TAKING_PART,
        "expo.ring": TAKING_PART,
        "expo.meet": TAKING_PART,
        "expo.moderate": STAFF,
        "expo.manage": ORGANISERS,
        "expo.talk": frozenset(),  # by no role: the two whose talk it is
    },
    refusals={
        "expo.take_part": _("Only participants of this edition do this. Enter first."),
        "expo.write": _("Only participants of this edition write here. Enter first; your draft is kept."),
        "expo.ring": _("Only participants of this edition ring a stand. Enter first."),
        "expo.meet": _("Only participants of this edition ask for meetings. Enter first."),
    },
    limits={
        "expo.take_part": Limit(240, 60),
        "expo.write": Limit(8, 10),
        "expo.ring": Limit(10, 60),
        "expo.meet": Limit(20, 60),
        "expo.manage": Limit(240, 60),
        "expo.scan": Limit(240, 60),
        "expo.scan.wrong": Limit(20, 60),  # codes that nobody has
        "expo.device": Limit(600, 60),  # of a device; of an address with unknown tokens
        "expo.device.wrong": Limit(20, 60),  # tokens that nobody has
    },
    rooms={"stand": rooms.stand, "talk": rooms.talk, "expo": rooms.exhibition},
    own={"expo": own.of_exhibition, "stand": own.of_stand},
    events={
        "expo.line": data.lines,
        "expo.rings": data.rings,
        "expo.team": data.teams,
        "expo.talk": data.talks,
        "expo.scanned": data.scanned,
        "expo.meeting": data.meetings,
    },
    ticks=[meeting.expire],
    jobs={
        "expo.remind": Job(telling.remind),
        "expo.mail": Job(telling.mail, outside=True),
        "expo.forget": Job(telling.forget_told, every=24 * 3600),
        "expo.abandon": Job(importing.forget_abandoned, every=3600),
    },
    inbox=telling.INBOX,
    meetings_of=agreed.meetings_of,
    person_links=partners.links,
    personal=Personal(privacy.export, privacy.forget),
    record=RECORD,
    record_details={
        "exhibitor": _("exhibitor"),
        "member": _("member"),
        "same": _("the same"),
    },
    searched=searching.SEARCHED,
    links=navigation.LINKS,
    assets={
        **{f"expo:{name}": Assets(STYLES) for name in PAGES},
        "expo:index": Assets(STYLES, ["expo/own.js"]),
        "expo:plan": Assets(STYLES, ["expo/own.js"]),
        "expo:me": Assets(STYLES, ["expo/badge.js"]),
        "expo:stand": Assets(STYLES, ["networking/lines.js", "expo/own.js"]),
        "expo:talk": Assets(STYLES, ["networking/lines.js"]),
        "expo:desk": Assets(STYLES, ["expo/desk.js"]),
        "expo:scan": Assets(STYLES, ["npm/index.js", "expo/scan.js"]),
    },
    demo=demo.fill,
    matrix=Matrix(
        views={
            "expo:index": [Ask("expo.view", "get", SLUG)],
            "expo:plan": [Ask("expo.view", "get", SLUG)],
            "expo:manage": [
                Ask("expo.manage", "get", SLUG),
                Ask("expo.manage", "post", SLUG, {"name": "Another", "kind": "city"}),
            ],
            "expo:settings": [
                Ask("expo.manage", "get", SLUG),
                Ask("expo.manage", "post", SLUG, {"opens": "09:00", "closes": "19:00", "tables": "3", "video": "link"}),
            ],
            "expo:import": [
                Ask("expo.manage", "get", SLUG),
                Ask("expo.manage", "post", SLUG, {"table": "name,country\nCity of Lagos,Nigeria\n"}),
            ],
            "expo:drawings": [
                Ask("expo.manage", "get", SLUG),
                Ask(
                    "expo.manage",
                    "post",
                    SLUG,
                    {"remove": "0"},
                ),
            ],
            "expo:export": [Ask("expo.manage", "get", SLUG)],
            "expo:check": [Ask("expo.manage", "get", EXHIBITOR)],
            "expo:decide": [
                Ask("expo.manage", "post", EXHIBITOR, {"action": "approve", "version": "<exhibitor_version>"})
            ],
            "expo:place": [
                Ask(
                    "expo.manage",
                    "post",
                    EXHIBITOR,
                    {"host_city": "<expo_city>", "hall": "1", "number": "A1"}
                    | {"x": "0", "y": "0", "width": "2", "height": "2"},
                )
            ],
            "expo:invite": [Ask("expo.manage", "post", EXHIBITOR, {"email": "somebody@example.org"})],
        },
        open_views=[f"expo:{name}" for name in OPEN],
        rooms={"stand": "expo.view", "talk": "expo.talk", "expo": "expo.view"},
    ),
)
