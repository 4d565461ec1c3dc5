"""What is said in the demo's live sessions."""

import uuid

from chat.models import Message
from common.contract import DemoCongress

CHAT = [  # author (a key of the demo's people), text
    ("amara", "Bon dia from Lagos! Sound and picture are perfect here."),
    ("jonas", "Hello from Malmö. Is the slide deck shared afterwards?"),
    ("amara", "We tried the same with two markets last year, the counts look very similar."),
    ("jonas", "The map on this slide is beautiful."),
    ("amara", "Could we hear more about who pays for the maintenance?"),
]


def fill(congress: DemoCongress) -> None:
    """Let people talk in each live session, once."""
    for session in congress.live:
        for number, (author, text) in enumerate(CHAT):
            client_id = uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{session.guid}/{number}")
            Message.send(session, congress.people[author], text, client_id)
