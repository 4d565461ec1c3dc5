"""What a room's log shows, as tests look at it."""

from live.log import look_up


def shown(events):
    """Events, each with what it shows now under `shown`."""
    events = list(events)
    look_up(events)
    return events
