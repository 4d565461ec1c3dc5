"""What the streams take part in."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, Entry, Feature, Job, Limit, Link, Matrix, Player, RecordWords
from people.permissions import STAFF, can
from streams import demo, playing, recorded, watching
from streams.models import Source

PLAYER = ["streams/cuts.js", "streams/engines.js", "streams/player.js", "streams/controls.js"]


def _link(request: Any, session: Any) -> Entry | None:
    allowed = can(request.user, "streams.direct", session)
    return Entry(gettext("Stream"), reverse("streams:sources", args=[session.pk]), "radio") if allowed else None


def _post(argument: str, **data: str) -> Ask:
    return Ask("streams.direct", "post", [argument], data)


PART = {"kind": "audio", "name": "Español", "address": "https://example.org/es.m3u8", "bandwidth": "96000"}

feature = Feature(
    name="streams",
    urls="streams.urls",
    has={"sources": (Source, ["session", "stage"])},
    beside=["stream_switch", "recording"],
    actions={"streams.direct": STAFF},
    refusals={"streams.direct": _("Only moderators and organisers of this session choose its stream.")},
    limits={"streams.direct": Limit(60, 60)},
    events={"streams.sources": None},
    player=Player(
        *("streams/_player.html", "streams/_feed.html", playing.data, playing.prepare),
        *(recorded.recorded, recorded.with_recording),
    ),
    record={
        "streams.add": RecordWords(_("Streams added"), _("added a stream to %(of)s")),
        "streams.remove": RecordWords(_("Streams removed"), _("removed a stream from %(of)s")),
        "streams.switch": RecordWords(_("Streams switched"), _("chose the stream of %(of)s")),
        "streams.record": RecordWords(_("Recordings"), _("set the recording of %(of)s")),
    },
    facts=watching.FACTS,
    jobs={"streams.look": Job(watching.look, every=watching.EVERY, outside=True)},
    links=[Link("session", _link)],
    assets={
        "sessions:session": Assets(["streams/player.css"], PLAYER),
        "streams:sources": Assets(["streams/sources.css"]),
        "streams:record": Assets(["streams/sources.css"]),
    },
    demo=demo.fill,
    matrix=Matrix(
        views={
            "streams:sources": [Ask("streams.direct", "get")],
            "streams:add": [_post("session", address="https://example.org/a.m3u8", priority="10")],
            "streams:switch": [_post("session", address="")],
            "streams:record": [Ask("streams.direct", "get"), _post("session", address="")],
            "streams:again": [_post("session", version="<recording_version>", number="<recording_version>")],
            "streams:move": [_post("session", offset="2", number="<recording_version>")],
            "streams:check": [_post("source")],
            "streams:add_rendition": [_post("source", **PART)],
            "streams:remove_rendition": [_post("rendition")],
            "streams:remove": [_post("spare_source")],
            "streams:list": [Ask("session.view", "get", ["session", "source"])],
        },
        open_views=["streams:demo_list", "streams:demo_recording", "streams:demo_segment"],
    ),
)
