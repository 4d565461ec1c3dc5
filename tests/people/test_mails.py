"""Mails: one that is refused costs the others nothing."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from people import mails


class Choosy(EmailBackend):
    """A server that refuses one address, or goes away."""

    def send_messages(self, messages):
        for message in messages:
            if message.to == ["nobody@example.org"]:
                raise SMTPRecipientsRefused({message.to[0]: (550, b"no such user")})
            if message.to == ["later@example.org"]:
                raise SMTPServerDisconnected
        return super().send_messages(messages)


def test_one_that_is_refused_costs_the_others_nothing(caplog):
    for address in ("nobody@example.org", "ana@example.org"):
        mails.send(address, "Two\nlines", "Words", Choosy())
    assert [(each.to, each.subject) for each in mail.outbox] == [(["ana@example.org"], "Two lines")]
    assert "refused" in caplog.text and "nobody" not in caplog.text


def test_a_server_that_is_away_is_tried_again():
    with pytest.raises(SMTPServerDisconnected):
        mails.send("later@example.org", "Subject", "Words", Choosy())
