"""Exports: the same figures in every format, text that nothing runs, the same bytes twice, and a recount."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import struct
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import polars
import pyreadstat
import pytest

from instruments.battery import STANDARD, build_battery
from instruments.catalogue import shipped
from scoring.errors import PrivacyRefused
from scoring.records import PersonRow, RecordTable, Release
from scoring.reference import default_reference
from scoring.rows import ABSENT, HIDDEN, Row
from scoring.tables import codebook
from tests.hostile_texts import FORMULAS
from tests.scoring.test_tables import release
from tui.flows.exporting import FORMATS, MANIFEST, release_files
from tui.flows.exporting_counts import check_counts, record_faults
from tui.flows.exporting_plain import csv_files, parquet_files
from tui.flows.exporting_sav import CODES, dated, sav_files
from tui.flows.exporting_sheets import Column, sheet_of
from tui.flows.exporting_xlsx import BOOK, xlsx_files

BATTERY = build_battery("standard", "en", (), STANDARD, shipped)
DAY = date(2026, 1, 5)


def book_of(made: Release) -> list[Row]:
    return codebook(made, BATTERY, default_reference(BATTERY))


def closed(made: Release) -> Release:
    """Return `made` with the day on which its wave was closed."""
    return msgspec.structs.replace(
        made, header=msgspec.structs.replace(made.header, closed_on=DAY.isoformat())
    )


def named(made: Release, label: str) -> Release:
    """Return `made` with a group that is called `label`."""
    counts = made.counts[0]
    rows = (msgspec.structs.replace(counts.rows[0], group=label), *counts.rows[1:])
    return msgspec.structs.replace(
        made, counts=(msgspec.structs.replace(counts, rows=rows), *made.counts[1:])
    )


def files_of(made: Release) -> dict[str, bytes]:
    return release_files(made, book_of(made), FORMATS, "f" * 64, "test")


def lines_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


FILES = files_of(closed(release(2, 45)))
"""An export with hidden rows, in every format."""
TABLES = [name.removesuffix(".csv") for name in FILES if name.endswith(".csv")]


def read_sav(data: bytes, folder: Path, *, user_missing: bool = False) -> tuple[polars.DataFrame, object]:
    path = folder / "read.sav"
    path.write_bytes(data)
    frame, meta = pyreadstat.read_sav(path, output_format="polars", user_missing=user_missing)
    return frame, meta


def test_the_example_has_hidden_numbers() -> None:
    """Without one the tests below would prove little."""
    assert any(
        HIDDEN in line for name in TABLES for line in lines_of(FILES[f"{name}.csv"]) if name != "codebook"
    )


@pytest.mark.parametrize("name", TABLES)
def test_parquet_and_csv_agree_cell_by_cell(name: str) -> None:
    """A number is the same number, a text the same text; null stands for the mark and the empty cell."""
    titles, *lines = lines_of(FILES[f"{name}.csv"])
    frame = polars.read_parquet(io.BytesIO(FILES[f"{name}.parquet"]))
    assert frame.columns == titles
    assert frame.height == len(lines)
    for place, column in enumerate(frame.get_columns()):
        shown = [line[place] for line in lines]
        if column.dtype == polars.String:
            assert column.to_list() == shown
        else:
            assert column.dtype in {polars.Int64, polars.Float64}
            kind = int if column.dtype == polars.Int64 else float
            assert column.to_list() == [None if one in {HIDDEN, ABSENT} else kind(one) for one in shown]


@pytest.mark.parametrize("name", [one for one in TABLES if one not in {"about", "codebook"}])
def test_sav_and_csv_agree_with_labels_and_missing_codes(name: str, tmp_path: Path) -> None:
    """Every variable is labelled with its title; a hidden number is a user-missing code with its reason."""
    titles, *lines = lines_of(FILES[f"{name}.csv"])
    frame, meta = read_sav(FILES[f"{name}.sav"], tmp_path, user_missing=True)
    assert meta.column_labels == titles
    for place, variable in enumerate(frame.columns):
        labels = meta.variable_value_labels[variable]
        assert "hidden" in labels[-999]
        assert meta.missing_ranges[variable] == [{"lo": -999, "hi": -999}, {"lo": -998, "hi": -998}]
        back = {value: mark for mark, value in CODES.items()}
        for value, line in zip(frame[variable].to_list(), lines, strict=True):
            shown = back.get(value) if value in back else labels.get(value)
            assert (line[place] == shown) if shown is not None else (float(line[place]) == value)
    assert set(meta.variable_measure.values()) <= {"nominal", "ordinal", "scale"}


def test_hidden_numbers_of_a_sav_are_missing_unless_asked_for(tmp_path: Path) -> None:
    """No mean or sum can count a code as a number."""
    for name in TABLES:
        frame, _ = read_sav(FILES[f"{name}.sav"], tmp_path)
        for column in frame.get_columns():
            if column.dtype != polars.String:
                assert not {-999.0, -998.0} & set(column.drop_nulls().to_list())


def test_long_texts_survive_in_a_sav(tmp_path: Path) -> None:
    frame, _ = read_sav(FILES["codebook.sav"], tmp_path)
    shown = lines_of(FILES["codebook.csv"])[1:]
    assert [list(map(str, row)) for row in frame.rows()] == [[c.rstrip() for c in line] for line in shown]
    assert max(len(line[3]) for line in shown) > 255


def test_an_ordered_column_is_ordinal_with_its_codes_in_order(tmp_path: Path) -> None:
    """What a row does not tell is user-missing: no rank of its own."""
    rows = [["tier"], ["b"], ["a"], ["c"], ["withheld"], ["any"]]
    sheet = sheet_of("x", rows, orders={"tier": ("a", "b", "c", "withheld")})
    frame, meta = read_sav(sav_files([sheet], DAY)["x.sav"], tmp_path)
    assert frame["tier"].to_list() == [2.0, 1.0, 3.0, None, None]
    assert "not told" in meta.variable_value_labels["tier"][-997.0]
    assert meta.variable_measure == {"tier": "ordinal"}


@pytest.mark.parametrize(
    ("cells", "is_number"),
    [
        ((1, 2), True),
        ((0.5, 1, HIDDEN, ABSENT), True),
        ((1, ABSENT), True),
        ((HIDDEN,), True),
        ((ABSENT,), False),
        ((1, "x"), False),
        (("x", HIDDEN), False),
        ((), False),
    ],
)
def test_a_column_is_numbers_only_where_all_of_it_is(
    cells: tuple[str | int, ...], *, is_number: bool
) -> None:
    assert Column("x", cells).is_number is is_number


def cells_in(book: bytes) -> str:
    """Return the XML of all sheets."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return "".join(
            archive.read(name).decode() for name in archive.namelist() if "/worksheets/sheet" in name
        )


