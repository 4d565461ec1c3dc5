"""The demo's recording: an ended session whose chat, questions and polls move along with it."""

from common.contract import DemoCongress


def fill(congress: DemoCongress) -> None:
    """Later."""
