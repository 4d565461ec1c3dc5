"""Tables that people open in spreadsheets run nothing there."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tables import as_csv

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


def cells(text):
    """The cells as a spreadsheet finds them."""
    return [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")) for cell in row]


@pytest.mark.parametrize(
    "evil",
    [
        "=1",
        "+1+cmd|'/C calc'!A0",
        "-1+1",
        "@SUM(1)",
        " =1",
        "\t=1",
        "\r=1",
        "\n@x",
        "\uff1d1",
        "--1",
        "-",
        "=",
        "+34 93 =1",
        "-A1",
    ],
)
def test_a_formula_gets_one_apostrophe_at_the_cell_s_start(evil):
    found = cells(as_csv(["a", "b"], [{"a": evil, "b": "ok"}, {"a": "ok", "b": evil}]))
    assert [found[2], found[5]] == [f"'{evil}"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Trams, -buses; =same, @home",
        "a\n- one\n- two\t+three",
        "'=1",
        '"=1',
        "x;=1",
        "-3",
        "+2.5",
        "-1,5 %".replace(" ", ""),
        "+34 932 332 000",
        "-12:30",
        "a-b, c@d.org",
        "Q&A: 1+1=2?",
        "",
    ],
)
def test_what_is_no_formula_stays(text):
    assert cells(as_csv(["a", "b"], [{"a": text, "b": -3}])) == ["a", "b", text, "-3"]


@given(st.text(alphabet=SIGNS + ";,\t\r\n \"'ab1", max_size=12))
def test_any_text_comes_back_and_is_no_formula(text):
    cell = cells(as_csv(["a"], [{"a": text}]))[1]
    assert cell in (text, f"'{text}")
    assert cell.strip()[:1] not in SIGNS or not cell.strip() or cell.strip("+-0123456789.,:% ") == ""
