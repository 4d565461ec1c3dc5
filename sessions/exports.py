"""What staff take home of a session or an edition: a file, with a line in the record."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpResponse

from common import tables
from people import audit
from people.request import Request
from sessions.models import Edition, Session

Thing = TypeVar("Thing", Session, Edition)


def export(
    request: Request,
    thing: Thing,
    app: str,
    form: str,
    as_csv: Callable[[Thing], str],
    as_json: Callable[[Thing], str],
    as_xlsx: Callable[[Thing], bytes] | None = None,
) -> HttpResponse:
    """A file of what an app keeps of a session or an edition; `form` is "csv", "json" or, if it is given, "xlsx".

    Raises Http404 for another form.
    """
    formats: dict[str, tuple[Callable[[Thing], str | bytes], str]]
    formats = {"csv": (as_csv, tables.CSV), "json": (as_json, "application/json")}
    if as_xlsx:
        formats["xlsx"] = (as_xlsx, tables.XLSX)
    if form not in formats:
        raise Http404
    write, kind = formats[form]
    audit.record(request.user, f"{app}.export", thing.room_key, form=form)
    name = thing.slug if isinstance(thing, Edition) else thing.pk
    return tables.download(write(thing), f"{app}-{name}.{form}", kind)
