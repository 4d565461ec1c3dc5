"""Speakers of the programme who are participants: they hold the speaker's role in each session they are listed for."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import Participant, Role
from people.refusal import Refused
from sessions.models import Session, Speaker


def link(speaker: Speaker, participant: Participant, by: Participant | None) -> None:
    """Let a participant speak as the speaker. Raises Refused when somebody else does, or for a guest of the hall."""
    with transaction.atomic():
        locked = Speaker.objects.select_for_update().get(pk=speaker.pk)
        if locked.participant_id not in (None, participant.pk):
            raise Refused(_("Somebody speaks as %(name)s already.") % {"name": locked.name})
        if participant.is_guest:
            raise Refused(_("A guest of the hall has no e-mail address. Invite them by e-mail."))
        locked.participant = speaker.participant = participant
        locked.save(update_fields=["participant"])
        audit.record(by, "speaker.link", f"edition:{locked.edition_id}", participant.pk, speaker=locked.pk)
        follow([(pk, locked.pk) for pk in locked.sessions.values_list("pk", flat=True)], [], by)


def unlink(speaker: Speaker, by: Participant, expected: int | None = None) -> None:
    """Nobody speaks as the speaker any more; the roles that came with it go.

    Raises Refused when the speaker is linked to another participant than `expected` (an id).
    """
    with transaction.atomic():
        locked = Speaker.objects.select_for_update().get(pk=speaker.pk)
        participant, locked.participant = locked.participant_id, None
        if participant is None:
            return
        if expected not in (None, participant):
            raise Refused(_("Somebody else speaks as %(name)s by now. Look again.") % {"name": locked.name})
        locked.save(update_fields=["participant"])
        audit.record(by, "speaker.unlink", f"edition:{locked.edition_id}", participant, speaker=locked.pk)
        for session in locked.sessions.values_list("pk", flat=True):
            _take(session, participant, by)


def follow(new: Iterable[tuple[int, int]], gone: Iterable[tuple[int, int]], by: Participant | None = None) -> None:
    """Give and take the roles of linked participants after (session id, speaker id) were `new` or have `gone`."""
    new, gone = list(new), list(gone)
    speakers = Speaker.objects.filter(pk__in={speaker for _session, speaker in [*new, *gone]})
    linked = dict(speakers.exclude(participant=None).values_list("pk", "participant"))
    for session, speaker in new:
        if participant := linked.get(speaker):
            _give(session, participant, by)
    for session, speaker in gone:
        if participant := linked.get(speaker):
            _take(session, participant, by)


def _give(session: int, participant: int, by: Participant | None) -> None:
    scope = f"session:{session}"
    if Role.objects.get_or_create(participant_id=participant, name=Role.Name.SPEAKER, scope=scope)[1]:
        audit.record(by, "role.give", scope, participant, role=Role.Name.SPEAKER)


def _take(session: int, participant: int, by: Participant | None) -> None:
    if Session.objects.filter(pk=session, speakers__participant=participant).exists():
        return  # as another speaker of the programme
    scope = f"session:{session}"
    for role in Role.objects.filter(participant_id=participant, name=Role.Name.SPEAKER, scope=scope):
        role.delete()
        audit.record(by, "role.take", scope, participant, role=Role.Name.SPEAKER)
