"""The demo's directory: who agreed, the themes they follow, and two conversations, one of them a request to Amara."""

import uuid
from collections.abc import Mapping

from common.contract import DemoCongress
from common.registry import registry
from networking import state, writing
from networking.models import Card
from people.models import Participant
from sessions.models import Edition

ABOUT = {
    "amara": "Markets, shade, and who pays for both",
    "li": "Metro data, waste heat, and 800 bus lines that feed one network",
    "jonas": "Trams that wait for slow walkers",
}
TOPICS = ["Shade in old towns", "Night buses", "Who repairs the sensors", "Cool schoolyards", "Streets that hold rain"]


def fill(congress: DemoCongress) -> None:
    """Make it once."""
    edition, people = congress.edition, congress.people
    if Card.objects.filter(edition=edition).exists():
        return
    for name, about in ABOUT.items():
        _card(edition, people[name], about)
    for number, who in enumerate(congress.crowd):
        if number % 3 != 2:  # most agree, not all
            _card(edition, who, TOPICS[number % len(TOPICS)])
    _follow(congress)
    _write(edition, people, congress.crowd[0])


def _card(edition: Edition, who: Participant, about: str) -> None:
    shows = {"shows_organisation": True, "shows_role": True, "shows_country": True, "shows_interests": True}
    Card.objects.create(edition=edition, participant=who, is_listed=True, about=about, **shows)


def _follow(congress: DemoCongress) -> None:
    """Everybody but Amara, who has chosen already, follows two themes."""
    themes = list(congress.edition.themes.all())
    people = [congress.people["li"], congress.people["jonas"], *congress.crowd]
    rows = registry.follows().model
    follows = [
        rows(participant=who, theme=theme)
        for number, who in enumerate(people)
        for theme in {themes[(number + 2) % len(themes)], themes[(2 * number + 3) % len(themes)]}
    ]
    rows.objects.bulk_create(follows, ignore_conflicts=True)


def _write(edition: Edition, people: Mapping[str, Participant], stranger: Participant) -> None:
    cards = {card.participant_id: card for card in Card.objects.filter(edition=edition).select_related("participant")}
    amara, jonas = people["amara"], people["jonas"]
    talk = writing.ask(cards[jonas.pk], amara, "Could the street trials kit work beside a market?", uuid.uuid4())
    state.answer(talk.pk, "accept", jonas)
    writing.write(talk.pk, jonas, "It did in Tampere, at the market hall. When are you here?", uuid.uuid4())
    writing.write(talk.pk, amara, "I am in Lagos. Tomorrow at three by video?", uuid.uuid4())
    writing.write(talk.pk, jonas, "Good. I bring the numbers.", uuid.uuid4())
    writing.ask(cards[amara.pk], stranger, "We open a night market next to the metro. May I ask how?", uuid.uuid4())
