"""What the translations take part in. What is translated, each app declares itself (`Feature.translatable`)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, Entry, Feature, Limit, Link, Matrix, Panel, RecordWords
from people.permissions import ORGANISERS, can
from translation import backends, events, making, working


def _link(request: Any, edition: Any) -> Entry | None:
    if edition is None or not can(request.user, "translation.configure", edition):
        return None
    return Entry(gettext("Translation"), reverse("translation:configure", args=[edition.slug]), "languages")


def _tool(page: Any, session: Any) -> dict[str, Any]:
    return {"is_on": bool(backends.configured())}


SHOWN = Assets(["translation/translation.css"], ["translation/translation.js"])
feature = Feature(
    name="translation",
    urls="translation.views",
    actions={"translation.configure": ORGANISERS},
    limits={"translation.configure": Limit(30, 60)},
    events={"translation.text": events.shown},
    translations=making.translations,
    ticks=[working.tick],
    tools=[Panel("translation/_tool.html", _tool)],
    record={
        "translation.configure": RecordWords(_("Translation set up"), _("changed how texts are translated")),
    },
    record_details={"may_leave": _("texts may leave the server")},
    links=[Link("work", _link)],
    assets={"sessions:session": SHOWN, "questions:board": SHOWN},
    matrix=Matrix(
        views={
            "translation:configure": [
                Ask("translation.configure", "get", ["slug"]),
                Ask("translation.configure", "post", ["slug"], {"terms": "Smart City Expo"}),
            ],
        },
    ),
)
