"""What collaboration takes part in: commitments, replications, delegations."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from collaboration import (
    delegating,
    demo,
    following,
    importing,
    inbox,
    navigation,
    parties,
    parts,
    privacy,
    searching,
    stage,
    state,
    telling,
)
from collaboration.models import Signing
from common.contract import (
    Ask,
    Assets,
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

STEP = _("took the step “%(step)s” of a commitment")
DELEGATE = _("took the step “%(step)s” with somebody of a delegation")
RECORD: dict[str, Any] = {f"collaboration.{name}": RecordWords(label, STEP) for name, label in state.LABELS.items()}
RECORD |= {
    f"collaboration.{name}": RecordWords(step.label, DELEGATE)
    for name, step in delegating.STEPS.items()
    if f"collaboration.{name}" not in RECORD
}
RECORD |= {
    "collaboration.begin": RecordWords(_("Commitments begun"), _("began a commitment")),
    "collaboration.parties": RecordWords(_("Parties changed"), _("changed the parties of a commitment")),
    "collaboration.remind": RecordWords(_("Reminders"), _("Parties of a commitment were asked how it stands")),
    "collaboration.bring": RecordWords(_("Signings prepared"), _("brought a commitment to be signed in %(of)s")),
    "collaboration.take_away": RecordWords(_("Signings taken off"), _("took a signing out of %(of)s")),
    "collaboration.open": RecordWords(_("Signings opened"), _("opened a signing in %(of)s")),
    "collaboration.close": RecordWords(_("Signings closed"), _("closed a signing in %(of)s")),
    "collaboration.delegation": RecordWords(_("Delegations made"), _("made a delegation")),
    "collaboration.quota": RecordWords(_("Places changed"), _("changed the places of a delegation")),
    "collaboration.nominate": RecordWords(_("Nominations"), _("nominated somebody for a delegation")),
    "collaboration.add_point": RecordWords(_("Focal points added"), _("let somebody manage a delegation")),
    "collaboration.remove_point": RecordWords(_("Focal points removed"), _("ended that somebody manages a delegation")),
    "collaboration.import": RecordWords(_("Delegations imported"), _("imported delegations from a table")),
    "collaboration.export": RecordWords(_("Protocol lists"), _("exported the delegations")),
}
STYLES = ("parts.css", "collaboration/collaboration.css")
PAGES: tuple[str, ...] = ("board", "commitment", "edit", "sign", "report", "mine", "review", "signings")
PAGES += ("replications", "replication", "delegations", "manage", "delegation", "protocol", "import", "agenda")
SLUG, DELEGATION = ["slug"], ["delegation"]
# Of everybody, of those who speak for a party or a city, of focal points: tests/collaboration/test_rights.py
OPEN: tuple[str, ...] = ("board", "commitment", "text", "edit", "parties", "step", "sign", "report", "mine", "begin")
OPEN += ("replications", "replicate", "replication", "replication_step", "adapt", "say", "mails")
OPEN += ("delegation", "nominate", "delegate", "needs", "agenda", "share", "feed")
NEW = {"organisation": "<new_party>", "quota": "3"}

feature = Feature(
    name="collaboration",
    urls="collaboration.urls",
    actions={
        "collaboration.view": ANYONE,
        "collaboration.speak": TAKING_PART,
        "collaboration.delegate": ANYONE,  # of focal points, whatever role they have
        "collaboration.manage": ORGANISERS,
        "collaboration.present": STAFF,
    },
    refusals={
        "collaboration.speak": _("Only participants of this edition promise something there."),
        "collaboration.present": _("Only moderators and organisers of this session open its signings."),
    },
    limits={
        "collaboration.speak": Limit(120, 60),
        "collaboration.replicate": Limit(60, 60),
        "collaboration.delegate": Limit(120, 60),
        "collaboration.manage": Limit(240, 60),
        "collaboration.present": Limit(120, 60),
    },
    events={"collaboration.signing": stage.cards},
    jobs={
        "collaboration.follow": Job(following.follow, every=following.EVERY),
        "collaboration.mail": Job(following.mail, outside=True),
        "collaboration.abandon": Job(importing.forget_abandoned, every=3600),
        "collaboration.tell": Job(telling.mail, outside=True),
        "collaboration.forget": Job(telling.forget_told, every=24 * 3600),
    },
    inbox=inbox.INBOX,
    delegations=parties.DELEGATIONS,
    searched=searching.SEARCHED,
    has={"signings": (Signing, ["session"])},
    pinned=[Panel("collaboration/_pinned.html", stage.pinned, stage.card)],
    screen={"signing": ScreenMode(_("Signing"), "collaboration/_screen.html", stage.on_screen)},
    personal=Personal(privacy.export, privacy.forget),
    record=RECORD,
    record_details={
        "commitment": _("commitment"),
        "text": _("version"),
        "instead_of": _("instead of"),
        "signatures": _("signatures that do not carry over"),
        "organisations": _("organisations"),
        "says": _("says"),
        "months": _("months"),
        "people": _("people"),
        "delegation": _("delegation"),
        "delegations": _("delegations"),
        "delegate": _("delegate"),
        "focal_point": _("focal point"),
        "quota": _("places"),
    },
    links=navigation.LINKS,
    city_parts=parts.CITY_PARTS,
    case_panels=parts.CASE_PANELS,
    demo=demo.fill,
    assets={
        **{f"collaboration:{name}": Assets(STYLES) for name in PAGES},
        "cities:case": Assets(STYLES),
        "sessions:session": Assets(["collaboration/signing.css"]),
        "show:screen": Assets(["collaboration/signing.css"]),
    },
    matrix=Matrix(
        views={
            "collaboration:review": [Ask("collaboration.manage", "get", SLUG)],
            "collaboration:reopen": [
                Ask(
                    "collaboration.manage",
                    "post",
                    ["commitment_done"],
                    {"action": "reopen", "reason": "No", "version": "<commitment_version>"},
                )
            ],
            "collaboration:signings": [Ask("collaboration.present", "get")],
            "collaboration:change": [
                Ask("collaboration.present", "post", data={"signing": "<signing>", "action": "open", "version": "0"})
            ],
            "collaboration:delegations": [Ask("collaboration.view", "get", SLUG)],
            "collaboration:manage": [
                Ask("collaboration.manage", "get", SLUG),
                Ask("collaboration.manage", "post", SLUG, NEW),
            ],
            "collaboration:protocol": [Ask("collaboration.manage", "get", SLUG)],
            "collaboration:protocol_csv": [Ask("collaboration.manage", "get", SLUG)],
            "collaboration:protocol_pdf": [Ask("collaboration.manage", "get", SLUG)],
            "collaboration:import": [
                Ask("collaboration.manage", "get", SLUG),
                Ask("collaboration.manage", "post", SLUG, {"table": "country,city,name\nNigeria,Ibadan,Ada\n"}),
            ],
            "collaboration:settings": [Ask("collaboration.manage", "post", DELEGATION, {"quota": "7"})],
            "collaboration:points": [Ask("collaboration.manage", "post", DELEGATION, {"email": "focal@example.org"})],
        },
        open_views=[f"collaboration:{name}" for name in OPEN],
    ),
)
