"""What the demo congress has of notices: its release is told by the scheduler, to those who planned around it."""

from common.contract import DemoCongress
from notices.models import Notice


def fill(congress: DemoCongress) -> None:
    """The demo starts again without older notices."""
    Notice.objects.filter(session__edition=congress.edition).delete()
