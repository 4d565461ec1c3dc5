"""What announcements take part in."""

from django.utils.translation import gettext_lazy as _

from announcements import announcing, demo, navigation, privacy
from announcements.translating import ANNOUNCEMENTS
from common.contract import Ask, Assets, Feature, Limit, Matrix, Panel, Personal, RecordWords
from people.permissions import ANYONE, ORGANISERS

feature = Feature(
    name="announcements",
    urls="announcements.urls",
    actions={"announcements.make": ORGANISERS, "announcements.confirm": ANYONE},
    limits={"announcements.make": Limit(30, 60), "announcements.confirm": Limit(30, 60)},
    events={"announcements.bar": announcing.bars},
    translatable={"announcements.bar": ANNOUNCEMENTS},
    own={"edition": announcing.own},
    ticks=[announcing.tick],
    personal=Personal(privacy.export, privacy.forget),
    record={
        "announcements.make": RecordWords(_("Announcements"), _("announced something")),
        "announcements.withdraw": RecordWords(_("Announcements withdrawn"), _("withdrew an announcement")),
    },
    record_details={"announcement": _("announcement")},
    bars=[Panel("announcements/_bars.html", announcing.context, announcing.read)],
    links=navigation.LINKS,
    assets={
        "*": Assets(["announcements/announcements.css"], ["announcements/announcements.js"]),
        "announcements:manage": Assets(),
    },
    demo=demo.fill,
    matrix=Matrix(
        views={
            "announcements:manage": [
                Ask("announcements.make", "get", ["slug"]),
                Ask(
                    "announcements.make",
                    "post",
                    ["slug"],
                    {"text_en": "Hi", "scope": "<edition_scope>", "minutes": "5"},
                ),
            ],
            "announcements:withdraw": [Ask("announcements.make", "post", ["announcement"])],
            "announcements:confirm": [Ask("announcements.confirm", "post", ["announcement"])],
        },
    ),
)
