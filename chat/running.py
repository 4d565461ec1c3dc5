"""What those who run the show see of chats."""

from collections.abc import Collection
from datetime import timedelta

from django.db import connection
from django.utils.translation import ngettext

from common import clock
from common.contract import Fact

SPAN = timedelta(minutes=1)
MOST = 1000  # of a session's newest messages that are looked at: they have no index by time, which writers would pay
RATES = """
SELECT session.id, (
    SELECT count(*) FROM (
        SELECT sent_at FROM chat_message WHERE session_id = session.id ORDER BY seq DESC LIMIT %s
    ) AS newest WHERE newest.sent_at > %s
) FROM congress_session AS session WHERE session.id IN ({these})
"""


def rates(session_ids: Collection[int]) -> dict[int, int]:
    """Session id -> messages of the last minute, MOST at most, for those with any."""
    if not session_ids:
        return {}
    moment = connection.ops.adapt_datetimefield_value(clock.now() - SPAN)
    with connection.cursor() as cursor:
        cursor.execute(RATES.format(these=", ".join(["%s"] * len(session_ids))), [MOST, moment, *session_ids])
        return {pk: count for pk, count in cursor.fetchall() if count}


def _words(number: int) -> str:
    return ngettext("%(number)s message a minute", "%(number)s messages a minute", number) % {"number": number}


FACTS = [Fact(rates, _words, "messages-square", "sessions:session")]
