"""What the replay takes part in. What comes back, each app declares itself (`Feature.replayed`)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Ask, Assets, Entry, Feature, Link, Matrix, Panel
from replay import origins, panel
from sessions.models import Edition


def _link(request: Any, edition: Edition) -> Entry:
    return Entry(_("Recordings"), reverse("replay:archive", args=[edition.slug]), "circle-play")


WINDOW = {"from": "0", "to": "60"}
feature = Feature(
    name="replay",
    urls="replay.urls",
    stage_panels=[Panel("replay/_strip.html", panel.strip)],
    panels=[Panel("replay/_panel.html", panel.panel)],
    links=[Link("edition", _link)],
    origins=origins.ORIGINS,
    assets={
        "sessions:session": Assets(["replay/replay.css"], ["replay/windows.js", "replay/replay.js"]),
        "replay:archive": Assets(["replay/archive.css"]),
    },
    matrix=Matrix(
        views={
            "replay:window": [Ask("session.view", "get", data=WINDOW)],
            "replay:afterwards": [Ask("session.view", "get")],
            "replay:own": [Ask("session.view", "get")],
            "replay:archive": [Ask("edition.view", "get", ["slug"])],
        },
    ),
)
