"""Definition files: a good one loads, a bad one is refused with the place of every fault."""

from __future__ import annotations

import time
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.catalogue import load_definition, shipped, shipped_ids
from instruments.errors import BadInput, Fault
from instruments.model import Instrument
from tests.instruments.made import DEFINITION


def faults_of(text: str | bytes) -> tuple[Fault, ...]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(BadInput) as caught:
        load_definition(data, "own.toml")
    assert caught.value.faults
    assert all(fault.file == "own.toml" and fault.found and fault.expected for fault in caught.value.faults)
    return caught.value.faults


def places(text: str) -> list[tuple[int | None, str]]:
    return [(fault.line, fault.key) for fault in faults_of(text)]


def line_with(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


def test_a_definition_without_a_fault_loads() -> None:
    instrument = load_definition(DEFINITION.encode(), "own.toml")
    assert instrument.item("b").reverse
    assert instrument.scale("whole").items == ("a", "b")


def test_windows_line_ends_are_fine() -> None:
    assert load_definition(DEFINITION.replace("\n", "\r\n").encode(), "own.toml").id == "made-up"


FAULTS = [
    ('id = "made-up"', 'id = "Made Up"', "id", "small letters"),
    ('id = "made-up"', 'id = "attributes"', "id", "another id"),
    ('kind = "instrument"', 'kind = "survey"', "kind", "'instrument'"),
    ("schema = 1", 'schema = "one"', "schema", "whole number"),
    ("schema = 1", "schema = true", "schema", "whole number"),
    ("schema = 1", "schema = 0", "schema", "1"),
    ('name = "Made up"', 'name = ["Made up"]', "name", "text"),
    ('name = "Made up"', 'name = "Made up"\nnorms = 3', "norms", "one of schema"),
    ('name = "Made up"', 'name = "Made up"\ndoi = 1999-05-27', "doi", "text"),
    ('name = "Made up"', 'name = "a \\u001b[1m b"', "name", "plain text"),
    ('name = "Made up"', 'name = "a \\u202e b"', "name", "plain text"),
    ('name = "Made up"', 'name = "a [bold]b[/bold]"', "name", "plain text"),
    ('title = { en = "Made up" }', 'title = "Made up"', "title", "texts by language"),
    ('title = { en = "Made up" }', 'title = { English = "Made up" }', "title.English", "language code"),
    ('title = { en = "Made up" }', "title = { en = 3 }", "title.en", "text"),
    ('title = { en = "Made up" }', "title = {}", "title", "a text"),
    ("code = 2", "code = 1", "formats[0].options[1].code", "a code of its own"),
    ("code = 2", "code = 2, value = nan", "formats[0].options[1].value", "finite number"),
    ("code = 2", "code = 2, value = -inf", "formats[0].options[1].value", "finite number"),
    ("code = 2", "code = 2, value = 3", "formats[0].options[2]", None),
    ("code = 2", 'code = "2"', "formats[0].options[1].code", "whole number"),
    (', label = { en = "Perhaps" }', "", "formats[0].options[1]", "a label"),
    ('id = "agreement"', 'id = "agreement"\nlabelled = "ends"', "formats[0].options[1].label", "no label"),
    ('id = "agreement"', 'id = "agreement"\nlabelled = "some"', "formats[0].labelled", "'ends'"),
    ('{ en = "Perhaps" }', '{ en = "<b>Perhaps</b>" }', "formats[0].options[1].label.en", "plain text"),
    ('kind = "text"', 'kind = "slider"', "formats[1].kind", "'rating'"),
    ('kind = "text"', "", "formats[1]", "kind"),
    ('id = "words"', 'id = "agreement"', "formats[1].id", "an id of its own"),
    ('id = "words"', 'id = "words"\nmax_length = 0', "formats[1].max_length", "1 to 20,000"),
    ('items = ["a", "b"]', 'items = ["a", "b", "c"]', "scales[0].items[2]", "the id of one"),
    ('items = ["a", "b"]', 'items = ["a", "b", "a"]', "scales[0].items[2]", "each item once"),
    ('items = ["a", "b"]', 'items = "a"', "scales[0].items", "a list"),
    ('items = ["a", "b"]', 'items = ["a", "b"]\nneed = "money"', "scales[0].need", "'safety'"),
    ('items = ["a", "b"]', 'items = ["a", "b"]\nminimum_share = 2', "scales[0].minimum_share", "at most 1"),
    ('id = "b"', 'id = "a"', "items[1].id", "an id of its own"),
    ('id = "b"', 'id = "b b"', "items[1].id", "letters, digits"),
    ("reverse = true", 'reverse = "yes"', "items[1].reverse", "true or false"),
    ("reverse = true", "revers = true", "items[1].revers", "one of id"),
    ("reverse = true", 'fingerprint = "abc"', "items[1].fingerprint", "64 digits"),
    ('"agreement"\nreverse', '"words"\nreverse', "items[1].reverse", "only choices and ratings"),
    ('"agreement"\nreverse', '"gone"\nreverse', "items[1].format", "the id of one of the formats"),
    ('text = { en = "The kettle is loud." }', "", "items[1]", "a text, or the fingerprint"),
]


@pytest.mark.parametrize(("old", "new", "key", "expected"), FAULTS)
def test_each_fault_is_named_with_its_line_and_key(
    old: str, new: str, key: str, expected: str | None
) -> None:
    """One change to a good file; the fault stands on the changed line or at the element it belongs to."""
    assert DEFINITION.count(old) == 1
    text = DEFINITION.replace(old, new)
    if expected is None:
        text = text.replace("code = 3", "code = 3, value = 3")
        key, expected = "formats[0].options[2].value", "a value of its own"
    found = [fault for fault in faults_of(text) if fault.key == key]
    assert found, places(text)
    assert expected in found[0].expected
    start = DEFINITION[: DEFINITION.index(old)].count("\n") + 1
    assert found[0].line is not None
    assert abs(found[0].line - start) <= 4


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ("revers =", "items[1].revers"),
        ('en = ""', "formats[0].options[1].label.en"),
        ('"zz"', "scales[0].items[1]"),
        ("norms", "norms"),
    ],
)
def test_the_exact_line_is_found_also_inside_lists_and_tables(part: str, key: str) -> None:
    text = (
        DEFINITION.replace("reverse =", "revers =")
        .replace('en = "Perhaps"', 'en = ""')
        .replace('["a", "b"]', '[\n  "a", # the first\n  "zz",\n]')
        .replace("\n[[formats]]", 'norms = """\n[[items]]\nno = 1\n"""\n[[formats]]', 1)
    )
    assert (line_with(text, part), key) in places(text)


