"""The product: events appended by another process, the doorbell over Redis, the real server."""

import time
from itertools import count

from bench.subjects.message import TEXT, obey


def publish(room: str, times: int) -> float:
    """Append events as a feature does, a burst in one transaction; the moment just before the commit."""
    from django.db import transaction

    from live.log import append

    with transaction.atomic():
        for _ in range(times):
            append(room, "bench.fragment", {"text": TEXT, "number": next(_numbers)})
        return time.monotonic()


_numbers = count()

if __name__ == "__main__":
    import django

    django.setup()
    obey(publish)
