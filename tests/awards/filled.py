"""What the awards' addresses in the permission matrix need."""


def fill(session, made):
    """A call with a category, and an entry that waits for the organisers."""
    from people.models import Participant
    from tests.awards.conftest import call_of, category_of, entry_of

    people = Participant.objects.in_bulk(made["people"].values())
    call = call_of(session.edition)
    category = category_of(call)
    entry = entry_of(category, people[made["people"]["attendee"]])
    return {"award_category": category.pk, "award_entry": entry.pk, "award_version": entry.version}
