"""A room whose organisers let texts leave, with readers of English and Spanish, and a service that translates."""

import pytest

from people.models import Participant
from sessions.models import Session
from tests import world
from tests.translation import service as services
from translation import backends, listening
from translation.models import TranslationSettings


@pytest.fixture
def service(settings):
    with services.running() as running:
        settings.TRANSLATION_BACKENDS = ["libretranslate"]
        settings.LIBRETRANSLATE_URL = running.url
        backends._rests_until.clear()
        yield running
    backends._rests_until.clear()


@pytest.fixture(scope="module")
def built(kept):
    made = world.build()
    made["all"] = {role: Participant.objects.get(pk=pk) for role, pk in made["people"].items()}
    # What a session says of itself is translated too: here in no language, where no test says another thing.
    Session.objects.filter(pk=made["session"]).update(title="22@", abstract="")
    made["at"] = Session.objects.select_related("edition").get(pk=made["session"])
    made["key"] = made["at"].room_key
    TranslationSettings.objects.create(edition=made["at"].edition, may_leave=True, terms="Curitiba")
    return made


@pytest.fixture
def place(place):
    listening.note({place["key"]: {"en", "es"}})
    return place
