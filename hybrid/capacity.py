"""How many connections a process takes. Descriptors are kept back for the database, Redis and files, and for pages."""

import resource
from collections import Counter

from django.conf import settings

FILES = 128  # descriptors for listening, Redis, files, and SQLite in some threads
PAGES = 8  # every so many-th connection is kept for HTTP: sockets stay for hours, requests come and go
MOST = 1_048_576  # descriptors; some systems allow a thousand times as many, and tools that walk through them stall


def raise_limit() -> int:
    """Raise the soft limit of descriptors to the hard one. Returns how many the process may have now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = MOST if hard == resource.RLIM_INFINITY else min(hard, MOST)
    if soft == resource.RLIM_INFINITY or soft >= limit:
        return MOST if soft == resource.RLIM_INFINITY else min(soft, MOST)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    return limit


class Places:
    """A bounded number of places, and so many of them for one address (0: as many as there are)."""

    def __init__(self, most: int, per_address: int) -> None:
        self.most = most
        self.per_address = per_address or most
        self.taken = 0
        self._by_address: Counter[str] = Counter()
        self.refused = 0

    def take(self, address: str) -> bool:
        """Take a place for that address; False when there is none."""
        if self.taken >= self.most or self._by_address[address] >= self.per_address:
            self.refused += 1
            return False
        self.taken += 1
        self._by_address[address] += 1
        return True

    def give(self, address: str) -> None:
        """Give a place back."""
        self.taken -= 1
        self._by_address[address] -= 1
        if self._by_address[address] <= 0:
            del self._by_address[address]


def connections_for(descriptors: int) -> int:
    """TCP connections for which a process with so many descriptors has room."""
    pool = settings.DATABASES["default"].get("OPTIONS", {}).get("pool", {})
    return max(16, descriptors - FILES - pool.get("max_size", 0))  # type: ignore[no-any-return]


def sockets_for(connections: int) -> int:
    """How many of them may be websockets."""
    return connections - max(8, connections // PAGES)


descriptors = raise_limit()
_connections = settings.MAX_CONNECTIONS or connections_for(descriptors)
_sockets = min(settings.MAX_SOCKETS or sockets_for(_connections), _connections)
_per_address = settings.MAX_PER_ADDRESS or _sockets * 3 // 4
# Through a proxy all connections come from one address; the sockets' addresses are the clients'.
connections = Places(_connections, 0 if settings.TRUSTED_PROXIES else _per_address)
sockets = Places(_sockets, _per_address)
