"""What Tomorrow.City takes part in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cities import demo, marks, navigation, privacy, searching
from cities.offering import OWN_STEPS as OWN_OFFER_STEPS
from cities.offering import STEPS as OFFER_STEPS
from cities.state import LABELS
from cities.views.editing import EDITOR
from common.contract import Ask, Assets, Feature, Limit, Matrix, Personal, RecordWords
from people.permissions import ANYONE, ORGANISER, ORGANISERS, TAKING_PART

STEP = _("took the step “%(step)s” of a case")
OFFER = _("took the step “%(step)s” of a tool or solution")
RECORD: dict[str, Any] = {f"cities.{action}": RecordWords(label, STEP) for action, label in LABELS.items()}
RECORD |= {
    f"cities.offer_{action}": RecordWords(step.label, OFFER) for action, step in (OWN_OFFER_STEPS | OFFER_STEPS).items()
}
RECORD |= {
    "cities.erase": RecordWords(_("Pictures taken down"), _("took a picture of a case down")),
    "cities.begin": RecordWords(_("Cases begun"), _("began a case")),
    "cities.born": RecordWords(_("Cases from elsewhere"), _("agreed that a case is made of something else")),
    "cities.city": RecordWords(_("Cities changed"), _("changed the profile of a city")),
    "cities.claim": RecordWords(_("Organisations claimed"), _("asked to speak for an organisation")),
    "cities.approve": RecordWords(_("Claims approved"), _("let %(who)s speak for an organisation")),
    "cities.refuse": RecordWords(_("Claims refused"), _("refused that %(who)s speaks for an organisation")),
    "cities.end": RecordWords(_("Memberships ended"), _("ended that %(who)s speaks for an organisation")),
    "cities.verify": RecordWords(_("Organisations verified"), _("verified an organisation")),
    "cities.unverify": RecordWords(_("Verifications ended"), _("ended the verification of an organisation")),
    "cities.manage": RecordWords(_("Organisations changed"), _("changed an organisation")),
    "cities.uphold": RecordWords(_("Impostors found"), _("upheld a report of an impostor")),
    "cities.dismiss": RecordWords(_("Reports dismissed"), _("dismissed a report of an impostor")),
    "cities.editor_add": RecordWords(_("Editors added"), _("made %(who)s an editor of cases")),
    "cities.editor_remove": RecordWords(_("Editors removed"), _("ended that %(who)s is an editor of cases")),
}
STYLES = ("parts.css", "cities/cities.css")
PAGES: tuple[str, ...] = ("overview", "mine", "cities", "new_city", "city", "edit_city", "cases", "queue", "editors")
PAGES += ("case", "version", "edit", "own", "check", "tools", "new_tool", "tool", "edit_tool", "solutions")
PAGES += (
    "origins",
    "origin",
    "pictures",
    "new_solution",
    "solution",
    "edit_solution",
    "desk",
    "propose",
    "thanks",
    "organisation",
    "manage",
)
# Of everybody, of participants, of a team, of who speaks for an organisation: tests/cities/test_rights.py
OPEN: tuple[str, ...] = ("overview", "map", "cities", "city", "cases", "case", "version", "tools", "tool", "solutions")
OPEN += ("solution", "organisation", "thanks", "mine", "begin", "propose", "new_tool", "new_solution", "edit", "own")
OPEN += ("step", "say", "edit_city", "claim", "report", "decide_claim", "edit_tool", "step_tool", "use_tool")
OPEN += ("origins", "origin", "pictures", "picture", "picture_card", "edit_solution", "step_solution", "use_solution")
NOTHING: list[str] = []
VERSION = {"version": "<city_version>", "words": "Please add the source"}
OFFERED = {"version": "<city_offer_version>", "words": "Please add the source"}
PROFILE = {"name": "Tampere", "country": "Finland", "region": "europe", "timezone": "Europe/Helsinki"}

feature = Feature(
    name="cities",
    urls="cities.urls",
    roles={EDITOR: _("Editor")},
    actions={
        "cities.view": ANYONE,
        "cities.write": TAKING_PART,
        "cities.edit": {EDITOR, ORGANISER},
        "cities.manage": ORGANISERS,
    },
    refusals={"cities.write": _("Only participants of the current edition do this. Enter first.")},
    limits={
        "cities.write": Limit(120, 60),
        "cities.edit": Limit(240, 60),
        "cities.manage": Limit(240, 60),
    },
    personal=Personal(privacy.export, privacy.forget),
    record=RECORD,
    record_details={
        "case": _("case"),
        "city": _("city"),
        "organisation": _("organisation"),
        "tool": _("tool"),
        "solution": _("solution"),
        "origin": _("origin"),
        "level": _("level"),
    },
    searched=searching.SEARCHED,
    links=navigation.LINKS,
    marks=marks.marks,
    assets={
        **{f"cities:{name}": Assets(STYLES) for name in PAGES},
        "cities:map": Assets([*STYLES, "cities/world.css"], ["cities/world.js"]),
    },
    demo=demo.fill,
    matrix=Matrix(
        views={
            "cities:queue": [Ask("cities.edit", "get", NOTHING)],
            "cities:check": [Ask("cities.edit", "get", ["city_waiting"])],
            "cities:decide": [Ask("cities.edit", "post", ["city_waiting"], VERSION | {"action": "say"})],
            "cities:erase": [Ask("cities.edit", "post", ["city_picture"])],
            "cities:decide_tool": [Ask("cities.edit", "post", ["city_tool"], OFFERED | {"action": "return"})],
            "cities:decide_solution": [Ask("cities.edit", "post", ["city_solution"], OFFERED | {"action": "return"})],
            "cities:editors": [
                Ask("cities.manage", "get", NOTHING),
                Ask("cities.manage", "post", NOTHING, {"email": "<city_email>"}),
            ],
            "cities:new_city": [
                Ask("cities.manage", "get", NOTHING),
                Ask("cities.manage", "post", NOTHING, PROFILE),
            ],
            "cities:desk": [Ask("cities.manage", "get", NOTHING)],
            "cities:manage": [
                Ask("cities.manage", "get", ["city_speaker"]),
                Ask("cities.manage", "post", ["city_speaker"], {"name": "City of Tampere", "kind": "city"}),
            ],
            "cities:verify": [
                Ask(
                    "cities.manage",
                    "post",
                    ["city_speaker"],
                    {"level": "focal", "evidence": "Letter", "until": "2040-01-01T10:00"},
                )
            ],
            "cities:unverify": [
                Ask("cities.manage", "post", ["city_verification"], {"words": "The letter was not theirs"})
            ],
            "cities:decide_report": [
                Ask("cities.manage", "post", ["city_report"], {"action": "dismiss", "words": "It is theirs"})
            ],
        },
        open_views=[f"cities:{name}" for name in OPEN],
    ),
)
