"""Applying a schedule to an edition: once more changes only what differs, and never makes a second copy."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from common.search import written
from sessions import speaking
from sessions.models import Edition, Session, Speaker, Stage, Strand
from sessions.schedule import editions, texts
from sessions.schedule.document import Schedule, Skip
from sessions.schedule.identity import exported
from sessions.schedule.rows import Progress, Row, Rows, prepare
from sessions.schedule.speakers import speakers_of

BATCH = 400


@dataclass
class Report:
    """What an import did."""

    edition: str = ""
    new_edition: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    absent: int = 0
    drafted: bool = False
    skipped: list[Skip] = field(default_factory=list)

    def __str__(self) -> str:
        counts = f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}"
        return f"{counts}, skipped {len(self.skipped)}, not in this file {self.absent}"


def apply(
    schedule: Schedule,
    slug: str,
    *,
    timezone: str = "",
    city: str = "",
    dry_run: bool = False,
    progress: Progress = iter,
) -> Report:
    """Write the schedule into the edition in one transaction, or nothing. Raises ScheduleError."""
    edition = Edition.objects.select_related("host_city").filter(slug=slug).first()
    zone = editions.zone_for(schedule, timezone, edition)
    # Judged before the transaction: SQLite has one writer, and cleaning thousands of texts takes a while.
    rows = prepare(schedule, zone, progress)
    with transaction.atomic():
        report = Report(new_edition=edition is None, skipped=rows.skipped)
        edition = edition or editions.create(slug, schedule, rows, zone, city)
        # Two imports at a time would each miss what the other adds.
        Edition.objects.select_for_update().get(pk=edition.pk)
        report.edition = str(edition)
        _write(edition, rows, report)
        transaction.set_rollback(dry_run)
    return report


def _write(edition: Edition, rows: Rows, report: Report) -> None:
    stages = stages_of(edition, {row.room: None for row in rows.sessions.values()})
    strands = strands_of(edition, {row.track: None for row in rows.sessions.values() if row.track})
    speakers = speakers_of(edition, rows.speakers, BATCH)
    sessions = {session.guid: session for session in Session.objects.filter(edition=edition)}
    recognise_ours(edition, sessions, rows)
    made: list[Session] = []
    changed: dict[str, Session] = {}
    for row in rows.sessions.values():
        strand = strands.get(row.track)
        values = row.values | {"stage_id": stages[row.room].pk, "strand_id": strand.pk if strand else None}
        if (session := sessions.get(row.guid)) is None:
            made.append(Session(edition=edition, guid=row.guid, **values))
        elif _differs(session, values):
            changed[row.guid] = session
    for session in Session.objects.bulk_create(made, batch_size=BATCH):
        sessions[session.guid] = session
    columns = ["title", "abstract", "format", "languages", "start", "end", "poster", "stage", "strand"]
    if changed:
        Session.objects.bulk_update(changed.values(), columns, batch_size=BATCH)
    relinked = _link(sessions, rows.sessions.values(), speakers) - {session.guid for session in made}
    report.created, report.updated = len(made), len(changed.keys() | relinked)
    report.unchanged = len(rows.sessions) - report.created - report.updated
    report.absent = len(sessions.keys() - rows.sessions.keys())


def recognise_ours(edition: Edition, guids: Collection[str], rows: Rows) -> None:
    """Give rows that we have exported under another GUID their session's own one."""
    ours = {exported(edition.pk, "session", guid): guid for guid in guids}
    for row in rows.sessions.values():
        if row.guid not in guids:
            row.guid = ours.get(row.guid, row.guid)
    rows.sessions = {row.guid: row for row in rows.sessions.values()}


def _differs(item: Any, values: dict[str, Any]) -> bool:
    """Set the values on a model instance; returns whether any of them differs from before."""
    before = {name: getattr(item, name) for name in values}
    if "abstract" in values and texts.to_html(before["abstract"]) == values["abstract"]:
        values["abstract"] = before["abstract"]  # the same, written plainly
    for name, value in values.items():
        setattr(item, name, value)
    return before != values


def stages_of(edition: Edition, names: Iterable[str]) -> dict[str, Stage]:
    """Name -> stage, made where there is none. One in another host city serves too, the main city's comes first."""
    stored = list(Stage.objects.filter(edition=edition).select_related("host_city"))
    stored.sort(key=lambda stage: stage.host_city_id == edition.host_city_id)
    by_name = {stage.full_name: stage for stage in stored} | {stage.name: stage for stage in stored}
    last = max((stage.position for stage in stored), default=-1)
    new = [name for name in names if name not in by_name]
    made = [
        Stage(edition=edition, host_city_id=edition.host_city_id, name=name, position=last + number)
        for number, name in enumerate(new, 1)
    ]
    return by_name | {stage.name: stage for stage in Stage.objects.bulk_create(made, batch_size=BATCH)}


def strands_of(edition: Edition, names: Iterable[str]) -> dict[str, Strand]:
    """Name -> strand, made where there is none. "C" and "C++" have the same slug, so the later gets a number."""
    by_name = {strand.name: strand for strand in Strand.objects.filter(edition=edition)}
    slugs = set(Strand.objects.filter(edition=edition).values_list("slug", flat=True))
    made = []
    for name in names:
        if name not in by_name:
            slug = base = texts.slug(name)
            number = 1
            while slug in slugs:
                number += 1
                slug = f"{base}-{number}"
            slugs.add(slug)
            made.append(Strand(edition=edition, name=name, slug=slug))
    return by_name | {strand.name: strand for strand in Strand.objects.bulk_create(made, batch_size=BATCH)}


def _link(sessions: dict[str, Session], rows: Iterable[Row], speakers: dict[str, Speaker]) -> set[str]:
    """Make the sessions' speakers those of the file; the GUIDs of the sessions where that changed something."""
    through = Session.speakers.through
    guids = {sessions[row.guid].pk: row.guid for row in rows}
    listed = {(sessions[row.guid].pk, speakers[guid].pk) for row in rows for guid in row.speakers}
    edition_ids = {session.edition_id for session in sessions.values()}
    stored = {
        (link.session_id, link.speaker_id): link.pk
        for link in through.objects.filter(session__edition__in=edition_ids)
        if link.session_id in guids
    }
    gone, new = stored.keys() - listed, listed - stored.keys()
    if gone:
        through.objects.filter(pk__in=[stored[pair] for pair in gone]).delete()
    links = [through(session_id=session, speaker_id=speaker) for session, speaker in sorted(new)]
    through.objects.bulk_create(links, batch_size=BATCH)
    written.send(Session, ids={session for session, _speaker in gone | new}, fields=None)
    speaking.follow(new, gone)
    return {guids[session] for session, _speaker in gone | new}
