"""Where sign-ins are kept: Django's table, asked by every request of somebody who is signed in."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from common import clock
from common.prepared import Prepared

_BY_KEY = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))


class SessionStore(db.SessionStore):
    """Django's, but the SQL of the question whether somebody is signed in is made once."""

    def _get_session_from_db(self) -> Any:
        """The row of a sign-in that has not expired. Where there is none, the key is given up, as Django does."""
        for found in _BY_KEY.ask(self.session_key, clock.now()):
            return found
        self._session_key = None
        return None
