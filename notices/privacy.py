"""What notices keep of a person."""

from typing import Any

from notices.models import Notice, Subscription, Wishes
from people.models import Participant


def export(participant: Participant) -> dict[str, Any]:
    """What they were told, how they wish to be told, and since when which push services send to their devices."""
    devices = Subscription.objects.filter(participant=participant)
    wishes = Wishes.objects.filter(participant=participant)
    names = ("minutes", "mail_changes", "mail_reminders", "mail_requests", "quiet_from", "quiet_until")
    return {
        "notices": list(Notice.objects.filter(participant=participant).values("session_id", "kind", "at", "seen_at")),
        "notice_wishes": list(wishes.values(*names)),
        "push_devices": list(devices.values("endpoint", "made_at")),
    }


def forget(participant: Participant) -> None:
    """All of it."""
    for model in (Notice, Wishes, Subscription):
        model.objects.filter(participant=participant).delete()
