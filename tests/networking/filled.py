"""What networking's addresses in the permission matrix need."""


def fill(session, made):
    """A directory with an open conversation of two attendees whose room has the session's id, and a report."""
    import uuid

    from networking import keeping_away, state, writing
    from networking.models import Card, Conversation
    from people.models import Participant
    from tests import world

    edition, asker = session.edition, Participant.objects.get(pk=made["people"]["attendee"])
    named = f"listed-{uuid.uuid4().hex[:8]}"
    listed = world.participant(named, "attendee", edition, session)
    shown = dict.fromkeys(("shows_organisation", "shows_role", "shows_country", "shows_interests"), True)
    card = Card.objects.create(edition=edition, participant=listed, is_listed=True, about="Trams at night", **shown)
    made["network_person"] = listed.pk
    begun = writing.ask(card, asker, "May I ask about trams?", uuid.uuid4())
    state.answer(begun.pk, "accept", listed)
    line = writing.write(begun.pk, listed, "Ask!", uuid.uuid4())
    report = keeping_away.report(begun, asker, "Rude", [line])
    assert Conversation.objects.filter(edition=edition).count() == 1
    return {
        "network_person": listed.pk,
        "network_cookie": world.cookie(listed),
        "network_conversation": begun.pk,
        "network_line": line.pk,
        "network_report": report.pk,
    }
