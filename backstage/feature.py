"""What the channel behind the stage takes part in."""

from django.utils.translation import gettext_lazy as _

from backstage import demo, panel, privacy, rooms
from backstage.models import Remark, lines
from common.contract import Ask, Assets, Feature, Limit, Matrix, Panel, Personal
from people.permissions import SPEAKER, STAFF

SAID = {"text": "Ready", "client_id": "<uuid>"}
SCRIPTS = ["backstage/backstage.js"]
STYLES = ["backstage/backstage.css"]

feature = Feature(
    name="backstage",
    urls="backstage.urls",
    actions={"backstage.join": STAFF | {SPEAKER}, "backstage.stage": STAFF, "backstage.edition": STAFF},
    refusals={
        "backstage.join": _("Only moderators, speakers and organisers of this session are behind its stage."),
        "backstage.stage": _("Only moderators and organisers of this stage are behind it."),
        "backstage.edition": _("Only moderators and organisers of this edition are behind its stages."),
    },
    limits=dict.fromkeys(["backstage.join", "backstage.stage", "backstage.edition"], Limit(20, 10)),
    rooms={"backstage": rooms.viewer},
    events={"backstage.line": lines},
    personal=Personal(privacy.export, privacy.forget),
    has={"remarks": (Remark, ["session"])},
    panels=[Panel("backstage/_panel.html", panel.panel)],
    speaker_panels=[Panel("backstage/_speaker.html", panel.panel)],
    control_panels=[Panel("backstage/_control.html", panel.beside_control)],
    links=panel.LINKS,
    assets={
        "sessions:session": Assets(STYLES, SCRIPTS),
        "show:speaker": Assets(STYLES, SCRIPTS),
        "show:control": Assets(STYLES, SCRIPTS),
        "backstage:stage": Assets(STYLES, SCRIPTS),
        "backstage:edition": Assets(STYLES, SCRIPTS),
    },
    demo=demo.fill,
    matrix=Matrix(
        views={
            "backstage:session": [Ask("backstage.join", "post", data=SAID)],
            "backstage:stage": [
                Ask("backstage.stage", "get", ["stage"]),
                Ask("backstage.stage", "post", ["stage"], SAID),
            ],
            "backstage:edition": [
                Ask("backstage.edition", "get", ["slug"]),
                Ask("backstage.edition", "post", ["slug"], SAID),
            ],
        },
        rooms={"backstage": "backstage.stage"},
    ),
)
