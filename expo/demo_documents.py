"""Leaflets of the demo's exhibitors: one page each, with the claim of the stand."""

from collections.abc import Sequence
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile

from common.uploads import fields_of
from expo import documents
from expo.models import Exhibitor

EVERY = 3  # of the exhibitors one has a leaflet


def lay_out(exhibitors: Sequence[Exhibitor]) -> None:
    """Give some exhibitors a leaflet that everybody may save."""
    for exhibitor in exhibitors[::EVERY]:
        page = BytesIO(_page([exhibitor.name, exhibitor.claim]))
        fields = fields_of(UploadedFile(page, "leaflet.pdf", size=len(page.getvalue())))
        documents.add(exhibitor, {**fields, "caption": "Leaflet"})
        exhibitor.documents, exhibitor.draft = exhibitor.draft["documents"], {}
        exhibitor.save(update_fields=["documents", "draft"])


def _page(lines: Sequence[str]) -> bytes:
    """A PDF of one A5 page with these lines; letters that its plain font lacks are left out."""
    shown = [line.encode("cp1252", "ignore").translate(None, b"()\\") for line in lines]
    text = b"BT /F 20 Tf 40 520 Td 28 TL " + b" ".join(b"(%s) Tj T*" % line for line in shown) + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, trailer)
