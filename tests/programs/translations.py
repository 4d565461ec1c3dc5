"""Translations: what organisers have agreed to."""

from typing import Any

from sessions.models import Edition
from tests import world
from translation.models import TranslationSettings


def agreed() -> dict[str, Any]:
    """The test congress, whose organisers let texts leave the server."""
    made = world.build()
    TranslationSettings.objects.create(edition=Edition.objects.get(pk=made["edition"]), may_leave=True)
    return made
