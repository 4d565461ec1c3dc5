"""Tables in every encoding and with every separator that spreadsheets write."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import csvfiles
from common.csvfiles import Unreadable, as_text, records


def rows(data):
    return [cells for _line, cells in records(as_text(io.BytesIO(data))) if cells]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"O\x92Neil,\x8akoda \x8ei\x9eka,\x80", ["O’Neil", "Škoda Žižka", "€"]),
        ("Škoda,Žižka".encode(), ["Škoda", "Žižka"]),
        ("Škoda,Žižka\n".encode() * 9 + b"caf\xe9,x", ["Škoda", "Žižka"]),
        (b"caf\xe9,x\x81", ["café", "x\x81"]),
        ("电子邮件,姓名\n".encode("gb18030"), ["电子邮件", "姓名"]),
        ("José,Peña".encode("latin-1"), ["José", "Peña"]),
        ("Имя,x".encode("utf-16"), ["Имя", "x"]),
        (b"a,b\xff", ["a", "bÿ"]),
    ],
)
def test_encodings(data, found):
    assert rows(data)[0] == found


def test_a_stray_byte_late_in_a_file_spoils_nothing_else():
    table = "Škoda,Žižka\n".encode() * 200_000 + b"O\x92Neil,x\n"
    assert rows(table)[0] == ["Škoda", "Žižka"] and rows(table)[-1] == ["O’Neil", "x"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"Name, first";"Mail, x"\na;b', [["Name, first", "Mail, x"], ["a", "b"]]),
        ("sep=|\na|b,c;d", [["a", "b,c;d"]]),
        ("sep=\t\na\tb", [["a", "b"]]),
        ("a|b\n1|2", [["a", "b"], ["1", "2"]]),
        ("\n\na;b\n1;2", [["a", "b"], ["1", "2"]]),
        ('"Order\ncode";"Mail, x"\n1;2', [["Order\ncode", "Mail, x"], ["1", "2"]]),
        ("only\none", [["only"], ["one"]]),
        ("a;b\nsep=,\n", [["a", "b"], ["sep=,"]]),
    ],
)
def test_separators(text, found):
    assert rows(text.encode()) == found


def test_lines_count_from_the_first_of_the_file():
    found = records(as_text(io.BytesIO(b'sep=;\na;b\n"x\ny";1\n\nz;2\n')))
    assert [(line, cells) for line, cells in found if cells] == [(2, ["a", "b"]), (3, ["x\ny", "1"]), (6, ["z", "2"])]


def test_endless_files_are_refused(monkeypatch):
    monkeypatch.setattr(csvfiles, "MAX_LINES", 10)
    assert len(rows(b"a\n" * 10)) == 10
    with pytest.raises(Unreadable, match="more than 10 lines"):
        rows(b"\n" * 11)


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_unreadable(data):
    for strict in (True, False):
        try:
            found = list(records(as_text(io.BytesIO(data)), strict))
        except Unreadable as error:
            assert str(error)
        else:
            assert all("\0" not in cell for _line, cells in found for cell in cells)
