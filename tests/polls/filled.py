"""What the polls' addresses in the permission matrix need."""

import uuid


def fill(session, made):
    """An open poll with an image, a draft, and two closed ones, one of them with an open text."""
    from polls.models import Mark, Option, Picture
    from polls.prepare import Choice
    from tests.polls.conftest import answered, opened, poll_of

    picture = Picture.objects.create(name=uuid.uuid4().hex, data=b"RIFF")
    text = opened(session, type="text")
    answered(text, [made["people"]["attendee"]], text=["Because"])
    closed = opened(session, close=text)
    found = opened(session, choices=[Choice("Yes", picture=picture), Choice("No")], close=closed)
    return {
        "poll": found.pk,
        "option": str(Option.objects.filter(poll=found).first().pk),
        "draft": poll_of(session).pk,
        "closed": closed.pk,
        "text_poll": text.pk,
        "mark": Mark.objects.get(ballot__round__poll=text).pk,
    }
