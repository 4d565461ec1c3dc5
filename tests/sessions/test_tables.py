"""Tables that people open in spreadsheets run nothing there."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tables import as_csv

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


def cells(text, delimiter):
    """The cells as a spreadsheet of that locale finds them."""
    return [
        cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter) for cell in row
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "evil",
    [
        "=1",
        "x;=1+cmd|'/C calc'!A0;",
        "x,=1",
        "x\t@SUM(1)",
        "x\n=1",
        "x\r+1",
        " =1",
        '";=1',
        'x; "=1',
        "\uff1d1",
        "\t=1",
        "'=1",
    ],
)
def test_no_formula_in_any_column_of_any_locale(evil, delimiter):
    text = as_csv(["a", "b"], [{"a": evil, "b": "ok"}, {"a": "ok", "b": evil}])
    assert not [cell for cell in cells(text, delimiter) if cell.strip(' \t"').startswith(tuple(SIGNS))]


@given(st.lists(st.text(alphabet=SIGNS + ";,\t\r\n \"'ab1", max_size=12), min_size=2, max_size=2))
def test_nor_in_any_text(pair):
    text = as_csv(["a", "b"], [dict(zip("ab", pair, strict=True))])
    for delimiter in ",;\t":
        assert not [cell for cell in cells(text, delimiter) if cell.strip(' \t"').startswith(tuple(SIGNS))]


def test_ordinary_text_and_numbers_stay():
    values = {"a": "Ada; a-b, c@d.org", "b": -3}
    assert cells(as_csv(["a", "b"], [values]), ",") == ["a", "b", "Ada; a-b, c@d.org", "-3"]
