"""The meetings that a delegation has agreed to, as its own page and calendar show them."""

from collections.abc import Sequence

from common.contract import Agreed
from expo import partners
from expo.calendar import where
from expo.models import Meeting

MOST = 200


def meetings_of(delegation: int) -> Sequence[Agreed]:
    """Those that hold, by their time: not what waits for an answer, nor what was cancelled."""
    held = Meeting.objects.filter(delegation=delegation, state=Meeting.State.ACCEPTED).select_related(*partners.RELATED)
    return [
        Agreed(
            key=f"meeting-{meeting.pk}@{meeting.edition.slug}",
            starts=meeting.starts_at,
            ends=meeting.ends_at,
            other=meeting.visitor.name,
            topic=meeting.topic,
            place=where(meeting),
            zone=partners.city_of(meeting).timezone,
            url=meeting.get_absolute_url(),
            version=meeting.version,
            changed=meeting.changed_at,
        )
        for meeting in held[:MOST]
    ]
