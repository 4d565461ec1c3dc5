"""What of an edition changes at once: its own texts and dates, its cities, stages, themes, strands and speakers."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import Participant, Role
from people.permissions import can
from people.refusal import Refused
from sessions.models import Edition, HostCity, Speaker, Stage, Strand, Theme
from sessions.schedule import texts


def create(data: dict[str, Any], by: Participant) -> Edition:
    """A new edition, in a new city if one is named. Who makes it is its organiser."""
    with transaction.atomic():
        city = data["host_city"]
        if data["city"]:
            slug = free(HostCity.objects.all(), data["city"])
            city = HostCity.objects.create(name=data["city"], slug=slug, timezone=data["timezone"])
        fields = {name: data[name] for name in ("name", "motto", "start_date", "end_date", "languages")}
        edition = Edition.objects.create(slug=free(Edition.objects.all(), data["name"]), host_city=city, **fields)
        Role.objects.create(participant=by, name=Role.Name.ORGANISER, scope=edition.room_key)
        audit.record(by, "planning.create", edition.room_key)
        audit.record(by, "role.give", edition.room_key, by.pk, role=Role.Name.ORGANISER)
    return edition


def free(siblings: Any, name: str) -> str:
    """A slug of the name that none of the siblings has."""
    taken = set(siblings.values_list("slug", flat=True))
    slug = base = texts.slug(name)
    number = 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def parts_of(edition: Edition, kind: str, by: Participant) -> Any:
    """The parts of that kind that may be changed here."""
    if kind == "city":
        return HostCity.objects.filter(pk__in=_cities_of_ones_own(edition, by))
    return getattr(edition, {"stage": "stages", "theme": "themes", "strand": "strands", "speaker": "speakers"}[kind])


def cities_for(edition: Edition) -> set[int]:
    """The edition's cities."""
    return {edition.host_city_id, *edition.stages.order_by().values_list("host_city", flat=True)}


def _cities_of_ones_own(edition: Edition, by: Participant) -> set[int]:
    """Those of the edition that no edition uses which one does not plan: a city's clock is the same for all of them."""
    cities = cities_for(edition)
    others = Edition.objects.exclude(pk=edition.pk)
    foreign = [other for other in others if not can(by, "planning.edit", other)]
    return cities - {city for other in foreign for city in cities_for(other)}


def blank(edition: Edition, kind: str) -> Any:
    """A new part of that kind, not saved."""
    if kind == "city":
        return HostCity(timezone=edition.host_city.timezone)
    if kind == "stage":
        return Stage(edition=edition, host_city_id=edition.host_city_id, position=_next(edition.stages))
    if kind == "theme":
        return Theme(edition=edition, position=_next(edition.themes))
    if kind == "strand":
        return Strand(edition=edition)
    return Speaker(edition=edition, guid=str(uuid.uuid4()))


def _next(parts: Any) -> int:
    last: int | None = parts.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def save(form: Any, edition: Edition, kind: str, by: Participant) -> None:
    """Save a form of the edition or a part of it, and put it on record. Raises Refused for a name that is taken."""
    part = form.instance
    if kind in ("stage", "city", "theme", "strand") and not part.pk and hasattr(part, "slug"):
        siblings = HostCity.objects.all() if kind == "city" else parts_of(edition, kind, by)
        part.slug = free(siblings, part.name)
    if kind == "stage" and _same_stage(part):
        raise Refused(_("There is a stage of that name in that city."), 422)
    form.save()
    audit.record(by, "planning.part", edition.room_key, part=kind, id=part.pk)


def _same_stage(stage: Stage) -> bool:
    alike = Stage.objects.filter(edition=stage.edition_id, host_city=stage.host_city_id, name=stage.name)
    return alike.exclude(pk=stage.pk).exists()
