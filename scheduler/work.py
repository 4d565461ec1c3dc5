"""Doing what is due: each job is taken by one process. The database's clock decides, and its locks."""

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from common import clock
from common.contract import Again, Job
from common.registry import registry
from scheduler import models

LEASE = timedelta(minutes=2)  # after which a job whose process has died is taken by another
MOST_TRIES = 8
EVERY = "every"  # the key of what is done again and again
logger = logging.getLogger(__name__)


def start() -> None:
    """Put what is done again and again into the schedule, once for all processes."""
    repeated = [kind for kind, job in registry.jobs.items() if job.every]
    rows = [models.Job(kind=kind, key=EVERY, due_at=clock.now()) for kind in repeated]
    models.Job.objects.bulk_create(rows, ignore_conflicts=True)


def do_due() -> int:
    """Do what is due until nothing is; how many jobs that were."""
    done = 0
    while job := take():
        do(job)
        done += 1
    return done


def take() -> models.Job | None:
    """The job that has been due longest and that nobody has, for this process alone. None: nothing is due."""
    due = _due(clock.now())
    if not due.exists():  # without the lock that SQLite takes for every transaction
        return None
    with transaction.atomic():
        job: models.Job | None = due.select_for_update(skip_locked=True).order_by("due_at", "pk").first()
        if job is not None:
            job.token, job.taken_until, job.tries = uuid.uuid4(), clock.now() + LEASE, job.tries + 1
            job.save(update_fields=["token", "taken_until", "tries"])
    return job


def _due(now: datetime) -> Any:
    free = Q(taken_until=None) | Q(taken_until__lt=now)
    return models.Job.objects.filter(free, due_at__lte=now, failed_at=None, kind__in=list(registry.jobs))


def do(row: models.Job) -> None:
    """Do a job that this process has taken; what fails is tried again later, and given up after MOST_TRIES."""
    job = registry.jobs[row.kind]
    try:
        if job.outside:
            again = job.run(row.data)
            with transaction.atomic():
                _settle(row, job, again)
        else:  # its work and its end are one transaction: whatever happens, it is done once
            with transaction.atomic():
                if _mine(row).select_for_update().exists():
                    _settle(row, job, job.run(row.data))
    except Exception as error:
        logger.warning("The job %s failed: %s", row, error)
        _fail(row, job, error)


def _mine(row: models.Job) -> Any:
    """The job's row while it is ours: neither planned anew nor taken by another process meanwhile."""
    return models.Job.objects.filter(pk=row.pk, token=row.token)


def _settle(row: models.Job, job: Job, again: Again | None) -> None:
    if again is None and job.every:
        again = Again(clock.now() + timedelta(seconds=job.every), row.data)
    if again is None:
        _mine(row).delete()
    else:
        _mine(row).update(due_at=again.at, data=again.data, token=None, taken_until=None, tries=0, error="")


def _fail(row: models.Job, job: Job, error: Exception) -> None:
    now = clock.now()
    gives_up = row.tries >= MOST_TRIES and not job.every
    later = now + min(timedelta(seconds=5 * 2**row.tries), timedelta(minutes=10))
    changes = {"due_at": later, "failed_at": now if gives_up else None, "error": str(error)[:200]}
    _mine(row).update(token=None, taken_until=None, **changes)
