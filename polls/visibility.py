"""Who may see a poll's results, and when. Presenters (speakers and staff) always may.

Of a sealed poll nobody sees any: who put it tells them.
"""

from polls.models import PUBLIC, Poll, Results, State

PRESENTERS = frozenset({"speaker", "staff"})


def _due(when: str, poll: Poll) -> bool:
    if poll.state not in PUBLIC or poll.sealed:
        return False
    if when == Results.LIVE:
        return True
    if when == Results.CLOSED:
        return poll.state == State.CLOSED
    return when == Results.REVEALED and poll.revealed


def for_everyone(poll: Poll) -> bool:
    """Whether results are for everybody now."""
    return _due(poll.results, poll)


def for_voters(poll: Poll) -> bool:
    """Whether results are for those who have voted in the newest round."""
    return poll.results == Results.VOTED and poll.state in PUBLIC and not poll.sealed


def on_screen(poll: Poll) -> bool:
    """Whether the stage screen shows results now; it has no voters of its own, so "after voting" means live there."""
    live = poll.screen == Results.VOTED and poll.state in PUBLIC and not poll.sealed
    return live or _due(poll.screen, poll)


def shown_to(poll: Poll, role: str, voted: bool) -> bool:
    """Whether a viewer of that role (sessions.rooms.role_for) may see results."""
    if poll.sealed:
        return False
    return role in PRESENTERS or for_everyone(poll) or (voted and for_voters(poll))
