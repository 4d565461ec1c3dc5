"""Files that people send, for any app: what they are is told by their content, never by their name.

An app makes its own model of `Upload`, with its own rights: nothing is in a public folder, every file is asked for by
a view. They are in the database, so that every server has them and a backup is whole.
"""

import io
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from PIL import Image

from common import pdf
from common.forms import Text
from common.pictures import drawn
from common.versions import DRAWN_FROM, fingerprint

MAX_BYTES = 800_000  # of a file; a request has at most 1 MB (hybrid/guards.py)
MAX_NAME = 120
MAX_CAPTION = 160
SIDE = 1600  # pixels of a picture's longer side at most
PICTURE, DOCUMENT = "image/webp", "application/pdf"
REPLACED = _("Somebody else has changed the picture meanwhile. Look at it; what you send now replaces it.")
TOO_LARGE = _("The file is larger than 800 kB. Make it smaller and send it again.")


class Uploads(models.Manager[Any]):
    """Uploads without their bytes, which only `served` fetches."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Rows that fetch `data` when it is asked for."""
        return super().get_queryset().defer("data")


class Upload(models.Model):
    """A picture, drawn anew, or a PDF in which nothing acts. `width` and `height` are a picture's pixels, else 0."""

    name = models.CharField(max_length=MAX_NAME)
    kind = models.CharField(max_length=40)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[Any]] = Uploads()

    class Meta:
        abstract = True

    @property
    def is_picture(self) -> bool:
        """Whether a page may show it."""
        return self.kind == PICTURE


def picture_of(upload: Any, side: int, largest: int = MAX_BYTES) -> dict[str, Any]:
    """The fields of an `Upload` that is a picture, its longer side of at most `side` pixels. Raises ValidationError."""
    if upload.size > largest:
        raise ValidationError(TOO_LARGE)
    picture = drawn(upload, side)
    sizes = {"width": picture.width, "height": picture.height}
    return {
        "name": str(upload.name)[-MAX_NAME:],
        "kind": PICTURE,
        "data": picture.data,
        "size": len(picture.data),
        **sizes,
    }


def of_image(image: Image.Image, name: str, side: int = SIDE) -> dict[str, Any]:
    """The fields of an `Upload` of an image that a program has drawn."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return picture_of(SimpleUploadedFile(name, out.getvalue()), side)


class PictureField(forms.FileField):
    """A picture that somebody sends; its value are the fields of an `Upload`, `side` pixels at most."""

    def __init__(self, side: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.side = side
        self.widget.attrs |= {"accept": "image/png,image/jpeg,image/webp", "data-largest": MAX_BYTES}

    def clean(self, data: Any, initial: Any = None) -> dict[str, Any]:
        """The picture, drawn anew. Raises ValidationError for what is none."""
        return picture_of(super().clean(data, initial), self.side)


class PictureForm(forms.Form):
    """A picture that was sent as `file`, a PictureField of the form that inherits this, or `remove`: none any more.

    `shows` stands for the picture that is there now, as a plain value: the form carries its fingerprint, and who sends
    it over a picture that they have not seen hears so first.
    """

    def __init__(self, data: Any = None, files: Any = None, *, shows: Any = None) -> None:
        super().__init__(data, files)
        self._mark = self.data.get(DRAWN_FROM) or fingerprint(shows)

    @property
    def version(self) -> SafeString:
        """The hidden field with the fingerprint."""
        return format_html('<input type="hidden" name="{}" value="{}">', DRAWN_FROM, self._mark)

    def has_seen(self, shows: Any) -> bool:
        """Whether who sent it saw what is there now, which is locked; else the form says so, and may be sent again."""
        self._mark = fingerprint(shows)
        if self.data.get(DRAWN_FROM, self._mark) == self._mark:
            return True
        self.errors.clear()
        self.add_error("file", REPLACED)
        return False

    def is_valid(self) -> bool:
        """Whether there is a picture, or none is wanted."""
        return "remove" in self.data or super().is_valid()

    @property
    def picture(self) -> dict[str, Any] | None:
        """The fields of an `Upload`, once the form is valid; None: none any more."""
        return None if "remove" in self.data else self.cleaned_data["file"]


class FileForm(forms.Form):
    """A picture or PDF with what it shows; becomes the fields of an `Upload` that has a caption."""

    file = forms.FileField(
        label=_("Picture or PDF"),
        help_text=_("A picture (made smaller as it is sent), or a PDF of at most 800 kB."),
        widget=forms.ClearableFileInput(
            {"accept": "image/png,image/jpeg,image/webp,application/pdf", "data-largest": MAX_BYTES}
        ),
    )
    caption = Text(label=_("What it shows"), max_length=MAX_CAPTION, help_text=_("Is also read to who cannot see it."))

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="file-%s")

    def clean_file(self) -> dict[str, Any]:
        """What is kept of it; what it is, its content tells."""
        return fields_of(self.cleaned_data["file"])

    def fields_kept(self) -> dict[str, Any]:
        """The fields of the file that is made."""
        return {**self.cleaned_data["file"], "caption": self.cleaned_data["caption"]}


def fields_of(upload: Any) -> dict[str, Any]:
    """The fields of an `Upload`, of a file that was sent. Raises ValidationError with what is wrong."""
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    name = str(upload.name)[-MAX_NAME:]
    head = upload.read(5)
    upload.seek(0)
    if head != b"%PDF-":
        return picture_of(upload, SIDE)
    data = upload.read()
    if not pdf.is_pdf(data):
        raise ValidationError(_("This PDF is not whole. Save it again and send it again."))
    if pdf.acts(data):
        raise ValidationError(
            _("This PDF has scripts, forms, attachments or a password. Print it as a plain PDF and send that.")
        )
    return {"name": name, "kind": DOCUMENT, "data": data, "size": len(data)}


def served(upload: Upload) -> HttpResponse:
    """The file as a response: a picture to be shown, a document to be saved. Nothing in it can run on our pages."""
    response = HttpResponse(bytes(upload.data), content_type=upload.kind)
    response["Content-Disposition"] = content_disposition_header(not upload.is_picture, _name(upload)) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, max_age=600)
    return response


def _name(upload: Upload) -> str:
    stem = upload.name.rpartition(".")[0] or upload.name
    return f"{stem}.{'webp' if upload.is_picture else 'pdf'}"
