"""What polls take part in."""

from django.utils.translation import gettext_lazy as _

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
    ScreenMode,
)
from live.audiences import EVERYONE
from people.permissions import ANYONE, ORGANISERS, SPEAKER, STAFF, TAKING_PART
from polls import clock, demo, entries, listing, own, panel, privacy, replaying, rooms, running
from polls.data import on_screen, results_of_voters, tallies
from polls.secret import VOTE
from polls.translating import POLLS
from polls.writes import BALLOT
from sessions.audiences import SPEAKERS

GUEST = GuestOption("guest who votes", _("Answer polls"))
RECORD = {
    "polls.create": RecordWords(_("Polls made"), _("made a poll of %(of)s")),
    "polls.edit": RecordWords(_("Polls edited"), _("edited a poll of %(of)s")),
    "polls.delete": RecordWords(_("Polls deleted"), _("deleted a poll of %(of)s")),
    "polls.move": RecordWords(_("Polls moved"), _("moved a poll of %(of)s")),
    "polls.schedule": RecordWords(_("Polls scheduled"), _("scheduled a poll of %(of)s")),
    "polls.open": RecordWords(_("Polls opened"), _("opened a poll of %(of)s")),
    "polls.close": RecordWords(_("Polls closed"), _("closed a poll of %(of)s")),
    "polls.again": RecordWords(_("New rounds of polls"), _("opened a new round of a poll of %(of)s")),
    "polls.archive": RecordWords(_("Polls archived"), _("archived a poll of %(of)s")),
    "polls.reveal": RecordWords(_("Results shown"), _("showed the results of a poll of %(of)s")),
    "polls.hide": RecordWords(_("Results hidden"), _("hid the results of a poll of %(of)s")),
    "polls.reset": RecordWords(_("Answers deleted"), _("deleted the answers to a poll of %(of)s")),
    "polls.judge": RecordWords(_("Answers judged"), _("judged an answer of %(who)s to a poll of %(of)s")),
    "polls.allow_late": RecordWords(_("Late answers"), _("decided on late answers to polls of %(of)s")),
    "polls.export": RecordWords(_("Exports of polls"), _("exported polls of %(of)s")),
}
POLL = {"type": "text", "question": "Why?", "results": "live", "screen": "live"}
TABLE = {"table": "type,question\ntext,Why?\n"}
VIEWS = {
    "polls:ballot": [Ask("polls.vote", "post", ["poll"], {"option": "<option>"})],
    "polls:allow_late": [Ask("polls.allow_late", "post", data={"on": "1"})],
    "polls:card": [Ask("polls.view", "get", ["poll"])],
    "polls:picture": [Ask("polls.view", "get", ["option"])],
    "polls:nickname": [Ask("polls.vote", "post", data={"name": "Falcon"})],
    "polls:next": [Ask("polls.present", "post", data={"expected": "<poll>", "draft": "<draft>"})],
    "polls:step": [Ask("polls.present", "post", ["poll"], {"action": "close"})],
    "polls:list": [Ask("polls.prepare", "get")],
    "polls:new": [Ask("polls.prepare", "get"), Ask("polls.prepare", "post", data={"template": "yes_no"})],
    "polls:import": [Ask("polls.prepare", "post", data=TABLE)],
    "polls:export": [Ask("polls.prepare", "get", ["session", "csv"])],
    "polls:edit": [Ask("polls.prepare", "get", ["poll"]), Ask("polls.prepare", "post", ["draft"], POLL)],
    "polls:duplicate": [Ask("polls.prepare", "post", ["poll"])],
    "polls:delete": [Ask("polls.prepare", "post", ["draft"])],
    "polls:move": [Ask("polls.prepare", "post", ["poll"], {"by": "1"})],
    "polls:reset": [Ask("polls.prepare", "post", ["closed"], {"count": "0"})],
    "polls:judge": [Ask("polls.prepare", "post", ["text_poll"], {"mark": "<mark>", "approval": "shown"})],
    "polls:chart": [Ask("polls.prepare", "get", ["poll"])],
}
STYLES, CHARTS = ("polls/polls.css",), "polls/charts.js"

feature = Feature(
    name="polls",
    urls="polls.urls",
    beside=["late_answers"],
    actions={
        "polls.view": ANYONE,
        "polls.vote": TAKING_PART | {GUEST.role},
        "polls.present": STAFF | {SPEAKER},
        "polls.prepare": STAFF,
        "polls.allow_late": ORGANISERS,
    },
    refusals={
        "polls.vote": _("Only participants of this edition answer its polls. Enter first; your answer is kept."),
        "polls.present": _("Only speakers and moderators of this session run its polls."),
        "polls.prepare": _("Only moderators and organisers of this session prepare its polls."),
        "polls.allow_late": _("Only organisers decide whether late answers are taken."),
    },
    guests_may={"polls": GUEST},
    # An answer may be changed as often as one clicks, and comes by HTTP again when the socket is late.
    limits={"polls.vote": Limit(120, 60), "polls.present": Limit(120, 60), "polls.prepare": Limit(300, 60)}
    | {"polls.allow_late": Limit(30, 60)},
    rooms={"round": rooms.viewer},
    writes={"polls.ballot": BALLOT.by_socket},
    volatile={"polls.tally": tallies, "polls.results": results_of_voters},
    events=entries.SOURCES,
    replayed=replaying.REPLAYED,
    moments={"polls.poll": entries.moments},
    translatable={"polls.poll": POLLS},
    ticks=[clock.tick],
    personal=Personal(privacy.export, privacy.forget),
    record=RECORD,
    record_details={"ballots": _("answers"), "form": _("format"), "late": _("late answers")},
    own={"session": own.own},
    panels=[Panel("polls/_panel.html", panel.context, listing.cards)],
    speaker_panels=[Panel("polls/_speaker.html", panel.speaker)],
    pinned=[Panel("polls/_pinned.html", panel.pinned)],
    screen={"poll": ScreenMode(_("Poll"), "polls/_screen.html", on_screen)},
    facts=running.FACTS,
    vote=VOTE,
    assets={
        "sessions:session": Assets([*STYLES, "polls/pinned.css"], [CHARTS, "polls/polls.js", "polls/pinned.js"]),
        "show:speaker": Assets(STYLES, [CHARTS, "polls/polls.js", "polls/list.js"]),
        "show:screen": Assets(["polls/screen.css"], [CHARTS, "polls/polls.js"]),
        "show:monitor": Assets(["polls/screen.css"]),
        "polls:list": Assets(STYLES, [CHARTS, "polls/list.js"]),
        "polls:new": Assets(STYLES, ["polls/list.js"]),
        "polls:edit": Assets(STYLES, ["polls/list.js"]),
    },
    demo=demo.fill,
    matrix=Matrix(
        views=VIEWS,
        open_views=["polls:late"],  # of a session on demand: tests/polls/test_late.py
        rooms={"round": "polls.view"},
        writes={"polls.ballot": ("polls.vote", {"poll": "<poll>", "fields": {"option": ["<option>"]}})},
        volatile={
            "polls.tally": CountRow("session", "row-count-<poll>", SPEAKERS),
            "polls.results": CountRow("round", "results-<poll>", EVERYONE),
        },
    ),
)
