"""What the show takes part in."""

from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, CountRow, Feature, Limit, Matrix, RecordWords
from live.audiences import EVERYONE
from people.permissions import SPEAKER, STAFF
from show import rooms
from show.data import clocks, screens

RECORD = {
    "show.configure": RecordWords(_("Stage screens directed"), _("chose what the stage screen of %(of)s shows")),
    "show.revoke": RecordWords(_("Screen addresses ended"), _("ended the address of the stage screen of %(of)s")),
}
VIEWS = {
    "show:speaker": [Ask("show.present", "get")],
    "show:desk": [Ask("show.present", "get")],
    "show:choose": [Ask("show.direct", "post", data={"mode": "timer"})],
    "show:configure": [Ask("show.direct", "post", data={"amber": "5", "red": "1"})],
    "show:revoke": [Ask("show.direct", "post")],
}
STYLES, CLOCK = ("show/show.css",), "show/time.js"

feature = Feature(
    name="show",
    urls="show.urls",
    actions={
        "show.present": STAFF | {SPEAKER},
        "show.direct": STAFF,
        "show.watch": frozenset(),  # by no role: whoever has the signed address
    },
    refusals={
        "show.present": _("Only speakers and moderators of this session run its show."),
        "show.direct": _("Only moderators and organisers of this session decide what its screen shows."),
    },
    limits={"show.direct": Limit(120, 60)},
    rooms={"screen": rooms.viewer},
    volatile={"show.screen": screens},
    events={"show.clock": clocks, "show.cue": None},
    record=RECORD,
    record_details={"mode": _("mode"), "amber": _("amber"), "red": _("red")},
    assets={
        "show:speaker": Assets(STYLES, [CLOCK, "show/speaker.js"]),
        "show:desk": Assets(STYLES),
        "show:screen": Assets(STYLES, [CLOCK, "show/screen.js"]),
    },
    matrix=Matrix(
        views=VIEWS,
        open_views=["show:screen"],  # tests/show/test_screen.py
        rooms={"screen": "show.watch"},
        volatile={"show.screen": CountRow("screen", "screen-<session>", EVERYONE)},
    ),
)
