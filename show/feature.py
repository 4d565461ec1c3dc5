"""What the show takes part in."""

from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, CountRow, Feature, Limit, Matrix, RecordWords
from live.audiences import EVERYONE
from people.permissions import ORGANISERS, SPEAKER, STAFF
from show import control, demo, ends, following, kept, navigation, ripple, rooms, stage
from show.data import clocks, screens
from show.models import Show

RECORD = {
    "show.configure": RecordWords(_("Stage screens directed"), _("chose what the stage screen of %(of)s shows")),
    "show.revoke": RecordWords(_("Screen addresses ended"), _("ended the address of the stage screen of %(of)s")),
    "show.ripple": RecordWords(_("Delays published together"), _("published the delays of a stage")),
    "show.take_back": RecordWords(_("Delays taken back together"), _("took back the delays of a stage")),
    "show.move": RecordWords(_("Moves from the control room"), _("moved %(of)s from the control room")),
    "show.swap": RecordWords(_("Places changed"), _("let %(of)s change places")),
    "show.cancel": RecordWords(_("Cancelled in place"), _("cancelled %(of)s from the control room")),
    "show.automatic": RecordWords(_("Delays by themselves"), _("chose up to when a stage publishes delays by itself")),
    "show.extend": RecordWords(_("Minutes given"), _("gave %(of)s minutes, or took some")),
    "show.cue": RecordWords(_("Running orders"), _("chose what %(of)s does when its stage is late")),
    "show.blackout": RecordWords(_("Monitors darkened"), _("darkened a stage’s monitor, or lit it")),
    "show.renew": RecordWords(_("Stage addresses ended"), _("ended the addresses of a stage’s pages")),
}
VIEWS = {
    "show:speaker": [Ask("show.present", "get")],
    "show:desk": [Ask("show.present", "get")],
    "show:choose": [Ask("show.direct", "post", data={"mode": "timer"})],
    "show:configure": [Ask("show.direct", "post", data={"amber": "5", "red": "1"})],
    "show:revoke": [Ask("show.direct", "post")],
    "show:control": [Ask("show.oversee", "get", ["slug"])],
    "show:step": [Ask("session.direct", "post", data={"action": "prepare"})],
    "show:reshape": [
        Ask("session.direct", "get"),
        Ask("session.direct", "post", data={"what": "move", "stage": "<other_stage>"}),
    ],
    "show:tools": [Ask("show.call", "get", ["stage"])],
    "show:row": [Ask("show.call", "get", ["stage"])],
    "show:ripple": [Ask("show.ripple", "post", ["late_stage"], {"sessions": "1", "minutes": "20"})],
    "show:take_back": [Ask("show.ripple", "post", ["rippled_stage"], {"ripple": "<ripple>"})],
    "show:automatic": [Ask("show.ripple", "post", ["stage"], {"minutes": "5"})],
    "show:stage": [Ask("show.call", "get", ["stage"])],
    "show:caller": [Ask("show.call", "get", ["stage"])],
    "show:blackout": [Ask("show.call", "post", ["stage"], {"on": "1"})],
    "show:renew": [Ask("show.call", "post", ["stage"])],
    "show:call": [Ask("session.direct", "post", data={"action": "prepare"})],
    "show:extend": [Ask("show.direct", "post", data={"minutes": "1"})],
    "show:line": [Ask("show.direct", "post", data={"text": "Two minutes"})],
    "show:cue": [Ask("show.direct", "post", data={"cue": "hard", "least": "10"})],
}
STYLES, CLOCK = ("show/show.css",), "show/time.js"

feature = Feature(
    name="show",
    urls="show.urls",
    actions={
        "show.present": STAFF | {SPEAKER},
        "show.direct": STAFF,
        "show.oversee": STAFF,  # of the edition
        "show.call": STAFF,  # of the stage
        "show.ripple": ORGANISERS,
        "show.watch": frozenset(),  # by no role: whoever has the signed address
    },
    refusals={
        "show.present": _("Only speakers and moderators of this session run its show."),
        "show.direct": _("Only moderators and organisers of this session decide what its screen shows."),
    },
    limits={
        "show.direct": Limit(120, 60),
        "show.call": Limit(120, 60),
        "show.ripple": Limit(60, 60),
        "show.acknowledge": Limit(30, 60),
    },
    rooms={"screen": rooms.viewer, "stage": rooms.stage, "monitor": rooms.monitor, "control": rooms.control},
    listeners=[kept.Touches()],
    volatile={"show.screen": screens, "show.counts": control.counted},
    events={"show.clock": clocks, "show.cue": None, "show.monitor": stage.monitors, "show.row": control.by_stage},
    ticks=[ripple.tick],
    changed=following.moved,
    ends=ends.told,
    record=RECORD,
    record_details={
        "mode": _("mode"),
        "amber": _("amber"),
        "red": _("red"),
        "stage": _("stage"),
        "delayed": _("sessions"),
        "minutes": _("minutes"),
        "cue": _("when the stage is late"),
    },
    record_values={"cue": dict(Show.Cue.choices)},
    links=navigation.LINKS,
    demo=demo.fill,
    assets={
        "show:speaker": Assets(STYLES, [CLOCK, "show/speaker.js"]),
        "show:desk": Assets(STYLES),
        "show:screen": Assets(STYLES, [CLOCK, "show/screen.js"]),
        "show:control": Assets([*STYLES, "show/control.css"], [CLOCK, "show/control.js"]),
        "show:tools": Assets([*STYLES, "show/control.css"]),
        "show:reshape": Assets([*STYLES, "show/control.css"]),
        "show:stage": Assets([*STYLES, "show/stage.css"]),
        "show:caller": Assets([*STYLES, "show/stage.css"], [CLOCK, "show/caller.js"]),
        "show:monitor": Assets([*STYLES, "show/monitor.css"], [CLOCK, "show/monitor.js"]),
        "show:sign": Assets(["show/monitor.css"], ["show/monitor.js"]),
    },
    matrix=Matrix(
        views=VIEWS,
        # tests/show/test_screen.py, tests/show/test_stage.py
        open_views=["show:screen", "show:monitor", "show:acknowledge", "show:sign"],
        rooms={"screen": "show.watch", "stage": "show.watch", "monitor": "show.watch", "control": "show.oversee"},
        volatile={
            "show.screen": CountRow("screen", "screen-<session>", EVERYONE),
            "show.counts": CountRow("control", "row-<stage>", EVERYONE),
        },
    ),
)
