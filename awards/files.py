"""Files and pictures of an entry: who may add, take out and read them."""

import uuid
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from awards import entering
from awards.models import JUDGED, Entry, EntryFile, State
from people.permissions import can
from people.refusal import Refused

MOST = 6  # files of an entry


def add(entry: Entry, fields: dict[str, Any], moment: datetime, sent: str) -> EntryFile:
    """Keep a file with its `fields` and caption, the entry being locked. Raises Refused: too many, or too late."""
    _may_write(entry, moment, sent)
    if entry.files.written().count() >= MOST:
        raise Refused(_("An entry has at most %(most)d files. Take one out first.") % {"most": MOST})
    return EntryFile.objects.create(entry=entry, **fields)


def remove(entry: Entry, pk: uuid.UUID, moment: datetime, sent: str) -> None:
    """Take a file out of what is written; if it counts, it does until the next submission. Raises Refused."""
    _may_write(entry, moment, sent)
    entry.files.filter(pk=pk, counts=False).delete()
    entry.files.filter(pk=pk).update(in_draft=False)


def _may_write(entry: Entry, moment: datetime, sent: str) -> None:
    if not entering.may_write(entry, moment, sent):
        raise Refused(_("This entry can no longer be changed. What was saved before stays as it is."))


def may_read(user: Any, file: EntryFile) -> bool:
    """Whether somebody may read a file: who may read what it belongs to. Documents are never for the public."""
    entry = file.entry
    if user.is_authenticated and entry.authors.filter(pk=user.pk).exists():
        return True
    if not file.counts or entry.state == State.DRAFT:
        return False
    if (file.is_picture and entry.is_public) or can(user, "awards.manage", entry):
        return True
    judges = user.is_authenticated and entry.state in JUDGED and can(user, "awards.judge", entry)
    return bool(judges and entry.reviews.filter(judge__participant=user).exists())