def test_every_fault_is_listed_not_only_the_first() -> None:
    """Three items, each with another fault, and one unknown key: all four at once."""
    text = (
        DEFINITION.replace("reverse = true", 'reverse = "yes"\nhint = 1')
        + '\n[[items]]\nid = 7\nformat = "x"\n'
    )
    keys = {key for _, key in places(text)}
    assert {"items[1].reverse", "items[1].hint", "items[2].id"} <= keys


def test_own_questions_may_stand_outside_every_scale() -> None:
    text = DEFINITION.replace('kind = "instrument"', 'kind = "questions"').replace('["a", "b"]', '["a"]')
    assert load_definition(text.encode(), "own.toml").kind == "questions"


def test_an_item_of_an_instrument_in_no_scale_is_refused() -> None:
    text = DEFINITION.replace('["a", "b"]', '["a"]')
    assert places(text) == [(line_with(text, 'id = "b"') - 1, "items[1]")]


def test_a_scale_of_items_with_different_ranges_is_refused() -> None:
    """Their mean would mean nothing."""
    rating = '\n[[formats]]\nkind = "rating"\nid = "line"\nlow = { en = "Low" }\nhigh = { en = "High" }\n'
    text = DEFINITION.replace('"agreement"\nreverse', '"line"\nreverse') + rating
    found = [fault for fault in faults_of(text) if fault.key == "scales[0].items"]
    assert "0-100" in found[0].found


def test_a_rating_whose_step_misses_the_maximum_is_refused() -> None:
    rating = '\n[[formats]]\nkind = "rating"\nid = "line"\nlow = { en = "Low" }\nhigh = { en = "High" }\n'
    assert [key for _, key in places(DEFINITION + rating + "step = 30\n")] == ["formats[2].step"]


def test_row_columns_need_options_or_a_range() -> None:
    rows = (
        '\n[[formats]]\nkind = "rows"\nid = "rows"\nmax_rows = 0\n'
        '[[formats.columns]]\nid = "h"\ntitle = { en = "Hours" }\n'
    )
    assert {key for _, key in places(DEFINITION + rows)} == {"formats[2].max_rows", "formats[2].columns[0]"}


def test_mark_chances_rise_from_fifty_to_a_hundred() -> None:
    mark = (
        '\n[[formats]]\nkind = "mark"\nid = "m"\nflagged = { en = "Look" }\nfine = { en = "Fine" }\n'
        "confidences = [95, 55]\n"
    )
    assert [key for _, key in places(DEFINITION + mark)] == ["formats[2].confidences"]


