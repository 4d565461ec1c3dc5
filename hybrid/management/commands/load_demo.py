"""Load the demo congress, or move it to the present when it has grown old."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from common.contract import DemoCongress
from common.registry import registry
from hybrid.demo.content import CITIES, CONDUCT, HELP, PEOPLE, SPEAKERS, STRANDS, THEMES
from hybrid.demo.crowd import crowd_of, demo_participant
from hybrid.demo.plan import DURATION, Slot, plan
from people.models import Participant, Registration, Role
from sessions.models import Edition, HostCity, Session, Speaker, Stage, Status, Strand, Theme

SLUG = "scewc-demo"
LANGUAGES = {"barcelona": ["en", "ca"], "shanghai": ["zh", "en"], "curitiba": ["pt", "en"]}
DELAY = timedelta(minutes=15)
PASSES = {"organiser": "organiser", "moderator": "on_site"}


def is_current(edition: Edition) -> bool:
    """Whether something is on air and on time, so that the demo still looks like today."""
    return edition.sessions.filter(status=Status.LIVE, end__gt=timezone.now()).exists()


class Command(BaseCommand):
    """`manage.py load_demo`: idempotent; what people did is kept while the demo is current."""

    help = "Load the demo congress (demo mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load or renew the demo. Raises CommandError outside demo mode."""
        if not settings.DEMO:
            raise CommandError("The demo congress is for demo mode: set HYBRID_DEMO=1.")
        edition = Edition.objects.filter(slug=SLUG).first()
        if edition is None or not is_current(edition):
            with transaction.atomic():
                edition = load()
        live = edition.sessions.filter(status=Status.LIVE).count()
        self.stdout.write(f"Demo congress: {edition.sessions.count()} sessions, {live} live now.")


def load() -> Edition:
    """Write the demo congress around the present moment."""
    now = timezone.now()
    cities = {
        slug: HostCity.objects.update_or_create(slug=slug, defaults={"name": name, "country": land, "timezone": zone})[
            0
        ]
        for slug, (name, land, zone, _) in CITIES.items()
    }
    edition, _ = Edition.objects.update_or_create(
        slug=SLUG,
        defaults={
            "name": "Smart City Expo World Congress",
            "motto": "Cities, together, live",
            "help": HELP,
            "conduct": CONDUCT,
            "host_city": cities["barcelona"],
            "start_date": now.date(),
            "end_date": now.date() + timedelta(days=2),
            "languages": ["en", "ca", "es", "zh", "pt"],
        },
    )
    speakers = [_speaker(edition, number, *row) for number, row in enumerate(SPEAKERS)]
    sessions = {slot.number: _session(edition, cities[slot.city], slot) for slot in plan(now)}
    for number, session in sessions.items():
        count = 3 if session.format == "Panel" else 1
        session.speakers.set([speakers[(number * 5 + place * 7) % len(speakers)] for place in range(count)])
    people = {key: _participant(edition, *row) for key, row in PEOPLE.items()}
    live = [session for session in sessions.values() if session.status == Status.LIVE]
    _let_speak(people["li"], speakers[0], live)
    recorded = next(session for session in sessions.values() if session.status == Status.ON_DEMAND)
    congress = DemoCongress(edition, list(sessions.values()), live, people, crowd_of(edition), recorded)
    for go_on in [fill(congress) for fill in registry.all("demo")]:
        if go_on:
            go_on()
    return edition


def _speaker(edition: Edition, number: int, name: str, role: str, organisation: str, city: str, land: str) -> Speaker:
    about = f"{name.split()[0]} has worked on cities for twenty years, the last ones at {organisation} in {city}."
    fields = {
        "name": name,
        "role": role,
        "organisation": organisation,
        "city": city,
        "country": land,
        "biography": about,
    }
    return Speaker.objects.update_or_create(edition=edition, guid=f"demo-{number}", defaults=fields)[0]


def _session(edition: Edition, city: HostCity, slot: Slot) -> Session:
    position = list(CITIES).index(slot.city) * 10 + CITIES[slot.city][3].index(slot.stage)
    stage, _ = Stage.objects.get_or_create(
        edition=edition, host_city=city, name=slot.stage, defaults={"position": position}
    )
    name, hue, strand, closing = THEMES[slot.theme]
    theme, _ = Theme.objects.get_or_create(
        edition=edition,
        slug=slot.theme,
        defaults={"name": name, "hue": hue, "position": list(THEMES).index(slot.theme)},
    )
    strand = "side-events" if slot.format == "Workshop" else strand
    delayed = slot.status == Status.DELAYED
    fields = {
        "title": slot.title,
        "abstract": f"<p>{slot.abstract} {closing}</p>",
        "format": slot.format,
        "languages": LANGUAGES[slot.city],
        "stage": stage,
        "theme": theme,
        "strand": Strand.objects.get_or_create(edition=edition, slug=strand, defaults={"name": STRANDS[strand]})[0],
        "start": slot.start,
        "end": slot.start + DURATION,
        "stream": "/static/demo/city.webm",
        "poster": f"/static/demo/poster-{slot.theme}.svg",
        "guests_may": ["chat", "polls", "questions"],
        "status": slot.status,
        "status_reason": "The train from Girona is late" if delayed else "",
        "delayed_start": slot.start + DELAY if delayed else None,
    }
    session, _ = Session.objects.update_or_create(edition=edition, guid=f"demo-{slot.number}", defaults=fields)
    session.status_changes.all().delete()
    return session


def _participant(
    edition: Edition, name: str, email: str, organisation: str, city: str, land: str, role: str
) -> Participant:
    participant = demo_participant(email, name)
    participant.organisation, participant.city, participant.country = organisation, city, land
    participant.is_demo, participant.is_staff = True, False
    participant.save()
    scope = f"edition:{edition.pk}"
    Role.objects.get_or_create(participant=participant, name=role, scope=scope)
    defaults = {"participant": participant, "pass_type": PASSES.get(role, "online")}
    Registration.objects.get_or_create(scope=scope, ticket=f"DEMO-{participant.pk}", defaults=defaults)
    return participant


def _let_speak(participant: Participant, speaker: Speaker, live: list[Session]) -> None:
    """Li Ming speaks in the live session of Shanghai and in one of Barcelona."""
    speaker.participant = participant
    speaker.save()
    for session in live:
        if session.stage.host_city.slug in ("shanghai",) or session == live[0]:
            session.speakers.add(speaker)
            Role.objects.get_or_create(participant=participant, name="speaker", scope=f"session:{session.pk}")
