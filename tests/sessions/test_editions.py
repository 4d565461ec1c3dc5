"""Which edition the front page and the header are of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions.models import Edition, HostCity
from tests import world

pytestmark = pytest.mark.django_db


def test_an_edition_without_sessions_takes_no_others_place():
    edition = Edition.objects.get(pk=world.build()["edition"])
    today = timezone.now().date()
    Edition.objects.filter(pk=edition.pk).update(start_date=today, end_date=today)
    sooner = {"start_date": today - timedelta(days=1), "end_date": today}
    planned = Edition.objects.create(name="Planned", slug="planned", host_city=HostCity.objects.first(), **sooner)
    assert Edition.current() == edition
    edition.sessions.all().delete()
    assert Edition.current() == planned  # better than none


def test_there_may_be_none():
    assert Edition.current() is None
