"""What the translations take part in. What is translated, each app declares itself (`Feature.translatable`)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, Entry, Feature, Limit, Link, Matrix, Panel, Personal, RecordWords
from people.permissions import GUEST, ORGANISERS, TAKING_PART, can
from translation import backends, events, making, own, working


def _link(request: Any, edition: Any) -> Entry | None:
    if edition is None or not can(request.user, "translation.configure", edition):
        return None
    return Entry(gettext("Translation"), reverse("translation:configure", args=[edition.slug]), "languages")


def _tool(page: Any, session: Any) -> dict[str, Any]:
    return {"is_on": bool(backends.configured()), "session": session}


READERS, ENTER = TAKING_PART | {GUEST}, _("Only participants of this edition ask for translations. Enter first.")
SHOWN = Assets(["translation/translation.css"], ["translation/translation.js"])
feature = Feature(
    name="translation",
    urls="translation.views",
    actions={"translation.configure": ORGANISERS} | dict.fromkeys(("translation.ask", "translation.read"), READERS),
    refusals=dict.fromkeys(("translation.ask", "translation.read"), ENTER),
    limits={f"translation.{action}": Limit(30, 60) for action in ("configure", "ask", "read")},
    events={"translation.text": events.shown},
    translations=making.translations,
    translates=making.translates,
    ticks=[working.tick],
    own={"session": own.own},
    personal=Personal(own.export, own.forget),
    tools=[Panel("translation/_tool.html", _tool)],
    record={
        "translation.configure": RecordWords(_("Translation set up"), _("changed how texts are translated")),
    },
    record_details={"may_leave": _("texts may leave the server")},
    links=[Link("work", _link)],
    assets={"*": SHOWN},  # announcements stand on every page
    matrix=Matrix(
        views={
            "translation:configure": [
                Ask("translation.configure", "get", ["slug"]),
                Ask("translation.configure", "post", ["slug"], {"terms": "Smart City Expo"}),
            ],
            "translation:ask": [Ask("translation.ask", "post", data={"of": "captions.line", "language": "es"})],
            "translation:read": [Ask("translation.read", "post", data={"on": "1"})],
        },
    ),
)
