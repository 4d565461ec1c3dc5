"""A schedule file over an edition: what it changes becomes the draft, and reaches people with the release."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from people import audit
from people.models import Participant
from planning import drafting
from planning.models import Draft
from planning.people import ordered
from planning.working import Item, Values, items_of, utc
from sessions.models import Edition, Speaker
from sessions.schedule import editions, texts
from sessions.schedule.document import Schedule
from sessions.schedule.importer import BATCH, Report, recognise_ours, stages_of, strands_of
from sessions.schedule.rows import Progress, Row, Rows, prepare
from sessions.schedule.speakers import speakers_of

NEW: Values = {"theme": None, "poster": "", "stream": "", "visibility": "public", "visible_passes": []}


def draft(
    schedule: Schedule,
    edition: Edition,
    by: Participant | None,
    *,
    timezone: str = "",
    dry_run: bool = False,
    progress: Progress = iter,
) -> Report:
    """Draft what the file says otherwise than what is published, in one transaction. Raises ScheduleError.

    Its stages, strands and speakers are made at once, as on their own pages: nobody sees them before the release.
    What the draft has changed and the file has not, stays drafted.
    """
    rows = prepare(schedule, editions.zone_for(schedule, timezone, edition), progress)
    report = Report(edition=str(edition), drafted=True, skipped=rows.skipped)
    with transaction.atomic():
        locked = Edition.locked(edition.pk)
        items = {item.guid: item for item in items_of(locked, full=True)}
        recognise_ours(locked, items.keys(), rows)
        _draft(locked, items, _values(locked, rows), by, report)
        report.absent = len(items.keys() - rows.sessions.keys())
        audit.record(by, "planning.import", locked.room_key, new=report.created, sessions=report.updated)
        transaction.set_rollback(dry_run)
    return report


def _values(edition: Edition, rows: Rows) -> Iterable[tuple[Row, Values]]:
    """Each row with its values as the draft holds them."""
    sessions = rows.sessions.values()
    stages = stages_of(edition, {row.room: None for row in sessions})
    strands = strands_of(edition, {row.track: None for row in sessions if row.track})
    speakers: dict[str, Speaker] = speakers_of(edition, rows.speakers, BATCH)
    for row in sessions:
        strand = strands.get(row.track)
        values: dict[str, Any] = row.values | {"start": utc(row.values["start"]), "end": utc(row.values["end"])}
        values |= {"stage": stages[row.room].pk, "strand": strand.pk if strand else None}
        yield row, values | {"speakers": ordered({str(speakers[guid].pk) for guid in row.speakers})}


def _draft(
    edition: Edition,
    items: dict[str, Item],
    listed: Iterable[tuple[Row, Values]],
    by: Participant | None,
    report: Report,
) -> None:
    new = []
    for row, values in listed:
        item = items.get(row.guid)
        if item is None:
            new.append(Draft(edition=edition, guid=row.guid, values=NEW | values | {"cancelled": False}, changed_by=by))
        elif changes := _differing(item, values):
            drafting.put(edition, item, changes, by)
            report.updated += 1
        else:
            report.unchanged += 1
    report.created = len(Draft.objects.bulk_create(new, batch_size=BATCH))


def _differing(item: Item, values: Values) -> Values:
    """What the file says otherwise than what is published, and what is drafted already."""
    published = item.published if item.published is not None else item.values
    kept = {"abstract"} if texts.to_html(published.get("abstract", "")) == values["abstract"] else set()
    changed = {name: value for name, value in values.items() if name not in kept and published.get(name) != value}
    return changed if any(item.values.get(name) != value for name, value in changed.items()) else {}
