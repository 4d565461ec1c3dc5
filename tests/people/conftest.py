import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """A transaction around a module's tests: a world is built once, and each test begins with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def db(kept):
    """In place of pytest-django's, for modules whose world is `kept`: what a test changes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
