"""What every machine that translates offers."""

from abc import ABC, abstractmethod

AT_ONCE = 40  # texts of one request
WITHIN = 8.0  # seconds for one request


class Failed(Exception):
    """A machine did not answer in time, or not as it should; the message says how, without the texts."""


class Backend(ABC):
    """A machine that translates. `leaves`: what it gets is sent out of this server."""

    name = ""
    label = ""
    leaves = True

    @abstractmethod
    def knows(self, source: str, target: str) -> bool:
        """Whether it translates from one language to the other ("en", "es", "ca")."""

    @abstractmethod
    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        """The texts, each on one line, in the other language and the same order. Raises Failed."""
