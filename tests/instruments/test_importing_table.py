"""A csv file from elsewhere is read as it is meant, or refused with its line and what to do."""

from __future__ import annotations

import pytest

from instruments import importing_table
from instruments.errors import BadInput
from instruments.importing_table import Table, read_table, why_not_width

SECRET = "canary7731"


def cells(data: bytes) -> list[tuple[str, ...]]:
    """Return header and rows of `data`."""
    table = read_table(data, "a.csv")
    return [table.header, *(line.cells for line in table.lines)]


@pytest.mark.parametrize(
    "data",
    [
        b"q1,q2\n1,two words\n",
        b"\xef\xbb\xbfq1,q2\r\n1,two words\r\n",
        b"q1;q2\n1;two words\n",
        b"q1\tq2\n1\ttwo words",
        b'"q1","q2"\n"1","two words"\n',
        b"q1,q2\r1,two words\r",
        b"\n\n q1 , q2 \n\n1,  two words\n,\n",
    ],
)
def test_marks_of_order_delimiters_quotes_and_line_ends_are_taken(data: bytes) -> None:
    """Byte-order mark, comma, semicolon, tab, quotes, LF, CRLF, CR, blank lines and outer spaces."""
    assert cells(data) == [("q1", "q2"), ("1", "two words")]


def test_the_delimiter_is_found_outside_of_quotes() -> None:
    assert cells(b'"a, b, c";q2\n1;2\n') == [("a, b, c", "q2"), ("1", "2")]


def test_a_row_over_several_lines_counts_from_where_it_begins() -> None:
    table = read_table(b'q1,q2\n1,"two\nlines"\n3,4\n', "a.csv")
    assert [(line.number, line.cells[1]) for line in table.lines] == [(2, "two\nlines"), (4, "4")]


@pytest.mark.parametrize(
    ("data", "line", "found"),
    [
        (b"", 1, "an empty file"),
        (b"\n \n", 1, "an empty file"),
        (b"\xef\xbb\xbf", 1, "an empty file"),
        (f"q1\n1\n{SECRET}\xe4".encode("latin-1"), 3, "not UTF-8"),
        (b"q1\n1\n" + SECRET.encode() + b"\0", 3, "NUL"),
        ("q1,q2\n1,2\n".encode("utf-16"), 1, "NUL"),
        (b"PK\x03\x04\x00\x00", 1, "NUL"),
        (f'q1,q2\n1,"{SECRET}\n3,4\n'.encode(), 2, "cannot be read as csv"),
        (f'q1,q2\n1,"{SECRET}"x\n'.encode(), 2, "cannot be read as csv"),
        (b"q1\n" + SECRET.encode() * 20_000, 2, "cannot be read as csv"),
        (b"q1,q2,q1\n1,2,3\n", 1, "the same name in columns 1 and 3"),
        (f"{SECRET},5,{SECRET}\n1,2,3\n".encode(), 1, "the same name in columns 1 and 3"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(data: bytes, line: int, found: str) -> None:
    """The fault names file, line, found, expected; an answer that stands there is not repeated."""
    with pytest.raises(BadInput) as error:
        read_table(data, "a.csv")
    (fault,) = error.value.faults
    assert (fault.file, fault.line) == ("a.csv", line)
    assert found in fault.found
    assert fault.expected
    assert error.value.todo
    assert SECRET not in str(fault) + error.value.message


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing_table, "MAX_BYTES", 10)
    with pytest.raises(BadInput) as error:
        read_table(b"q1\n12345678", "a.csv")
    assert "at most 10 bytes" in str(error.value.faults[0])


@pytest.mark.parametrize(("row", "fits"), [("1,2", True), ("1,2,,", True), ("1", False), ("1,2,3", False)])
def test_a_row_has_as_many_cells_as_the_header(row: str, fits: bool) -> None:
    """Empty cells at the end do no harm."""
    table: Table = read_table(f"q1,q2\n{row}\n".encode(), "a.csv")
    reason = why_not_width(table.lines[0], 2)
    assert (reason == "") is fits
    assert fits or "expected 2" in reason