@pytest.mark.parametrize("text", FORMULAS)
def test_hostile_names_stay_text_in_every_format(text: str, tmp_path: Path) -> None:
    """A group called by a formula: no formula cell, no link, nothing a spreadsheet would run."""
    hostile = named(release(), text)
    files = release_files(hostile, book_of(hostile), FORMATS, "f" * 64, "test")
    name = hostile.counts[0].id
    xml = cells_in(files[BOOK])
    assert "<f" not in xml.replace("<formula", "<f")
    assert "hyperlink" not in xml.lower()
    shown = lines_of(files[f"{name}.csv"])[1][0]
    assert shown == f"'{text}"
    assert polars.read_parquet(io.BytesIO(files[f"{name}.parquet"]))["group"][0] == shown
    _, meta = read_sav(files[f"{name}.sav"], tmp_path)
    assert meta.variable_value_labels["group"][1.0].strip() == shown.strip()


def test_a_workbook_runs_no_text_even_where_none_was_made_harmless() -> None:
    """Behind the apostrophe that every format gets: the cells themselves are text, titles too."""
    rows = [["=1+1", "n"], *([text, 1] for text in FORMULAS), ["https://example.org/x", 2]]
    (book,) = xlsx_files([sheet_of("hostile", rows)], date(2026, 1, 1)).values()
    xml = cells_in(book)
    assert "<f" not in xml.replace("<formula", "<f")
    assert "hyperlink" not in xml.lower()
    assert xml.count('t="s"') == len(FORMULAS) + 3


