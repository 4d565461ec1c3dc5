"""What the captions take part in."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from captions import data, demo, passages, screen
from captions.models import Track
from captions.translating import LINES
from common.contract import Ask, Assets, CountRow, Entry, Feature, Limit, Link, Matrix, Panel, RecordWords
from live.audiences import EVERYONE
from people.permissions import STAFF, can


def _link(request: Any, session: Any) -> Entry | None:
    allowed = can(request.user, "captions.direct", session)
    return Entry(gettext("Captions"), reverse("captions:tracks", args=[session.pk]), "captions") if allowed else None


def _panel(page: Any, session: Any) -> dict[str, Any]:
    tracks = page["read"]
    made = data.machined(session, tracks) if page["request"].user.is_authenticated else None
    return {"session": session, "tracks": [*tracks, _drawn(made)] if made else tracks}


def _read(session: Any, user: Any) -> list[dict[str, Any]]:
    return [_drawn(track) for track in data.tracks_of(session)]


def _drawn(track: dict[str, Any]) -> dict[str, Any]:
    """The track with its lines as HTML: it is kept with them."""
    return track | {"html": render_to_string("captions/_earlier.html", {"track": track})}


FILE = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"
feature = Feature(
    name="captions",
    urls="captions.urls",
    actions={"captions.direct": STAFF},
    refusals={"captions.direct": _("Only moderators and organisers of this session decide on its captions.")},
    limits={"captions.direct": Limit(60, 60), "captions.receive": Limit(1200, 60)},
    events={"captions.line": data.lines},
    volatile={"captions.partial": data.partial, "captions.screen": screen.bands},
    translatable={"captions.line": LINES},
    has={"captions": (Track, ["session"])},
    panels=[Panel("captions/_panel.html", _panel, _read)],
    screen_panels=[Panel("captions/_band.html", screen.band)],
    jobs=passages.JOBS,
    recording_changed=passages.plan,
    searched=passages.SEARCHED,
    record={
        "captions.add": RecordWords(_("Captions added"), _("added captions to %(of)s")),
        "captions.screen": RecordWords(
            _("Captions on stage screens"), _("chose the captions on the stage screen of %(of)s")
        ),
        "captions.renew": RecordWords(_("Caption addresses ended"), _("ended an address for captions of %(of)s")),
        "captions.upload": RecordWords(_("Captions uploaded"), _("replaced the captions of %(of)s by a file")),
    },
    links=[Link("session", _link)],
    assets={
        "sessions:session": Assets(["captions/captions.css"], ["captions/captions.js"]),
        "show:screen": Assets(["captions/screen.css"], ["captions/screen.js"]),
        "captions:writer": Assets(["captions/writer.css"]),
        "captions:tracks": Assets(["captions/writer.css"]),
    },
    demo=demo.fill,
    matrix=Matrix(
        views={
            "captions:tracks": [Ask("captions.direct", "get")],
            "captions:add": [
                Ask("captions.direct", "post", data={"language": "fr", "name": "Français", "offset": "0"})
            ],
            "captions:renew": [Ask("captions.direct", "post", ["spare_track"])],
            "captions:screen": [Ask("captions.direct", "post", ["spare_track"], {"on": "1"})],
            "captions:upload": [Ask("captions.direct", "post", ["spare_track"], {"file": FILE})],
            "captions:earlier": [Ask("session.view", "get", ["caption_line"])],
            "captions:file": [Ask("session.view", "get", ["session", "caption_language"])],
        },
        open_views=["captions:receive", "captions:seq", "captions:writer", "captions:write"],  # tests/captions
        volatile={
            "captions.partial": CountRow("session", "partial-<track>", EVERYONE),
            "captions.screen": CountRow("screen", "captions-<session>", EVERYONE),
        },
    ),
)
