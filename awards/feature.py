"""What the awards take part in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards import ceremony, demo, mails, navigation, privacy, stage, tomorrow
from awards.models import CHAIR, JUDGE, Call, Cue
from awards.state import LABELS
from common.contract import (
    Ask,
    Assets,
    CityPart,
    Feature,
    Job,
    Limit,
    Matrix,
    Panel,
    Personal,
    RecordWords,
    ScreenMode,
)
from people.permissions import ANYONE, ORGANISERS, STAFF, TAKING_PART

STEP = _("took the step “%(step)s” of an entry to the awards")
RECORD: dict[str, Any] = {f"awards.{action}": RecordWords(label, STEP) for action, label in LABELS.items()}
RECORD |= {
    "awards.begin": RecordWords(_("Entries begun"), _("began an entry to the awards")),
    "awards.ask_consent": RecordWords(_("Consents asked for"), _("asked the person whom an entry honours")),
    "awards.consent": RecordWords(_("Consents given"), _("agreed to be honoured by an entry")),
    "awards.objection": RecordWords(_("Consents refused"), _("did not agree to be honoured by an entry")),
    "awards.kept": RecordWords(_("Files no longer kept"), _("deleted what is kept no longer of an awards’ call")),
    "awards.undo": RecordWords(_("Steps of entries undone"), _("took back a step of an entry to the awards")),
    "awards.add_author": RecordWords(_("Authors added"), _("let %(who)s write an entry to the awards")),
    "awards.remove_author": RecordWords(_("Authors removed"), _("ended that %(who)s writes an entry to the awards")),
    "awards.call": RecordWords(_("Call changed"), _("changed the call of the awards")),
    "awards.category": RecordWords(_("Categories changed"), _("changed a category of the awards")),
    "awards.jury_add": RecordWords(_("Jury: added"), _("made %(who)s a member of the jury")),
    "awards.jury_remove": RecordWords(_("Jury: removed"), _("took %(who)s out of the jury")),
    "awards.panel": RecordWords(_("Panels changed"), _("changed a panel of the jury")),
    "awards.panel_remove": RecordWords(_("Panels removed"), _("took a panel of the jury away")),
    "awards.assign": RecordWords(_("Entries assigned"), _("assigned entries to judges")),
    "awards.recuse": RecordWords(_("Conflicts declared"), _("declared a conflict with an entry")),
    "awards.judge": RecordWords(_("Entries judged"), _("judged an entry")),
    "awards.scores": RecordWords(_("Marks opened to judges"), _("set whether judges see each other’s marks")),
    "awards.seal": RecordWords(_("Decisions sealed"), _("sealed a decision of the awards")),
    "awards.unseal": RecordWords(_("Seals taken off"), _("took the seal off a decision of the awards")),
    "awards.open": RecordWords(_("Finalists published"), _("published the finalists of a category")),
    "awards.close": RecordWords(_("Publications taken back"), _("took the publication of finalists back")),
    "awards.ceremony": RecordWords(_("Ceremonies prepared"), _("brought a category into the ceremony of %(of)s")),
    "awards.drop": RecordWords(_("Ceremonies changed"), _("took a category out of the ceremony of %(of)s")),
    "awards.cue_stage": RecordWords(_("Envelopes opened"), _("opened an envelope in %(of)s")),
    "awards.cue_show": RecordWords(_("Envelopes shown to everybody"), _("showed everybody an envelope of %(of)s")),
    "awards.cue_back": RecordWords(_("Envelopes closed again"), _("closed an envelope of %(of)s again")),
    "awards.export": RecordWords(_("Exports of entries"), _("exported the entries to the awards")),
}
CALL = {"title": "Awards", "opens_at": "2030-01-01T10:00", "closes_at": "2030-02-01T10:00"}
CALL |= {"grace": "10", "reviews": "3", "hold": "8", "keep_days": "730"}
CATEGORY = {"name": "Another", "kind": "city", "position": "9", "round": "weighted"}
CATEGORY["questions"] = "summary | Summary | text | 500 |\nlink | Link | link | 9 |\nagreed | Agreed | consent | 1 |"
CATEGORY["criteria"] = "impact | Impact | 60 | 0-10\nidea | Idea | 40 | 1-5"
PANEL = {"name": "Mobility", "categories": "<award_category>", "judges": "<award_judge>"}
STYLES = ("parts.css", "awards/awards.css")
PAGES: tuple[str, ...] = (
    "index",
    "entry",
    "winners",
    "mine",
    "own",
    "check",
    "queue",
    "call",
    "category",
    "new_category",
    "jury",
    "panel",
    "new_panel",
)
PAGES += ("incubation", "desk", "chair", "conflicts", "ceremony", "consent", "numbers")
SLUG = ["slug"]
OPEN = (
    "winners",
    "incubation",
    "entry",
    "mine",
    "begin",
    "edit",
    "own",
    "step",
    "authors",
    "files",
    "file",
    "ask_consent",
    "consent",
    "consent_link",
    "case",
)
JURY = ("desk", "review", "recuse", "chair", "conflicts", "chair_decide", "scores")

feature = Feature(
    name="awards",
    urls="awards.urls",
    roles={JUDGE: _("Judge"), CHAIR: _("Chair of the jury")},
    actions={
        "awards.view": ANYONE,
        "awards.enter": TAKING_PART,
        "awards.manage": ORGANISERS,
        "awards.judge": {JUDGE},
        "awards.chair": {CHAIR},
        "awards.present": STAFF,
    },
    refusals={
        "awards.present": _("Only moderators and organisers of this session run its ceremony."),
        "awards.enter": _("Only participants of this edition enter its awards."),
    },
    limits={
        "awards.enter": Limit(240, 60),  # a form saves itself while one writes
        "awards.manage": Limit(240, 60),
        "awards.judge": Limit(240, 60),
        "awards.chair": Limit(120, 60),
        "awards.present": Limit(120, 60),
    },
    events={"awards.cue": stage.cards},
    ticks=[ceremony.tick],
    jobs={
        "awards.receipt": Job(mails.send_receipt, outside=True),
        "awards.consent": Job(mails.send_consent, outside=True),
        "awards.retain": Job(privacy.retain, every=24 * 3600),
    },
    has={"cues": (Cue, ["session"]), "call": (Call, ["edition"])},
    pinned=[Panel("awards/_pinned.html", stage.pinned, stage.card)],
    screen={"award": ScreenMode(_("Award"), "awards/_screen.html", stage.on_screen)},
    personal=Personal(privacy.export, privacy.forget),
    record=RECORD,
    record_details={
        "entry": _("entry"),
        "digest": _("SHA-256"),
        "kind": _("kind"),
        "missing": _("judges missing"),
        "scores_open": _("marks are open"),
    },
    links=navigation.LINKS,
    city_parts=[CityPart(_("Awards"), tomorrow.of_city)],
    assets={
        **{f"awards:{name}": Assets(STYLES) for name in PAGES},
        **{f"awards:{name}": Assets(STYLES, ["awards/entry.js"]) for name in ("edit", "files", "review")},
        "awards:incubation": Assets(["cities/cities.css", *STYLES]),
        "awards:index": Assets([*STYLES, "awards/ballot.css"]),
        "sessions:session": Assets(["awards/reveal.css"], ["awards/reveal.js"]),
        "show:screen": Assets(["awards/reveal.css", "awards/ballot.css"]),
    },
    demo=demo.fill,
    matrix=Matrix(
        views={
            "awards:index": [Ask("awards.view", "get", SLUG)],
            "awards:call": [Ask("awards.manage", "get", SLUG), Ask("awards.manage", "post", SLUG, CALL)],
            "awards:new_category": [Ask("awards.manage", "get", SLUG), Ask("awards.manage", "post", SLUG, CATEGORY)],
            "awards:category": [
                Ask("awards.manage", "get", [*SLUG, "award_category"]),
                Ask("awards.manage", "post", [*SLUG, "award_category"], CATEGORY),
            ],
            "awards:numbers": [Ask("awards.view", "get", SLUG)],
            "awards:queue": [Ask("awards.manage", "get", SLUG)],
            "awards:check": [Ask("awards.manage", "get", ["award_entry"])],
            "awards:decide": [
                Ask("awards.manage", "post", ["award_entry"], {"action": "accept", "version": "<award_version>"})
            ],
            "awards:move": [
                Ask("awards.manage", "post", ["award_team"], {"stage": "pilot", "version": "<award_team_version>"})
            ],
            "awards:jury": [
                Ask("awards.manage", "get", SLUG),
                Ask("awards.manage", "post", SLUG, {"email": "<award_email>"}),
            ],
            "awards:new_panel": [
                Ask("awards.manage", "get", SLUG),
                Ask("awards.manage", "post", SLUG, PANEL),
            ],
            "awards:panel": [
                Ask("awards.manage", "get", [*SLUG, "award_panel"]),
                Ask("awards.manage", "post", [*SLUG, "award_panel"], {"remove": "1"}),
            ],
            "awards:distribute": [Ask("awards.manage", "post", SLUG)],
            "awards:ceremony": [Ask("awards.present", "get")],
            "awards:cue": [Ask("awards.present", "post", data={"cue": "<award_cue>", "version": "0"})],
            "awards:export": [Ask("awards.manage", "get", [*SLUG, "csv"])],
        },
        # Of the winners, of those who wrote an entry, of the jury: tests/awards/test_rights.py
        open_views=[f"awards:{name}" for name in (*OPEN, *JURY)],
    ),
)
