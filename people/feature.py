"""The declaration of this app: who is signed in, accounts, roles and ways in."""

from django.utils.translation import gettext_lazy as _

from common.contract import Assets, Feature, Limit, Matrix, RecordWords
from people import tries
from people.models import Pass, Role
from people.permissions import ANONYMOUS, OPERATOR, participants

RECORD = {
    "role.give": RecordWords(_("Roles given"), _("gave %(who)s the role %(role)s of %(of)s")),
    "role.take": RecordWords(_("Roles taken away"), _("took the role %(role)s of %(of)s from %(who)s")),
    "ban.renew": RecordWords(_("Bans that go on"), _("banned %(who)s, whose earlier account is banned, from %(of)s")),
    "link.handover": RecordWords(_("Links to another device"), _("made a link for another device of %(who)s")),
    "platform.begin": RecordWords(_("Installations begun"), _("signed up as the first organiser")),
    "sign_out": RecordWords(_("Sign-outs"), _("signed %(who)s out everywhere")),
    "account.delete": RecordWords(_("Accounts deleted"), _("deleted the account of %(who)s")),
}
LIMITS = {
    "people.enter": Limit(600, 60),  # by address, and a hall has one
    "people.first": Limit(30, 60),  # by address
    **tries.limits_of("people.join"),  # each takes two requests
    # Codes by e-mail, by account and where they are asked for: nobody locks the owner out from elsewhere.
    "people.code": Limit(3, 60),
    "people.codes": Limit(10, 3600),
    # Mails to addresses that are not registered: by address, and by where they are asked for.
    "people.stranger": Limit(1, 3600),
    "people.strangers": Limit(60, 3600),
    # By person:
    "people.account": Limit(30, 60),
    "people.download": Limit(5, 60),
}
# One's own account and the ways in: for whoever they are of.
OWN = ("enter", "leave", "language", "own", "first", "join", "account", "devices", "handover", "download", "delete")
ALLAUTH = (
    *(f"account_{name}" for name in ("request_login_code", "confirm_login_code", "inactive", "login", "signup")),
    *(f"socialaccount_{name}" for name in ("signup", "login_cancelled", "login_error")),
    "openid_connect_login",
    "openid_connect_callback",
)

feature = Feature(
    name="people",
    urls="people.urls",
    roles={ANONYMOUS: ANONYMOUS, OPERATOR: OPERATOR, **dict(Role.Name.choices)},
    actions={"platform.operate": [OPERATOR]},
    limits=LIMITS,
    participants=participants,
    record=RECORD,
    record_details={
        "until": _("until"),
        "expires_at": _("until"),
        "pass": _("pass"),
        "links": _("links ended"),
    },
    record_values={"pass": dict(Pass.choices), "passes": dict(Pass.choices)},
    assets={
        "*": Assets(["people/people.css"]),
        "people:join": Assets(scripts=["people/join.js"]),
        "people:first": Assets(scripts=["people/first.js"]),
    },
    matrix=Matrix(open_views=[*(f"people:{name}" for name in OWN), *ALLAUTH]),
)
