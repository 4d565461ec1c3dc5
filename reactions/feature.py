"""What reactions to a talk take part in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, CountRow, Feature, Limit, Matrix, Panel
from live.audiences import EVERYONE
from people.permissions import GUEST, TAKING_PART
from reactions import counting
from reactions.writes import REACTION

NAMES = {
    "clap": _("Applaud"),
    "heart": _("Love it"),
    "idea": _("Good idea"),
    "laugh": _("Funny"),
    "wow": _("Surprising"),
}


def bar(page: Any, session: Any) -> dict[str, Any]:
    """What the bar below the stream shows."""
    signs = [(sign, picture, NAMES[sign]) for sign, picture in counting.SIGNS.items()]
    return {"session": session, "signs": signs, "data": {"counts": {}, "session": session.pk}}


feature = Feature(
    name="reactions",
    urls="reactions.urls",
    actions={"reactions.react": TAKING_PART | {GUEST}},
    refusals={"reactions.react": _("Only participants of this edition react to its talks. Enter first.")},
    limits={"reactions.react": Limit(30, 10)},
    writes={"reactions.react": REACTION.by_socket},
    volatile={"reactions.sums": counting.sums},
    ticks=[counting.tick],
    stage_panels=[Panel("reactions/_bar.html", bar)],
    assets={"sessions:session": Assets(["reactions/reactions.css"], ["reactions/reactions.js"])},
    matrix=Matrix(
        views={"reactions:react": [Ask("reactions.react", "post", ["session"], {"sign": "clap"})]},
        writes={"reactions.react": ("reactions.react", {"session": "<session>", "sign": "clap"})},
        volatile={"reactions.sums": CountRow("session", "talk-reactions-<session>", EVERYONE)},
    ),
)
