import pytest
from django.db import transaction


@pytest.fixture
def db(kept):
    """In place of pytest-django's, for modules whose world is `kept`: what a test changes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
