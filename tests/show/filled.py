"""What the show's addresses in the permission matrix need."""

from datetime import timedelta

from common import clock
from people.models import Participant
from sessions import status
from sessions.models import HostCity, Session, Stage, StatusChange
from show import ripple
from tests import world

LATE = 20  # minutes by which the first talk of a stage began late: so much is offered, however long the tests take


def fill(session, made):
    """A stage that runs late, and one whose delay has been published."""
    by = Participant.objects.get(pk=made["people"]["organiser"])
    late, rippled = (_late_stage(session, name, by) for name in ("Late", "Rippled"))
    published = ripple.publish(rippled, by, sessions=1, minutes=ripple.current(rippled).most)
    return {"late_stage": late.pk, "rippled_stage": rippled.pk, "ripple": published.pk}


def _late_stage(session, name, by):
    """A stage whose first talk is on, and whose second one has to wait for it."""
    edition = session.edition
    city = HostCity.objects.get_or_create(name="Elsewhere", slug=f"elsewhere-{edition.pk}", timezone="UTC")[0]
    stage = Stage.objects.create(edition=edition, host_city=city, name=name)
    begin = clock.now() - timedelta(minutes=LATE + 10)
    first, second = (world.talk(edition, stage, f"Talk {number} on {name}") for number in (1, 2))
    for number, talk in enumerate((first, second)):
        start = begin + timedelta(hours=number)
        Session.objects.filter(pk=talk.pk).update(start=start, end=start + timedelta(hours=1))
    for step in ("prepare", "go_live"):
        status.step(first.pk, step, by)
    StatusChange.objects.filter(session=first).update(at=begin + timedelta(minutes=LATE))
    return stage
