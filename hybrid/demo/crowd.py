"""Participants of the demo who ask, upvote and answer but cannot be entered as."""

from people.models import Participant, Role
from sessions.models import Edition

CROWD = [  # name, city, country
    ("Mei Chen", "Shenzhen", "China"),
    ("Thiago Alves", "Curitiba", "Brazil"),
    ("Fatima Al-Kuwari", "Doha", "Qatar"),
    ("Oriol Puig", "Girona", "Spain"),
    ("Grace Mwangi", "Nairobi", "Kenya"),
    ("Lucía Herrera", "Puebla", "Mexico"),
    ("Tom Becker", "Hamburg", "Germany"),
    ("Aiko Tanaka", "Fukuoka", "Japan"),
    ("Priya Nair", "Kochi", "India"),
    ("Sofie Jensen", "Aarhus", "Denmark"),
    ("Omar Haddad", "Amman", "Jordan"),
    ("Emily Carter", "Pittsburgh", "United States"),
]


def demo_participant(email: str, name: str) -> Participant:
    """The participant of that address, made when there is none."""
    return Participant.objects.filter(email=email).first() or Participant.objects.create_user(email, name=name)


def crowd_of(edition: Edition) -> list[Participant]:
    """Participants who ask and upvote but cannot be entered as."""
    crowd = []
    for name, city, country in CROWD:
        email = f"{name.split()[0].lower()}@crowd.example.org"
        participant = demo_participant(email, name)
        Participant.objects.filter(pk=participant.pk).update(city=city, country=country)
        participant.city, participant.country = city, country
        Role.objects.get_or_create(participant=participant, name="attendee", scope=f"edition:{edition.pk}")
        crowd.append(participant)
    return crowd
