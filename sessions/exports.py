"""What staff take home of a session: a file, with a line in the record."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from common import tables
from people import audit
from people.request import Request
from sessions.models import Session

Write = Callable[[Session], str]


def export(request: Request, session: Session, app: str, form: str, as_csv: Write, as_json: Write) -> HttpResponse:
    """A file of what an app keeps of the session; `form` is "csv" or "json". Raises Http404 for another one."""
    formats = {"csv": (as_csv, tables.CSV), "json": (as_json, "application/json")}
    if form not in formats:
        raise Http404
    write, kind = formats[form]
    audit.record(request.user, f"{app}.export", session.room_key, form=form)
    return tables.download(write(session), f"{app}-{session.pk}.{form}", kind)
