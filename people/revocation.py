"""Tells open sockets when the rights of their participants change."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from live.revocations import recheck
from people import joining
from people.models import Ban, Participant, Registration, Role


def recheck_sockets(participant: Participant) -> None:
    """Check the participant's open sockets again, within a second of the commit.

    Call it after a ban, a sign-out or any change of rights that is not a saved Participant or Role.
    """
    recheck(participant.pk)


@receiver([post_save, post_delete], sender=Role)
@receiver([post_save, post_delete], sender=Registration)
@receiver([post_save, post_delete], sender=Ban)
def _rights_changed(instance: Role | Registration | Ban, **_: Any) -> None:
    recheck(instance.participant_id)


@receiver(post_save, sender=Role)
def _raised(instance: Role, **_: Any) -> None:
    if instance.name not in Role.OF_NOBODY_ELSE:
        joining.end_shown(joining.shown_sign_ins([instance.participant_id]))


@receiver(post_save, sender=Participant)
def _participant_changed(instance: Participant, created: bool, update_fields: Any, **_: Any) -> None:
    if not created and update_fields != {"last_login"}:
        recheck(instance.pk)
