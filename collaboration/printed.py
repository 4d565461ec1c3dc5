"""The protocol's list as a PDF: each national delegation with its cities, heads first, names in whatever script."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from collaboration.models import Delegate
from collaboration.protocol import nations
from common import clock, fonts
from people.names import plain
from sessions.models import Edition

SIZE, TITLE, NATION, CITY = 9.0, 18.0, 13.0, 10.5  # points
INK, SOFT = (20, 20, 20), (95, 95, 95)
LINE = 0.48  # millimetres for each point of a text
MARGIN = 15.0


Line = tuple[str, float, tuple[int, int, int]]  # a text, its size and colour


class Undrawn(ValueError):
    """No font of this machine draws letters of these scripts."""

    def __init__(self, scripts: list[str]) -> None:
        super().__init__(", ".join(scripts))
        self.scripts = scripts


def as_pdf(edition: Edition) -> bytes:
    """The list as a file. Raises Undrawn where a name would have gaps: the table (CSV) has it whole."""
    groups = nations(edition)
    lines = [(_("Protocol list"), TITLE, INK), (edition.name, NATION, SOFT)]
    for group in groups:
        lines += _part(group["nation"], NATION)
        for city in group["cities"]:
            lines += _part(city, CITY)
    lines = [(plain(text), size, colour) for text, size, colour in lines]
    texts = [text for text, _size, _colour in lines]
    if scripts := fonts.undrawn(texts):
        raise Undrawn(scripts)
    sheet = _sheet(edition, fonts.needed([*texts, "0123456789/"]))
    for text, size, colour in lines:
        _draw(sheet, text, size, colour)
    return bytes(sheet.output())


def _part(delegation: Any, size: float) -> Iterator[Line]:
    """A delegation's name and its people, each in two lines."""
    yield str(delegation), size, INK
    if not delegation.listed:
        yield _("Nobody yet."), SIZE, SOFT
    leads = _("leads the delegation")
    for delegate in delegation.listed:
        name = f"{delegate.name} – {leads}" if delegate.is_head else delegate.name
        state = str(Delegate.State(delegate.state).label)
        yield name, SIZE, INK
        yield " · ".join(filter(None, (delegate.office, delegate.organisation, delegate.city, state))), SIZE, SOFT


def _sheet(edition: Edition, used: Sequence[fonts.Font]) -> Any:
    """An empty list with its title; each page has its number."""
    from fpdf import FPDF  # only where a file is drawn: it takes a while to load

    class Sheet(FPDF):
        """Pages that say which they are."""

        def footer(self) -> None:
            """The number of the page."""
            self.set_y(-MARGIN + 3)
            self.set_font(size=SIZE - 1)
            self.cell(0, SIZE * LINE, f"{self.page_no()} / {{nb}}", align="C")

    sheet = Sheet(format="A4")
    sheet.set_margin(MARGIN)
    sheet.set_title(": ".join([_("Protocol list"), plain(edition.name)]))
    sheet.set_creation_date(clock.now())
    for font in used:
        sheet.add_font(font.name, fname=font.path, collection_font_number=font.face)
    sheet.set_fallback_fonts([font.name for font in used[1:]], exact_match=False)
    sheet.set_font(used[0].name, size=SIZE)
    sheet.add_page()
    return sheet


def _draw(sheet: Any, text: str, size: float, colour: tuple[int, int, int]) -> None:
    """One text, broken where the line ends. A name of a delegation is not left alone at the end of a page."""
    if size > SIZE:
        sheet.ln(size * LINE)
        if sheet.will_page_break(6 * SIZE * LINE):
            sheet.add_page()
    elif colour == INK:
        sheet.ln(1)
        if sheet.will_page_break(2 * SIZE * LINE):
            sheet.add_page()
    sheet.set_text_shaping(use_shaping_engine=fonts.joins(text))  # it takes three times as long
    sheet.set_font(size=size)
    sheet.set_text_color(*colour)
    sheet.multi_cell(0, size * LINE, text, align="R" if get_language_bidi() else "L", new_x="LMARGIN", new_y="NEXT")
