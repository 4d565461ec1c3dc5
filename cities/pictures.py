"""Pictures of cases: who adds, takes out and reads them. As words, they are public once an editor published them."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from cities.models import Case, CasePicture, State
from cities.trust import is_team, on_record
from cities.writing import changed
from people.models import Participant
from people.permissions import can
from people.refusal import Refused

MOST = 6  # of a case
CARD = 640  # pixels of the longer side, in lists
UNDER_REVIEW = frozenset({State.REVIEW, State.RETURNED})


def add(case: Case, fields: dict[str, Any], by: Participant) -> CasePicture:
    """A picture of what is written, the case being locked. Raises Refused: too many, or while an editor looks at it."""
    changed(case)
    if case.pictures.written().count() >= MOST:
        raise Refused(_("A case has at most %(most)d pictures. Take one out first.") % {"most": MOST})
    picture: CasePicture = CasePicture.objects.create(case=case, by=by, **fields)
    return picture


def remove(case: Case, pk: uuid.UUID) -> None:
    """Take one out of what is written; what was published stays with its version. Raises Refused during a review."""
    changed(case)
    case.pictures.filter(pk=pk, was_public=False).delete()
    case.pictures.filter(pk=pk).update(in_draft=False)


def publish(case: Case) -> list[str]:
    """From now on everybody sees what was written; the ids, for the version."""
    case.pictures.public().update(is_public=False)
    case.pictures.written().update(is_public=True, was_public=True)
    return [str(pk) for pk in case.pictures.public().values_list("pk", flat=True)]


def erase(picture: CasePicture, by: Participant) -> None:
    """It is gone at once, of the published page and of all versions: an editor's last means."""
    on_record(by, "erase", case=picture.case_id)
    picture.delete()


def may_read(user: Any, picture: CasePicture) -> bool:
    """Whether somebody may see a picture: everybody what was published, its team all, editors what is reviewed."""
    case = picture.case
    if (picture.was_public and case.is_public) or is_team(user, case):
        return True
    return (picture.was_public or case.state in UNDER_REVIEW) and can(user, "cities.edit", case)
