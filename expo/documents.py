"""Documents of exhibitors: drafted by the team like its words, there for everybody once they are approved."""

from typing import Any

from django.utils.translation import gettext as _

from expo.models import Document, Exhibitor
from people.refusal import Refused

MOST = 6  # documents of an exhibitor
KEPT = 12  # the newest that are neither drafted nor shown, for a step that is undone


def drafted(exhibitor: Exhibitor) -> list[Document]:
    """What the team has in its draft."""
    return of(exhibitor, _drafted(exhibitor))


def of(exhibitor: Exhibitor, pks: list[int]) -> list[Document]:
    """Documents of an exhibitor, the oldest first."""
    return list(exhibitor.files.filter(pk__in=pks)) if pks else []


def _drafted(exhibitor: Exhibitor) -> list[int]:
    return list(exhibitor.draft.get("documents", exhibitor.documents))


def add(exhibitor: Exhibitor, fields: dict[str, Any]) -> None:
    """Put a document with its `fields` and caption into the draft, the exhibitor being locked. Raises Refused."""
    known = _drafted(exhibitor)
    if len(known) >= MOST:
        raise Refused(_("A stand has at most %(most)d documents. Take one out first.") % {"most": MOST})
    _draft(exhibitor, [*known, Document.objects.create(exhibitor=exhibitor, **fields).pk])


def remove(exhibitor: Exhibitor, pk: int) -> None:
    """Take a document out of the draft, the exhibitor being locked; everybody has it until that is approved."""
    known = _drafted(exhibitor)
    if pk in known:
        _draft(exhibitor, [each for each in known if each != pk])


def _draft(exhibitor: Exhibitor, pks: list[int]) -> None:
    exhibitor.draft = (exhibitor.draft or exhibitor.content()) | {"documents": pks}
    exhibitor.version += 1
    exhibitor.save(update_fields=["draft", "version"])
    others = exhibitor.files.exclude(pk__in=[*pks, *exhibitor.documents]).order_by("-pk")
    exhibitor.files.filter(pk__in=list(others.values_list("pk", flat=True)[KEPT:])).delete()