def test_a_table_without_rows_is_a_table_in_every_format(tmp_path: Path) -> None:
    """Nothing to tell is no reason to fail: the titles stay."""
    sheets = [sheet_of("about", [["what", "value"]]), sheet_of("x", [["group", "hours"]])]
    assert csv_files(sheets, DAY)["x.csv"] == b"group,hours\r\n"
    assert polars.read_parquet(io.BytesIO(parquet_files(sheets, DAY)["x.parquet"])).columns == [
        "group",
        "hours",
    ]
    assert "hours" in str(
        zipfile.ZipFile(io.BytesIO(xlsx_files(sheets, DAY)[BOOK])).read("xl/sharedStrings.xml")
    )
    for data in sav_files(sheets, DAY).values():
        frame, meta = read_sav(data, tmp_path)
        assert frame.height == 0
        assert len(meta.column_labels) == 2


def test_a_column_of_many_texts_stays_text(tmp_path: Path) -> None:
    """Numbers of rows are no categories."""
    rows = [["id"], *([f"r{number:08x}"] for number in range(200))]
    frame, meta = read_sav(sav_files([sheet_of("x", rows)], DAY)["x.sav"], tmp_path)
    assert frame["id"].to_list() == [row[0] for row in rows[1:]]
    assert meta.variable_value_labels == {}


def parsed(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314 - a file of our own


def shown_in(book: bytes) -> dict[str, list[list[str | float]]]:
    """Return the cells of every sheet by its name, read from the workbook's XML."""
    spaces = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: parsed(archive.read(name)) for name in archive.namelist() if "xl/w" in name}
        texts = parsed(archive.read("xl/sharedStrings.xml"))
    strings = ["".join(one.itertext()) for one in texts.findall("m:si", spaces)]
    found: dict[str, list[list[str | float]]] = {}
    for number, sheet in enumerate(parts["xl/workbook.xml"].iterfind("m:sheets/m:sheet", spaces), start=1):
        rows = parts[f"xl/worksheets/sheet{number}.xml"].iterfind("m:sheetData/m:row", spaces)
        found[sheet.attrib["name"]] = [
            [
                strings[int(value)] if cell.get("t") == "s" else float(value)
                for cell in row.iterfind("m:c", spaces)
                if (value := cell.findtext("m:v", namespaces=spaces)) is not None
            ]
            for row in rows
        ]
    return found


def test_workbook_and_csv_agree_cell_by_cell() -> None:
    """Every sheet holds the cells of its csv file: numbers as numbers, texts as texts."""
    shown = shown_in(FILES[BOOK])
    assert len(shown) == len(TABLES)
    for (sheet, rows), name in zip(shown.items(), TABLES, strict=True):
        assert name.startswith(sheet.partition("~")[0])
        expected = [[cell for cell in line if cell] for line in lines_of(FILES[f"{name}.csv"])]
        for row, line in zip(rows, expected, strict=True):
            assert [cell if isinstance(cell, str) else float(cell) for cell in row] == [
                text if isinstance(cell, str) else float(text) for cell, text in zip(row, line, strict=True)
            ]


def test_the_same_release_gives_the_same_bytes() -> None:
    assert files_of(closed(release(2, 45))) == FILES


def test_dates_inside_files_are_the_closings() -> None:
    """No clock's time is in a .sav header, a workbook's properties or its zip entries."""
    for name, data in FILES.items():
        if name.endswith(".sav"):
            assert data[92:109] == b"05 Jan 2600:00:00"
            assert struct.unpack("<d", data[84:92])[0] == 100.0
    with zipfile.ZipFile(io.BytesIO(FILES[BOOK])) as archive:
        assert {one.date_time[:3] for one in archive.infolist()} == {(1980, 1, 1)}
        dates = re.findall(r">(\d{4}-\d\d-\d\dT[^<]+)<", archive.read("docProps/core.xml").decode())
    assert dates == ["2026-01-05T00:00:00Z"] * 2


