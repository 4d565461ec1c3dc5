"""What the show's addresses in the permission matrix need."""

from datetime import timedelta

from django.utils import timezone

from people.models import Participant
from sessions.models import Session, Stage
from show import ripple
from tests import world


def fill(session, made):
    """A stage on which nobody has started a session, and one whose delay has been published."""
    edition, by = session.edition, Participant.objects.get(pk=made["people"]["organiser"])
    city = session.stage.host_city
    late, rippled = (Stage.objects.create(edition=edition, host_city=city, name=name) for name in ("Late", "Rippled"))
    begin = timezone.now() - timedelta(minutes=20)
    for stage in (late, rippled):
        talk = world.talk(edition, stage, f"Talk on {stage}")
        Session.objects.filter(pk=talk.pk).update(start=begin, end=begin + timedelta(minutes=45))
    offered = ripple.current(rippled)
    published = ripple.publish(rippled, by, sessions=1, minutes=offered.most)
    return {"late_stage": late.pk, "rippled_stage": rippled.pk, "ripple": published.pk}