def test_a_later_schema_is_refused_by_name_and_alone() -> None:
    (fault,) = faults_of(DEFINITION.replace("schema = 1", "schema = 2\nnew_thing = 1"))
    assert (fault.line, fault.key) == (1, "schema")
    assert "later careload" in fault.found


def test_toml_faults_have_their_line() -> None:
    assert places("schema = 1\nid = = 2\n") == [(2, "")]
    assert places("schema = 1\nid = 1\nid = 2\n")[0][0] == 3
    assert places('schema = 1\nname = "open\n')[0][0] == 2
    assert places('a = """\nnever closed')[0][0] == 2


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066"])
def test_control_characters_are_refused_with_every_line(control: str) -> None:
    text = DEFINITION.replace("Perhaps", f"Per{control}haps").replace("loud", f"lo{control}ud")
    assert [line for line, _ in places(text)] == [
        line_with(DEFINITION, "Perhaps"),
        line_with(DEFINITION, "loud"),
    ]


def test_other_bytes_than_utf8_are_refused_with_their_line() -> None:
    (fault,) = faults_of(DEFINITION.encode().replace(b"Perhaps", b"Perhaps\xff"))
    assert (fault.line, fault.found) == (line_with(DEFINITION, "Perhaps"), "the byte 0xff")


def test_a_file_over_one_mebibyte_is_refused() -> None:
    (fault,) = faults_of(DEFINITION.encode() + b"#" * 1024 * 1024)
    assert "1,048,576" in fault.expected


@pytest.mark.parametrize(
    "bomb",
    [
        b"a = " + b"[" * 100_000,
        b"a." * 300_000 + b"b = 1",
        b"[" + b"a." * 300_000 + b"b]",
        b'x = {a = """b"""", ' + b"a." * 300_000 + b'b = "1"}',
        b"x = " + b"1" * 100_000,
        b'"""' + b'\\"""' * 200_000,
        b"'''" + b"'" * 500_000,
    ],
    ids=["brackets", "dotted key", "dotted header", "hidden by a string", "number", "quotes", "apostrophes"],
)
def test_files_made_to_choke_a_reader_are_refused_quickly(bomb: bytes) -> None:
    """In processor time, which a busy machine does not stretch: a bomb that goes off takes minutes."""
    start = time.process_time()
    assert len(faults_of(bomb)) == 1
    assert time.process_time() - start < 20


def load_or_place(data: bytes) -> Instrument | tuple[Fault, ...]:
    """Return what is in `data`, or every fault after checking that each has file, found and expected."""
    try:
        return load_definition(data, "any.toml")
    except BadInput as error:
        faults = error.faults
    assert faults
    assert all(fault.file == "any.toml" and fault.found and fault.expected for fault in faults)
    assert all(str(fault).isprintable() for fault in faults)
    return faults


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_place(data: bytes) -> None:
    assert isinstance(load_or_place(data), tuple)


VALUES = st.sampled_from(
    [
        "nan",
        "-1",
        "true",
        '"x"',
        "[]",
        "{}",
        "[[[1]]]",
        "{ en = 3 }",
        "1979-05-27",
        "9" * 30,
        '"\\u0007"',
        '""',
    ]
)


@given(st.sampled_from(shipped_ids()), st.data())
def test_a_shipped_file_with_one_value_changed_loads_or_every_fault_has_its_line(
    name: str, data: st.DataObject
) -> None:
    lines = (resources.files("instruments") / "data" / f"{name}.toml").read_text("utf-8").split("\n")
    simple = [n for n, line in enumerate(lines) if " = " in line and line[0] != " " and line[-1] != "["]
    number = data.draw(st.sampled_from(simple))
    lines[number] = f"{lines[number].split(' = ')[0]} = {data.draw(VALUES)}"
    outcome = load_or_place("\n".join(lines).encode())
    if isinstance(outcome, tuple):
        assert all(fault.line is not None and 1 <= fault.line <= len(lines) for fault in outcome)
    else:
        assert outcome.items


@given(st.data())
def test_a_file_with_pieces_cut_or_doubled_loads_or_is_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(DEFINITION)))
    end = data.draw(st.integers(start, len(DEFINITION)))
    piece = data.draw(st.sampled_from(["", DEFINITION[start:end] * 2, "[[items]]\n", "\n}", '"""', "#"]))
    mutated = DEFINITION[:start] + piece + DEFINITION[end:]
    outcome = load_or_place(mutated.encode())
    assert outcome if isinstance(outcome, tuple) else outcome.items


def test_shipped_definitions_are_read_once() -> None:
    assert shipped("slack") is shipped("slack")
