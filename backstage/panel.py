"""The channel behind the stage as pages show it."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from backstage.models import Remark, data
from common.contract import Entry, Link
from people.permissions import can
from sessions.models import Edition, Session


def channel(thing: Session | Edition) -> dict[str, Any]:
    """The newest lines of a channel and where one writes."""
    if isinstance(thing, Session):
        address, kind = reverse("backstage:session", args=[thing.pk]), "session"
    else:
        address, kind = reverse("backstage:edition", args=[thing.slug]), "edition"
    return {
        "channel": f"{kind}-{thing.pk}",
        "address": address,
        "lines": [data(line) for line in Remark.newest(thing)],
        "client_id": uuid.uuid4(),
    }


def panel(page: Any, session: Session) -> dict[str, Any]:
    """The panel of a session page: for those who run it; others get nothing."""
    return channel(session) if can(page["request"].user, "backstage.join", session) else {}


def _edition(request: Any, edition: Any) -> Entry | None:
    if edition is None or not can(request.user, "backstage.edition", edition):
        return None
    return Entry(_("Back stage"), reverse("backstage:edition", args=[edition.slug]))


LINKS = [Link("edition", _edition)]
