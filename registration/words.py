"""The record in words: what each entry says, with the names that its ids have today."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import AuditEntry, Participant, Pass, Role
from registration.scopes import Scopes
from sessions.models import Status
from sessions.status import LABELS

G = gettext_lazy
# action -> (its name in the filter, what its entry says after the name of who did it)
ACTIONS: dict[str, tuple[Any, Any]] = {
    "role.give": (G("Roles given"), G("gave %(who)s the role %(role)s of %(of)s")),
    "role.take": (G("Roles taken away"), G("took the role %(role)s of %(of)s from %(who)s")),
    "invite": (G("Invitations"), G("invited %(who)s as %(role)s of %(of)s")),
    "speaker.link": (G("Speakers linked"), G("let %(who)s speak as a speaker of the programme")),
    "speaker.unlink": (G("Speakers unlinked"), G("ended that %(who)s speaks as a speaker of the programme")),
    "registration.add": (G("Registrations added"), G("registered %(who)s")),
    "registration.change": (G("Registrations changed"), G("changed the registration of %(who)s")),
    "registration.cancel": (G("Registrations cancelled"), G("cancelled the registration of %(who)s")),
    "registration.restore": (G("Registrations restored"), G("restored the registration of %(who)s")),
    "registrations.start": (G("Imports begun"), G("began to import registrations")),
    "registrations.import": (G("Imports"), G("imported registrations")),
    "registrations.abandon": (G("Imports abandoned"), G("abandoned an import of registrations half way")),
    "people.export": (G("Exports of people"), G("exported people as CSV")),
    "record.export": (G("Exports of the record"), G("exported the record as CSV")),
    "ban": (G("Bans"), G("banned %(who)s from %(of)s")),
    "ban.renew": (G("Bans that go on"), G("banned %(who)s, whose earlier account is banned, from %(of)s")),
    "unban": (G("Bans lifted"), G("lifted the ban of %(who)s from %(of)s")),
    "link.make": (G("Join links made"), G("made a join link for %(who)s")),
    "link.revoke": (G("Join links revoked"), G("revoked a join link of %(who)s")),
    "link.handover": (G("Links to another device"), G("made a link for another device of %(who)s")),
    "sign_out": (G("Sign-outs"), G("signed %(who)s out everywhere")),
    "account.delete": (G("Accounts deleted"), G("deleted the account of %(who)s")),
    "hall.code": (G("Hall codes shown"), G("made a code for the hall of %(of)s")),
    "hall.revoke": (G("Hall codes revoked"), G("revoked the code for the hall of %(of)s")),
    "hall.join": (G("Guests of halls"), G("joined %(of)s as a guest")),
    "session.access": (G("Access to sessions"), G("set who may see %(of)s")),
    "session.strand": (G("Strands of sessions"), G("moved %(of)s to another strand")),
    "session.undo": (G("Status steps undone"), G("took back the last step of %(of)s")),
    "chat.remove": (G("Messages removed"), G("removed a message of %(who)s in %(of)s")),
    "questions.approve": (G("Questions published"), G("published a question of %(who)s in %(of)s")),
    "questions.dismiss": (G("Questions dismissed"), G("dismissed a question of %(who)s in %(of)s")),
    "questions.merge": (G("Questions merged"), G("merged a question of %(who)s into another in %(of)s")),
    "questions.queue": (G("Questions queued"), G("queued a question of %(who)s in %(of)s")),
    "questions.unqueue": (G("Questions taken out"), G("took a question of %(who)s out of the queue of %(of)s")),
    "questions.move": (G("Questions moved"), G("moved a question in the queue of %(of)s")),
    "questions.stage": (G("Questions on stage"), G("brought a question of %(who)s on stage in %(of)s")),
    "questions.answer": (G("Questions answered live"), G("noted as answered live a question of %(who)s in %(of)s")),
    "questions.write": (G("Questions answered"), G("closed with a written answer a question of %(who)s in %(of)s")),
    "questions.skip": (G("Questions skipped"), G("skipped a question of %(who)s in %(of)s")),
    "questions.reopen": (G("Questions published again"), G("published again a question of %(who)s in %(of)s")),
    "questions.undo": (G("Question steps undone"), G("took back a step of a question of %(who)s in %(of)s")),
    "questions.edit": (G("Questions edited"), G("edited a question of %(who)s in %(of)s")),
    "questions.label": (G("Questions labelled"), G("labelled a question of %(who)s in %(of)s")),
    "questions.note": (G("Notes to questions"), G("wrote a note to a question of %(who)s in %(of)s")),
    "questions.reply": (G("Written answers"), G("answered in writing a question of %(who)s in %(of)s")),
    "questions.hall": (G("Questions from the hall"), G("wrote down a question from the hall of %(of)s")),
    "questions.prompt": (G("Lines to speakers"), G("sent the speakers of %(of)s a line")),
    "questions.settings": (G("Questions set up"), G("set up the questions of %(of)s")),
    "questions.export": (G("Exports of questions"), G("exported the questions of %(of)s")),
    "edition.blocklist": (G("Blocked words"), G("set the words that nobody may write")),
    "polls.create": (G("Polls made"), G("made a poll of %(of)s")),
    "polls.edit": (G("Polls edited"), G("edited a poll of %(of)s")),
    "polls.delete": (G("Polls deleted"), G("deleted a poll of %(of)s")),
    "polls.move": (G("Polls moved"), G("moved a poll of %(of)s")),
    "polls.schedule": (G("Polls scheduled"), G("scheduled a poll of %(of)s")),
    "polls.open": (G("Polls opened"), G("opened a poll of %(of)s")),
    "polls.close": (G("Polls closed"), G("closed a poll of %(of)s")),
    "polls.again": (G("New rounds of polls"), G("opened a new round of a poll of %(of)s")),
    "polls.archive": (G("Polls archived"), G("archived a poll of %(of)s")),
    "polls.reveal": (G("Results shown"), G("showed the results of a poll of %(of)s")),
    "polls.hide": (G("Results hidden"), G("hid the results of a poll of %(of)s")),
    "polls.reset": (G("Answers deleted"), G("deleted the answers to a poll of %(of)s")),
    "polls.judge": (G("Answers judged"), G("judged an answer of %(who)s to a poll of %(of)s")),
    "polls.export": (G("Exports of polls"), G("exported polls of %(of)s")),
} | {f"session.{step}": (label, G("took the step “%(step)s” of %(of)s")) for step, label in LABELS.items()}
DETAILS = {
    "until": G("until"),
    "expires_at": G("until"),
    "embargo_until": G("not shown before"),
    "visibility": G("visible to"),
    "passes": G("passes"),
    "guests_may": G("guests may"),
    "guests": G("guests removed"),
    "max_guests": G("guests at most"),
    "pass": G("pass"),
    "rows": G("rows"),
    "new": G("new"),
    "changed": G("changed"),
    "unchanged": G("unchanged"),
    "errors": G("left out"),
    "undone": G("step"),
    "status": G("status"),
    "delayed_start": G("starts"),
    "form": G("format"),
    "links": G("links ended"),
    "ballots": G("answers"),
    "words": G("words"),
}


def told(entries: Iterable[AuditEntry], scopes: Scopes) -> list[dict[str, Any]]:
    """Each entry with who did it (`by`), what (`words`) and its details ("label: value")."""
    entries = list(entries)
    ids = {pk for one in entries for pk in (one.by_id, one.participant_id) if pk is not None}
    people = dict(Participant.objects.filter(pk__in=ids).values_list("pk", "name"))
    of = scopes.names({one.scope for one in entries}) | {scopes.whole: _("the whole edition")}
    zone = scopes.edition.host_city.zone
    return [
        {
            "entry": one,
            "by": people.get(one.by_id or 0, _("Somebody") if one.by_id else _("The platform")),
            "participant": people.get(one.participant_id or 0, ""),
            "words": _words(one, people.get(one.participant_id or 0, _("somebody")), of.get(one.scope, one.scope)),
            "details": _details(one, zone),
        }
        for one in entries
    ]


def _words(entry: AuditEntry, who: str, of: str) -> str:
    if entry.action not in ACTIONS:
        return f"{entry.action} {of}"
    role = dict(Role.Name.choices).get(entry.details.get("role"), entry.details.get("role", ""))
    step = LABELS.get(entry.action.partition(".")[2], "")
    return str(ACTIONS[entry.action][1]) % {"who": who, "of": of, "role": role, "step": step}


def _details(entry: AuditEntry, zone: ZoneInfo) -> list[str]:
    found = {name: value for name, value in entry.details.items() if value and name in DETAILS}
    return [f"{DETAILS[name]}: {_value(name, value, zone)}" for name, value in found.items()]


def _value(name: str, value: Any, zone: ZoneInfo) -> str:
    if isinstance(value, list):
        return ", ".join(_value(name, one, zone) for one in value)
    if name in ("until", "expires_at", "embargo_until", "delayed_start"):
        try:
            return date_format(datetime.fromisoformat(str(value)).astimezone(zone), "j M Y H:i")
        except ValueError:
            return str(value)
    known = {"undone": LABELS, "pass": dict(Pass.choices), "passes": dict(Pass.choices), "status": dict(Status.choices)}
    return str(known.get(name, {}).get(str(value), value))
