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


def crowd_of(edition: Edition) -> list[Participant]:
    """Participants who ask and upvote but cannot be entered as."""
    crowd = []
    for name, city, country in CROWD:
        email = f"{name.split()[0].lower()}@crowd.example.org"
        who = Participant.objects.filter(email=email).first() or Participant.objects.create_user(email, name=name)
        Participant.objects.filter(pk=who.pk).update(city=city, country=country)
        who.city, who.country = city, country
        Role.objects.get_or_create(participant=who, name="attendee", scope=f"edition:{edition.pk}")
        crowd.append(who)
    return crowd
