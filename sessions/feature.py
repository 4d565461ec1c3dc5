"""What the programme takes part in: sessions, their status, and whom they are for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, CityPart, Feature, Job, Limit, Matrix, Personal, RecordWords
from live.folding import fold_silent
from people.permissions import ANYONE, ORGANISERS, STAFF
from sessions import blocklist, navigation, panels, places, privacy, rooms, searching
from sessions.models import Status
from sessions.schedule import photos
from sessions.status import LABELS
from sessions.translating import SESSIONS

RECORD: dict[str, Any] = {
    "session.access": RecordWords(_("Access to sessions"), _("set who may see %(of)s")),
    "session.strand": RecordWords(_("Strands of sessions"), _("moved %(of)s to another strand")),
    "session.undo": RecordWords(_("Status steps undone"), _("took back the last step of %(of)s")),
    "edition.blocklist": RecordWords(_("Blocked words"), _("set the words that nobody may write")),
}
SCRIPTS = ["sessions/panels.js", "sessions/share.js"]
STEP = _("took the step “%(step)s” of %(of)s")

feature = Feature(
    name="sessions",
    urls="sessions.urls",
    actions={
        "edition.view": ANYONE,
        "edition.configure": ORGANISERS,
        "session.view": ANYONE,
        "session.follow": ANYONE,
        "session.direct": STAFF,
        "speaker.view": ANYONE,
    },
    refusals={"session.direct": _("Only moderators and organisers of this session change its status.")},
    limits={"session.direct": Limit(30, 60)},
    blocks_name=blocklist.blocked_now,
    rooms={"session": rooms.viewer, "edition": rooms.viewer},
    jobs={
        "sessions.fold": Job(fold_silent, every=24 * 3600, outside=True),
        photos.JOB: Job(photos.take, outside=True),
    },
    events={"sessions.status": None, "sessions.on_air": None, "sessions.hidden": None},
    translatable={"sessions.words": SESSIONS},
    personal=Personal(privacy.export, privacy.forget),
    record=RECORD | {f"session.{step}": RecordWords(label, STEP) for step, label in LABELS.items()},
    record_details={
        "embargo_until": _("not shown before"),
        "visibility": _("visible to"),
        "passes": _("passes"),
        "guests_may": _("guests may"),
        "undone": _("step"),
        "status": _("status"),
        "delayed_start": _("starts"),
        "words": _("words"),
        "sessions": _("sessions"),
    },
    record_values={"undone": LABELS, "status": dict(Status.choices)},
    listeners=[panels.Touches()],
    links=navigation.LINKS,
    searched=searching.SEARCHED,
    city_parts=[CityPart(_("Sessions"), places.of_city)],
    assets={
        "*": Assets(["sessions/programme.css"]),
        "sessions:programme": Assets([], ["sessions/programme.js", "sessions/grid.js"]),
        "sessions:session": Assets(["sessions/session.css"], SCRIPTS),
    },
    matrix=Matrix(
        views={
            "sessions:programme": [Ask("edition.view", "get", ["slug"])],
            "sessions:about": [Ask("edition.view", "get", ["slug"])],
            "sessions:places": [Ask("edition.view", "get", ["slug"])],
            "sessions:colours": [Ask("edition.view", "get", ["slug"])],
            "sessions:logo": [Ask("edition.view", "get", ["slug"])],
            "sessions:session": [Ask("session.view", "get")],
            "sessions:calendar": [Ask("session.view", "get")],
            "sessions:speaker": [Ask("speaker.view", "get", ["speaker_page"])],
            "sessions:photo": [Ask("speaker.view", "get", ["speaker_page"])],
            "sessions:direct": [Ask("session.direct", "get")],
            "sessions:change_status": [Ask("session.direct", "post", data={"action": "prepare"})],
        },
        open_views=["sessions:home"],
        rooms={"session": "session.follow", "edition": "session.follow"},
    ),
)
