"""The tries of a code by e-mail are counted one after the other."""

import threading

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from people.code import TypedCodeForm
from people.models import Participant
from tests import world


def test_three_tries_are_three_however_many_come_at_once(transactional_db, monkeypatch):
    """Of forty tries that arrive together three are judged."""
    judged = []
    keep = TypedCodeForm.clean_code
    monkeypatch.setattr(TypedCodeForm, "clean_code", lambda self: judged.append(1) or keep(self))
    cache.clear()
    email = Participant.objects.get(pk=world.build()["people"]["attendee"]).email
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": email})
    start = threading.Barrier(12)

    def guess(number):
        other = Client()
        other.cookies = client.cookies
        start.wait()
        try:
            other.post(reverse("account_confirm_login_code"), {"code": f"WRONG{number}"})
        finally:
            connection.close()

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(judged) == 3
