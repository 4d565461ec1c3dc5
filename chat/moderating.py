"""What moderators decide about messages and people: each is one transaction, on record, told to whom it concerns."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chat import events
from chat.models import ChatSettings, Message, Mute, Report
from chat.models.message import ON_THE_WAY, UNDO_WITHIN
from common import clock
from people import audit
from people.models import Participant
from people.refusal import Refused
from sessions.models import Session

REASONS = (_("Insults or threats"), _("Advertising"), _("Off topic"), _("Private data"))
SCOPES = {"session": _("this session"), "stage": _("this stage"), "edition": _("the whole congress")}
MINUTES = (5, 30, 24 * 60)


def _on_record(by: Participant, action: str, message: Message, **details: Any) -> None:
    audit.record(by, action, message.session.room_key, message.participant_id, message=str(message.pk), **details)


def let_through(message: Message, by: Participant) -> None:
    """Show a held message to everybody, as the newest one. Raises Refused when somebody has decided already."""
    with transaction.atomic():
        held = Message.objects.exclude(held="").filter(pk=message.pk, removed_at=None)
        if not held.update(held=""):
            raise Refused(_("Somebody has decided about this message already."))
        message.held = ""
        message.seq = events.let_through(message).seq
        message.save(update_fields=["seq"])
        events.case(message)
        _on_record(by, "chat.let_through", message)


def report(message: Message, by: Participant, reason: str) -> None:
    """Tell the moderators of a message. A repeat changes nothing; what is removed cannot be reported."""
    if message.removed_at or message.held:
        raise Refused(_("This message is not shown any more."))
    with transaction.atomic():
        given = {"reason": reason, "text": message.text}
        _report, made = Report.objects.get_or_create(message=message, participant=by, defaults=given)
        if made:
            events.case(message)


def settle(message: Message, by: Participant) -> None:
    """Close the reports of a message that stays."""
    with transaction.atomic():
        open_reports = Report.objects.filter(message=message, settled_at=None)
        if not open_reports.update(settled_at=clock.now(), settled_by=by):
            raise Refused(_("Somebody has decided about this message already."))
        events.case(message)
        _on_record(by, "chat.settle", message)


def reopen(message: Message, by: Participant) -> None:
    """Undo `settle` a moment later."""
    with transaction.atomic():
        since = clock.now() - UNDO_WITHIN - ON_THE_WAY
        settled = Report.objects.filter(message=message, settled_by=by, settled_at__gt=since)
        if not settled.update(settled_at=None, settled_by=None):
            raise Refused(_("It is too late to undo that."))
        events.case(message)
        _on_record(by, "chat.reopen", message)


def pin(message: Message, by: Participant, wanted: bool) -> None:
    """Show a message above the chat, in place of another, or not any more."""
    with transaction.atomic():
        settings, _made = ChatSettings.objects.select_for_update().get_or_create(session=message.session)
        if not wanted and settings.pinned_id != message.pk:
            return
        if wanted and (message.removed_at or message.held):
            raise Refused(_("This message is not shown any more."))
        settings.pinned = message if wanted else None
        settings.save(update_fields=["pinned"])
        events.mode(message.session)
        _on_record(by, "chat.pin" if wanted else "chat.unpin", message)


def mute(message: Message, by: Participant, scope: str, minutes: int, reason: str) -> Mute:
    """Take the author's pen away for some minutes; they are told. Raises Refused for who moderates there."""
    session, author = message.session, message.participant
    with transaction.atomic():
        until = clock.now() + timedelta(minutes=minutes)
        given = {"session": session, "scope": scope, "reason": reason, "until": until, "by": by}
        made = Mute.objects.create(participant=author, **given)
        events.muted(_room(made), made.pk, author.pk)
        audit.record(by, "chat.mute", scope, author.pk, minutes=minutes, message=str(message.pk))
    return made


def lift(mute: Mute, by: Participant) -> None:
    """Give it back. A mute that is over stays as it is."""
    with transaction.atomic():
        if Mute.objects.standing().filter(pk=mute.pk).update(lifted_at=clock.now()):
            events.muted(_room(mute), mute.pk, mute.participant_id)
            audit.record(by, "chat.lift", mute.scope, mute.participant_id)


def _room(mute: Mute) -> str:
    """The room in which the muted person is told: all pages of an edition follow its own."""
    return mute.session.room_key if mute.scope.startswith("session:") else mute.session.edition.room_key


def configure(session: Session, chosen: dict[str, Any], by: Participant) -> None:
    """Set how a chat is held."""
    with transaction.atomic():
        settings, _made = ChatSettings.objects.select_for_update().get_or_create(session=session)
        changed = [name for name, value in chosen.items() if getattr(settings, name) != value]
        for name in changed:
            setattr(settings, name, chosen[name])
        if changed:
            settings.save(update_fields=changed)
            events.mode(session)
            audit.record(by, "chat.configure", session.room_key)
