"""What the demo congress has of agendas: everybody plans some sessions, and Amara follows two themes."""

from agenda.models import FollowedTheme, Saved
from common.contract import DemoCongress
from sessions.models import Status


def fill(congress: DemoCongress) -> None:
    """Each saves a few of what is ahead; some of it clashes."""
    ahead = [session for session in congress.sessions if session.status in (Status.SCHEDULED, Status.DELAYED)]
    if not ahead:
        return
    rows = [
        Saved(participant=person, session=session)
        for number, person in enumerate([*congress.people.values(), *congress.crowd])
        for session in ahead[number % 5 :: 7][:6]
    ]
    first = ahead[0]
    at_the_same_time = next((each for each in ahead[1:] if each.start < first.end and first.start < each.end), first)
    rows += [
        Saved(participant=congress.people["amara"], session=each) for each in (first, at_the_same_time, *ahead[-8:-7])
    ]
    Saved.objects.bulk_create(rows, ignore_conflicts=True)
    themes = congress.edition.themes.all()[2:4]
    follows = [FollowedTheme(participant=congress.people["amara"], theme=theme) for theme in themes]
    FollowedTheme.objects.bulk_create(follows, ignore_conflicts=True)
