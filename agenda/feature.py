"""What the agenda takes part in."""

from django.utils.translation import gettext_lazy as _

from agenda import demo, models, navigation, own, privacy
from agenda.writes import SAVE
from common.contract import Agenda, Ask, Assets, Feature, Limit, Matrix, Panel, Personal
from people.permissions import GUEST, TAKING_PART

feature = Feature(
    name="agenda",
    urls="agenda.urls",
    actions={"agenda.save": TAKING_PART | {GUEST}},
    refusals={"agenda.save": _("Only participants of this edition keep an agenda. Enter first.")},
    limits={"agenda.save": Limit(120, 60)},
    writes={"agenda.save": SAVE.by_socket},
    own={"edition": own.own},
    agenda=Agenda(models.saved, models.savers, models.follows, models.saves),
    card=navigation.button,
    tools=[Panel("agenda/_save.html", navigation.tool)],
    links=navigation.LINKS,
    personal=Personal(privacy.export, privacy.forget),
    demo=demo.fill,
    assets={
        "*": Assets(["agenda/save.css"], ["agenda/save.js"]),
        "agenda:agenda": Assets(["agenda/agenda.css"], ["agenda/agenda.js"]),
    },
    matrix=Matrix(
        views={"agenda:save": [Ask("agenda.save", "post", data={"on": "1"})]},
        open_views=["agenda:mine", "agenda:agenda", "agenda:follow"],  # tests/agenda/test_agenda.py
        writes={"agenda.save": ("agenda.save", {"session": "<session>", "on": True})},
    ),
)
