"""manage.py import_schedule FILE --edition SLUG: see docs/import.md."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from planning import importing
from sessions.models import Edition
from sessions.schedule import read
from sessions.schedule.document import Event, Schedule, ScheduleError
from sessions.schedule.importer import Report, apply


def bar(events: Sequence[Event]) -> Iterator[Event]:
    """The events, with a progress bar on stderr where someone can see it."""
    total, width = len(events), 40
    for number, event in enumerate(events, 1):
        yield event
        if sys.stderr.isatty() and (number == total or number % max(1, total // 200) == 0):
            full = width * number // total
            sys.stderr.write(f"\r[{'#' * full}{'.' * (width - full)}] {number}/{total}" + "\n" * (number == total))
            sys.stderr.flush()


def _import(schedule: Schedule, options: dict[str, Any]) -> Report:
    """What is published already is changed by the draft and its release; a first import is published at once."""
    common = {name: options[name] for name in ("timezone", "dry_run")} | {"progress": bar}
    edition = Edition.objects.select_related("host_city").filter(slug=options["edition"]).first()
    if edition and edition.sessions.exists() and not options["at_once"]:
        return importing.draft(schedule, edition, None, **common)
    return apply(schedule, options["edition"], city=options["city"], **common)


class Command(BaseCommand):
    """Import a programme from a frab or pretalx schedule."""

    help = "Import a schedule (frab or pretalx, XML or JSON) into an edition; importing it again drafts what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the edition and the options."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--edition", required=True, metavar="SLUG", help="the edition; made if it does not exist")
        parser.add_argument("--city", default="", help="host city of a new edition (else the file's or the zone's)")
        parser.add_argument("--timezone", default="", help="time zone of times without one, if the file names none")
        parser.add_argument("--at-once", action="store_true", help="publish changes without a release: nobody is told")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file and print the report. Raises CommandError when nothing was written."""
        path = options["file"]
        try:
            report = _import(read(path), options)
        except ScheduleError as error:
            raise CommandError(f"{path}: {error}. Nothing was written.") from error
        except DatabaseError as error:
            raise CommandError(f"{path}: the database refused it: {error}. Nothing was written.") from error
        self._print(report, options["dry_run"])

    def _print(self, report: Report, dry_run: bool) -> None:
        for skip in report.skipped:
            self.stdout.write(f"skipped {skip}")
        new = " (new)" if report.new_edition else ""
        trial = "Dry run, nothing written. " if dry_run else ""
        self.stdout.write(f"{trial}{report.edition}{new}: {report}")
        if report.drafted and not dry_run and (report.created or report.updated):
            self.stdout.write("These are drafted: an organiser releases them, and then they are published and told.")
