"""How machines translate announcements that stand, for readers of languages in which nobody has typed them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from announcements.models import Announcement
from common.contract import Translatable, Words
from common.registry import Translations, registry

PREFIX = "announcement-"


def _ids(rows: Any) -> list[str]:
    return [f"{PREFIX}{pk}" for pk in rows.values_list("pk", flat=True)]


def words(ids: Collection[str]) -> dict[str, Words]:
    """The words of announcements that stand, in the first language in which they were typed."""
    standing = Announcement.objects.standing().filter(pk__in=[int(each.removeprefix(PREFIX)) for each in ids])
    return {f"{PREFIX}{each.pk}": Words(str(each), next(iter(each.texts))) for each in standing if each.texts}


def newest(session_id: int) -> list[str]:
    """The ids of those that stand in a session's own room."""
    return _ids(Announcement.objects.standing().filter(session=session_id))


def of_edition(edition_id: int) -> list[str]:
    """The ids of those that stand in an edition's room."""
    return _ids(Announcement.objects.standing().filter(edition=edition_id, session=None))


def translated(bars: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What bars show, with what machines have made of their first words ("made"). One query, however many."""
    shown = list(bars)
    first = [next(iter(each["texts"].values()), "") for each in shown]

    def put(found: Translations) -> None:
        for each, text in zip(shown, first, strict=True):
            each["made"] = {"id": f"{PREFIX}{each['id']}", "translations": found.get(text)}

    registry.translate({text for text in first if text}, put)
    return shown


def _of(data: Mapping[str, Any]) -> list[str]:
    return [f"{PREFIX}{data['id']}"]


ANNOUNCEMENTS = Translatable(["announcements.bar"], words, newest, _of, of_edition=of_edition)
