"""What of the awards lasts in Tomorrow.City: finalists and winners of a city, and entries that become cases."""

from typing import Any

from django.utils.translation import gettext as _

from awards import audience
from awards.data import answers_of, standing_of
from awards.models import PUBLIC, Entry
from cities.models import MAX_TEXT, Case
from cities.writing import born
from common.contract import PartLine
from people.models import Participant
from people.refusal import Refused

MOST = 20  # entries on the profile of a city


def of_city(city: Any, user: Any) -> list[PartLine]:
    """The finalists and winners of a city, the newest first."""
    entries = Entry.objects.filter(city__iexact=city.name, country__iexact=city.country, state__in=PUBLIC)
    ordered = entries.select_related("category__call").order_by("-submitted_at")[:MOST]
    prizes = audience.prizes({entry.call.pk for entry in ordered})
    return [
        PartLine(
            entry.title,
            entry.get_absolute_url(),
            " · ".join([standing_of(entry), *prizes.get(str(entry.pk), []), entry.call.title]),
        )
        for entry in ordered
    ]


def case_of(entry: Entry, by: Participant) -> Case:
    """The draft of a case from an entry, to which its author `by` agrees. Raises Refused before it is a finalist."""
    if not entry.is_public:
        raise Refused(_("A case can be made of finalists and winners."))
    answers = [answer for answer in answers_of(entry, entry.answers) if answer["kind"] in ("text", "line")]
    words = "\n\n".join(f"{answer['label']}\n{answer['text']}" for answer in answers)
    draft = {"title": entry.title, "done": words[:MAX_TEXT], "language": entry.language}
    written = {name: text for name, text in draft.items() if text}
    return born(f"awards:{entry.pk}", written, entry.city, entry.country, by)
