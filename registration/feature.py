"""The declaration of the registration desk."""

from django.utils.translation import gettext_lazy as _

from common.contract import Ask, Assets, Feature, Limit, Matrix, Personal, RecordWords
from people import tries
from people.permissions import ORGANISERS, STAFF
from registration import clock, navigation, privacy, seats

RECORD = {
    "invite": RecordWords(_("Invitations"), _("invited %(who)s as %(role)s of %(of)s")),
    "speaker.link": RecordWords(_("Speakers linked"), _("let %(who)s speak as a speaker of the programme")),
    "speaker.unlink": RecordWords(_("Speakers unlinked"), _("ended that %(who)s speaks as a speaker of the programme")),
    "registration.add": RecordWords(_("Registrations added"), _("registered %(who)s")),
    "registration.change": RecordWords(_("Registrations changed"), _("changed the registration of %(who)s")),
    "registration.cancel": RecordWords(_("Registrations cancelled"), _("cancelled the registration of %(who)s")),
    "registration.restore": RecordWords(_("Registrations restored"), _("restored the registration of %(who)s")),
    "registrations.start": RecordWords(_("Imports begun"), _("began to import registrations")),
    "registrations.import": RecordWords(_("Imports"), _("imported registrations")),
    "registrations.abandon": RecordWords(_("Imports abandoned"), _("abandoned an import of registrations half way")),
    "people.export": RecordWords(_("Exports of people"), _("exported people as CSV")),
    "record.export": RecordWords(_("Exports of the record"), _("exported the record as CSV")),
    "ban": RecordWords(_("Bans"), _("banned %(who)s from %(of)s")),
    "unban": RecordWords(_("Bans lifted"), _("lifted the ban of %(who)s from %(of)s")),
    "link.make": RecordWords(_("Join links made"), _("made a join link for %(who)s")),
    "link.revoke": RecordWords(_("Join links revoked"), _("revoked a join link of %(who)s")),
    "hall.code": RecordWords(_("Hall codes shown"), _("made a code for the hall of %(of)s")),
    "hall.revoke": RecordWords(_("Hall codes revoked"), _("revoked the code for the hall of %(of)s")),
    "hall.remove": RecordWords(_("Guests removed"), _("removed guests from the hall of %(of)s")),
    "hall.join": RecordWords(_("Guests of halls"), _("joined %(of)s as a guest")),
}
INVITATION = {"email": "new@example.org", "role": "attendee", "scope": "<session_scope>"}
ROLE = {"role": "speaker", "scope": "<session_scope>"}
COLUMNS = {"column-ticket": "0", "column-email": "1"}


def _get(*arguments: str) -> Ask:
    return Ask("edition.people", "get", ["slug", *arguments])


def _post(*arguments: str, **data: str) -> Ask:
    return Ask("edition.people", "post", ["slug", *arguments], data)


VIEWS = {
    "registration:access": [
        Ask("session.access", "post", data={"visibility": "registered"}),
        Ask("session.access", "get"),
    ],
    "registration:code": [Ask("session.access", "post", data={"expires_at": "2099-01-01T10:00"})],
    "registration:guests": [Ask("session.access", "post", data={"group": "0123456789ab/2026-01-01T10:00:00+00:00"})],
    "registration:invitees": [Ask("session.access", "post", data={"emails": "new@example.org"})],
    "registration:bans": [
        Ask("session.ban", "post", data={"who": "<author>", "reason": "Noise"}),
        Ask("session.ban", "get", data={"who": "<author>"}),
    ],
    "registration:speakers": [_get()],
    "registration:speaker": [_post("speaker_page", email="new@example.org")],
    "registration:people": [_get()],
    "registration:export": [_get()],
    "registration:record": [_get()],
    "registration:record_export": [_get()],
    "registration:registration": [_post("other", pass_type="press")],
    "registration:invite": [_post(**INVITATION), _get()],
    "registration:imports": [_get(), _post(name="people.csv")],
    "registration:import": [_get("import"), _post("read", **COLUMNS)],
    "registration:piece": [_post("import", pieces="1")],
    "registration:portion": [_post("import")],
    "registration:import_errors": [_get("import")],
    "registration:import_abandon": [_post("import")],
    "registration:person": [_get("other")],
    "registration:roles": [_post("other", **ROLE)],
    "registration:ban": [_post("other", reason="Shouting")],
    "registration:links": [_post("other")],
    "registration:sign_out": [_post("other")],
}

feature = Feature(
    name="registration",
    urls="registration.urls",
    actions={"edition.people": ORGANISERS, "session.access": ORGANISERS, "session.ban": STAFF},
    limits={
        **tries.limits_of("hall"),
        "hall.join": Limit(1200, 60),  # new guests by code of a hall, so that 2,000 are in within two minutes
        "edition.people": Limit(1200, 60),  # an import asks again for every portion
        "session.access": Limit(60, 60),
        "session.ban": Limit(60, 60),
    },
    ticks=[clock.tick],
    present=seats.here,
    personal=Personal(privacy.export, privacy.forget),
    record=RECORD,
    record_details={
        "guests": _("guests removed"),
        "max_guests": _("guests at most"),
        "rows": _("rows"),
        "new": _("new"),
        "changed": _("changed"),
        "unchanged": _("unchanged"),
        "errors": _("left out"),
    },
    links=navigation.LINKS,
    assets={"registration:imports": Assets(scripts=["registration/import.js"])},
    matrix=Matrix(views=VIEWS, open_views=["registration:find", "registration:hall"]),
)