def test_a_header_is_dated_whatever_the_clock_said() -> None:
    """Two files that differ in their header's date and time alone become one."""
    raw = FILES["about.sav"]
    other = raw[:92] + b"22 Nov 3123:59:59" + raw[109:]
    assert dated(other, DAY) == raw
    with pytest.raises(ValueError, match="not a"):
        dated(b"PK" + raw, DAY)


def test_the_manifest_names_every_file_with_its_hash_and_what_it_was_made_from() -> None:
    told = json.loads(FILES[MANIFEST])
    assert {one["name"]: one["sha256"] for one in told["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in FILES.items() if name != MANIFEST
    }
    assert (told["release_sha256"], told["policy_sha256"], told["export_program"]) == ("f" * 64, "p", "test")


def test_every_format_has_its_codebook() -> None:
    assert {"codebook.csv", "codebook.sav", "codebook.parquet"} <= set(FILES)
    with zipfile.ZipFile(io.BytesIO(FILES[BOOK])) as archive:
        assert 'name="codebook"' in archive.read("xl/workbook.xml").decode()


def test_a_count_below_k_is_found_by_the_recount_and_nothing_is_made() -> None:
    """The recount knows nothing of masks: a release that was spoilt does not leave."""
    made = release()
    table = next(one for one in made.counts if one.kind == "tiers")
    rows = (msgspec.structs.replace(table.rows[0], cells=(4, *table.rows[0].cells[1:])), *table.rows[1:])
    bad = msgspec.structs.replace(table, rows=rows)
    spoilt = msgspec.structs.replace(made, counts=tuple(bad if one is table else one for one in made.counts))
    with pytest.raises(PrivacyRefused, match=r"tells of 4 people"):
        files_of(spoilt)


@pytest.mark.parametrize("count", ["1", "2", "3", "4"])
def test_the_recount_reads_answers_of_lists_too(count: str) -> None:
    limits = release().header.thresholds
    check_counts({"tool-stopped-everybody.csv": b"answer,people,counted\nno use,5,60\nother,0,60\n"}, limits)
    with pytest.raises(PrivacyRefused, match=f"{count} people"):
        check_counts(
            {"tool-stopped-everybody.csv": f"answer,people,counted\nx,{count},60\n".encode()}, limits
        )


def person(tier: str, band: str, group: str = "A") -> dict[str, str]:
    return {"id": "x", "group": group, "tier": tier, "safety": band}


def test_the_recount_finds_rare_rows_and_uniform_tiers() -> None:
    """k: five people alike; l: two tiers among people with the same group and bands, unless none is told."""
    fine = [person("coached", "lower")] * 5 + [person("intensive", "lower")] * 5
    assert record_faults(fine, 5) == []
    assert record_faults([*fine, *[person("withheld", "any", "B")] * 5], 5) == []
    assert any("alike" in fault for fault in record_faults([*fine, person("intensive", "any")], 5))
    assert record_faults([person("coached", "lower")] * 9, 5) == [
        "everybody with the same bands has the same tier"
    ]


def test_rows_of_people_are_exported_and_recounted() -> None:
    rows = tuple(
        PersonRow(id=f"{number:02x}", group="A", tier=tier, bands=("lower",))
        for number, tier in enumerate(["coached"] * 5 + ["intensive"] * 6)
    )
    table = RecordTable(
        id="records",
        title="People",
        attribute="department",
        needs=("safety",),
        tiers=("coached", "intensive"),
    )
    made = closed(release())
    files = files_of(msgspec.structs.replace(made, records=(msgspec.structs.replace(table, rows=rows),)))
    assert len(lines_of(files["records.csv"])) == 12
    few = msgspec.structs.replace(table, rows=rows[1:])
    with pytest.raises(PrivacyRefused, match="4 people are alike"):
        files_of(msgspec.structs.replace(made, records=(few,)))
