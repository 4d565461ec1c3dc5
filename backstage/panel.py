"""The channel behind the stage as pages show it."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from backstage.models import Remark, Whole, data
from common.contract import Entry, Link
from people.permissions import can
from sessions.models import Edition, Session
from show.models import StageShow


def channel(thing: Whole) -> dict[str, Any]:
    """The newest lines of a channel and where one writes."""
    if isinstance(thing, Session):
        name, address = f"session-{thing.pk}", reverse("backstage:session", args=[thing.pk])
    elif isinstance(thing, StageShow):
        name, address = f"stage-{thing.stage_id}", reverse("backstage:stage", args=[thing.stage_id])
    else:
        name, address = f"edition-{thing.pk}", reverse("backstage:edition", args=[thing.slug])
    return {
        "channel": name,
        "address": address,
        "lines": [data(line) for line in _newest(thing)],
        "client_id": uuid.uuid4(),
    }


def _newest(thing: Whole) -> list[Remark]:
    return [] if isinstance(thing, Session) and thing.lacks("remarks") else Remark.newest(thing)


def panel(page: Any, session: Session) -> dict[str, Any]:
    """The panel of a session page: for those who run it; others get nothing."""
    return channel(session) if can(page["request"].user, "backstage.join", session) else {}


def beside_control(page: Any, edition: Edition) -> dict[str, Any]:
    """Beside the control room: the channel of the edition."""
    return channel(edition) if can(page["request"].user, "backstage.edition", edition) else {}


def _stage(request: Any, show: Any) -> Entry | None:
    """The link in the caller's view of a stage."""
    if not can(request.user, "backstage.stage", show):
        return None
    return Entry(_("Back stage"), reverse("backstage:stage", args=[show.stage_id]))


def _edition(request: Any, edition: Any) -> Entry | None:
    if edition is None or not can(request.user, "backstage.edition", edition):
        return None
    return Entry(_("Back stage"), reverse("backstage:edition", args=[edition.slug]), "headphones")


LINKS = [Link("edition", _edition), Link("stage", _stage)]
