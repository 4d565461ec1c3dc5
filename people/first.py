"""The first organiser of a new installation: a link that a command prints, for one person, while there is nobody.

It makes an operator, who has every right here. So it opens once, within a day, only where neither an operator nor an
organiser is, and never in the demo.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import clock
from people import audit
from people.models import FirstLink, Participant, Role
from people.refusal import Refused

LIFETIME = timedelta(hours=24)
ENDED = _("This link is not valid: it opens once, within a day. Print a new one: ./run manage first_organiser")
BEGUN = _("Somebody runs this installation already. Ask them for a role, or sign in with your e-mail address.")
TAKEN = _("Somebody here has this e-mail address. Take another one.")


def is_open() -> bool:
    """Whether this installation waits for its first organiser."""
    if settings.DEMO:
        return False
    operators = Participant.objects.filter(Q(is_superuser=True) | Q(is_staff=True), is_active=True)
    return not operators.exists() and not Role.objects.filter(name=Role.Name.ORGANISER).exists()


def make() -> str:
    """A token that opens the page once. Raises Refused where somebody is already."""
    if not is_open():
        raise Refused(BEGUN)
    token = secrets.token_urlsafe(32)
    FirstLink.objects.filter(expires_at__lte=clock.now()).delete()
    FirstLink.objects.create(digest=_digest(token), expires_at=clock.now() + LIFETIME)
    return token


def begin(token: str, name: str, email: str) -> Participant:
    """The first organiser, an operator; every link ends with it. Raises Refused."""
    with transaction.atomic():
        # Of two who come at once by two links, the second finds that somebody is here.
        links = {link.digest: link for link in FirstLink.objects.select_for_update().order_by("pk")}
        if not is_open():
            raise Refused(BEGUN, 403)
        link = links.get(_digest(token.strip().rpartition("#")[2]))
        if link is None or link.expires_at <= clock.now():
            raise Refused(ENDED, 403)
        if Participant.objects.filter(email=email.strip().lower()).exists():
            raise Refused(TAKEN)
        FirstLink.objects.all().delete()
        organiser = Participant.objects.create_superuser(email, None, name=name)
        audit.record(organiser, "platform.begin", "", organiser.pk)
    return organiser


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
