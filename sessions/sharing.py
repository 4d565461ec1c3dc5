"""What a link to a session shows elsewhere."""

import re
from html import unescape

import nh3
from django.templatetags.static import static

from sessions.models import Session

LONGEST_SUMMARY = 200  # characters


def plain(markup: str) -> str:
    """The text of HTML, its white space single."""
    return re.sub(r"\s+", " ", unescape(nh3.clean(re.sub(r"<(/p|br|/li|/h\d)", r" <\1", markup), tags=set()))).strip()


def summary(session: Session) -> str:
    """The first words of the abstract."""
    text = plain(session.abstract)
    return text if len(text) <= LONGEST_SUMMARY else f"{text[:LONGEST_SUMMARY].rsplit(' ', 1)[0]} …"


def picture(session: Session) -> str:
    """The address of a picture that other sites show: they take no SVG."""
    return session.poster if session.poster and not session.poster.endswith(".svg") else static("share.png")
