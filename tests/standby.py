"""A PostgreSQL primary with a standby that streams from it, lags, and takes its place on the same port."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests import servers


class Pair:
    """`url` leads to the primary, whichever of the two it is."""

    def __init__(self, home: servers.Path, other: servers.Path) -> None:
        self.url, self._primary = servers.start_postgres(servers.new_cluster(home), servers.free_port(), durable=True)
        self._data = servers.copy_cluster(self.url, other)
        self._copy, self._standby = servers.start_postgres(self._data, servers.free_port())

    def lag(self) -> None:
        """Let the standby have all that was written until now, and nothing more."""
        with psycopg.connect(self.url) as primary, psycopg.connect(self._copy, autocommit=True) as standby:
            upto = primary.execute("SELECT pg_current_wal_flush_lsn()").fetchone()
            behind = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
            servers.wait_until(lambda: standby.execute(behind, upto).fetchone() == (True,), self._standby, self._log)
        servers.stop(self._standby, signal.SIGINT)

    def promote(self) -> None:
        """The primary dies, and the standby takes its place."""
        port = int(self.url.rpartition(":")[2].partition("/")[0])
        servers.stop(self._primary, signal.SIGQUIT)
        _url, self._standby = servers.start_postgres(self._data, port, "primary_conninfo=")
        servers.promote(self._data)

    @property
    def _log(self) -> servers.Path:
        return self._data.parent / "log"

    def stop(self) -> None:
        """Both end."""
        servers.stop_all([self._primary, self._standby], signal.SIGINT)


@contextmanager
def pair() -> Iterator[Pair]:
    """A primary with its standby."""
    with servers.folder() as home, servers.folder() as other:
        made = Pair(home, other)
        try:
            yield made
        finally:
            made.stop()
