"""Files of registrations as large as uploads may be, read in little memory; and hostile ones."""

import json

import pytest

from tests.memory import megabytes

PREPARE = """
from people.refusal import Refused
from registration.imports.reading import read
"""
READ = """
count, told = 0, ""
with open({path!r}, "rb") as file:
    try:
        for _line, cells in read(file).rows:
            count += 1
    except Refused as refusal:
        told = str(refusal)
assert {outcome}, (count, told)
"""


def peak(path, outcome):
    return megabytes(PREPARE, READ.format(path=str(path), outcome=outcome))


def orders(count, comment):
    """Orders as pretix exports them, about 700 bytes each."""
    position = {"positionid": 1, "item": 1, "attendee_name": "Ada", "attendee_email": "a@example.org", "answers": [
        {"question": n, "answer": "x"} for n in range(12)]}  # fmt: skip
    for number in range(count):
        yield json.dumps({"code": f"X{number}", "status": "p", "comment": comment, "positions": [position]})


@pytest.mark.parametrize("comment", ["x", "💬 non-Latin"])
def test_a_json_of_36_mb_takes_a_few(tmp_path, comment):
    path, count = tmp_path / "orders.json", 58_000
    with path.open("w") as file:
        file.write('{"event": {"items": [{"id": 1, "name": "Online"}], "orders": [')
        file.write(",\n".join(orders(count, comment)))
        file.write("]}}")
    assert 30_000_000 < path.stat().st_size < 45_000_000
    assert peak(path, f"count == {count}") < 40


def test_a_csv_of_36_mb_takes_a_few(tmp_path):
    path = tmp_path / "people.csv"
    with path.open("w", encoding="cp1252") as file:
        file.write("ticket;email;name\n")
        file.writelines(f"A{n};a{n}@example.org;{'Škoda' if n % 50 == 0 else ''}{'x' * 320}\n" for n in range(100_000))
    assert path.stat().st_size > 30_000_000
    assert peak(path, "count == 100_000") < 40


@pytest.mark.parametrize(
    "parts",
    [
        (b'{"event": {"orders": [', b"[],", b"[]]}}"),
        (b'{"event": {"orders": [{"code": "X", "positions": [', b"{},", b"{}]}]}}"),
        (b'{"event": {"orders": [{"code": "', b"x", b'"}]}}'),
        (b"", b"[", b""),
        (b'{"event": ', b'{"event": ', b""),
        (b'{"event": {"quotas": [', b"{},", b'{}], "orders": []}}'),
        (b'{"event": {"items": [', b'{"id": 1},', b"1]}}"),
        (b"", b"\n", b"{"),
        (b"a,b\n", b'"', b""),
        (b"", b"\n", b"a,b"),
    ],
    ids=["lists", "positions", "text", "deep", "deep keys", "beside", "items", "blank json", "quotes", "blank csv"],
)
def test_hostile_files_of_36_mb_take_no_more_either(tmp_path, parts):
    path, (begin, middle, end) = tmp_path / "hostile", parts
    path.write_bytes(begin + middle * (36_000_000 // len(middle)) + end)
    assert peak(path, "count == 0") < 140
