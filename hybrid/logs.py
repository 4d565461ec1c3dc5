"""Logs tell what happened, not to whom: no e-mail addresses, no query strings, also in what errors say."""

import logging
import re

ADDRESS = re.compile(r"[^\s<>\"(),:;=@\[\]]+@[^\s<>\"'(),:;@\[\]]+")
QUERY = re.compile(r"\?[^\s?\"']*=[^\s\"']*")


class Discreet(logging.Formatter):
    """Writes a record without addresses and queries, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, without addresses and queries."""
        return ADDRESS.sub("[address]", QUERY.sub("?[query]", super().format(record)))
