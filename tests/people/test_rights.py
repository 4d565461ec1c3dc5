"""The table of rights in the documents is the one that holds."""

from pathlib import Path

from people.management.commands.rights import table

ROOT = Path(__file__).resolve().parents[2]


def test_the_document_has_the_table_that_holds():
    told = "\n".join(line for line in table().splitlines() if "`toy." not in line)  # a feature of the tests
    assert told in (ROOT / "docs" / "people.md").read_text()
