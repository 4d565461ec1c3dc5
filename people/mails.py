"""Mails to people: one that is refused costs the others nothing."""

import logging
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage

REFUSED = (SMTPRecipientsRefused, SMTPDataError)
LONGEST = 200  # letters of a subject
logger = logging.getLogger(__name__)


def send(address: str, subject: str, body: str, connection: Any = None) -> None:
    """Send one mail. A server that is away raises; one that refuses this address or this mail is put into the log."""
    try:
        EmailMessage(" ".join(subject.split())[:LONGEST], body, to=[address], connection=connection).send()
    except REFUSED as error:  # this one; others may be taken
        logger.warning("A mail was refused: %s", type(error).__name__)
