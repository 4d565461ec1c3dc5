"""What the exhibition's addresses in the permission matrix need."""


def fill(session, made):
    """An exhibition whose stand has the session's number, a draft that waits, a team, a talk, a meeting, a lead."""
    import uuid

    from expo import meeting, scanning, talking
    from expo.models import Availability, Exhibitor, Expo, Meeting, Talk
    from people.models import Participant
    from tests.expo.conftest import member_of, stand_of

    edition = session.edition
    people = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    Expo.objects.create(edition=edition)
    draft = {"name": "City of Tampere", "kind": "city", "claim": "Trams", "themes": []}
    exhibitor = Exhibitor.objects.create(
        pk=session.pk, edition=edition, name="City of Tampere", kind="city", is_public=True, stand=stand_of(edition),
        claim="Trams", text="About", products="Kits", links="Brochure | https://example.org/b.pdf", country="Finland",
        website="https://example.org/", video="https://example.org/call", state="waiting", draft=draft,
    )  # fmt: skip
    exhibitor.sessions.add(session)
    member_of(exhibitor, people["moderator"], here=True)
    line = talking.write(exhibitor, None, people["moderator"], "Welcome", uuid.uuid4())
    talk = talking.ring(exhibitor, people["attendee"], "Hello?", uuid.uuid4(), staffed=True)
    taken = talking.ring(exhibitor, people["speaker"], "Hello!", uuid.uuid4(), staffed=True)
    talking.take(taken.pk, people["moderator"])
    starts = meeting.slots(exhibitor) or [session.start]
    met = Meeting.objects.create(
        edition=edition,
        exhibitor=exhibitor,
        visitor=people["attendee"],
        topic="Trams",
        starts_at=starts[-1],
        way="table",
    )
    Availability.objects.create(edition=edition, participant=people["speaker"], is_open=True)
    badge = scanning.badge_of(edition, people["attendee"])
    scanning.scan(exhibitor, people["moderator"], scanning.Scan(badge.code, uuid.uuid4(), note="Kind"))
    assert Talk.objects.filter(exhibitor=exhibitor).count() == 2
    return {
        "exhibitor": exhibitor.pk,
        "exhibitor_version": exhibitor.version,
        "expo_city": edition.host_city_id,
        "expo_line": line.pk,
        "expo_talk": talk.pk,
        "expo_taken": taken.pk,
        "expo_meeting": met.pk,
        "expo_badge": badge.code,
        "expo_person": people["speaker"].pk,
    }
