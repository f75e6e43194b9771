"""Answers collected elsewhere become the answers that were given; cells are never repeated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.answers import Answer, Choice, Rating, Rows, Text, why_not
from instruments.errors import BadInput
from instruments.importing import How, Reading, read_answers
from instruments.importing_columns import Layout, layout_of
from instruments.model import (
    ChoiceFormat,
    Column,
    Instrument,
    Item,
    Option,
    RatingFormat,
    RowsFormat,
    TextFormat,
)
from instruments.questions import Battery, Part, Wording

AGREE = ChoiceFormat(
    id="agree",
    options=tuple(
        Option(code=code, label={"en": label})
        for code, label in enumerate(("Never", "Don't know", "Often"), 1)
    ),
)
ROWS = RowsFormat(
    id="rows",
    max_rows=2,
    none_label={"en": "I gave none"},
    columns=(
        Column(
            id="to",
            title={"en": "To whom"},
            options=(Option(code=1, label={"en": "A colleague"}), Option(code=2, label={"en": "A manager"})),
        ),
        Column(id="hours", title={"en": "Hours"}, minimum=0.5, maximum=40.0, step=0.5),
    ),
)


def _part(name: str, fmts: tuple[object, ...], items: dict[str, str]) -> Part:
    one = Instrument(
        schema=1,
        id=name,
        kind="questions",
        name=name,
        title={"en": name},
        formats=fmts,  # type: ignore[arg-type]
        items=tuple(Item(id=item, format=fmt, text={"en": "?"}) for item, fmt in items.items()),
    )
    return Part(instrument=one, wording=Wording(status="own", sha256="0" * 64))


BATTERY = Battery(
    name="custom",
    language="en",
    parts=(
        _part("attributes", (AGREE,), {"department": "agree"}),
        _part("one-2020", (AGREE,), {"1": "agree", "2": "agree"}),
        _part(
            "two",
            (RatingFormat(id="line", low={}, high={}), TextFormat(id="words", max_length=20), ROWS),
            {"1": "line", "wish": "words", "gone-wrong": "rows"},
        ),
    ),
)


def read(text: str, **how: object) -> Reading:
    """Read `text` as a file for the made-up battery."""
    return read_answers(text.encode(), "a.csv", BATTERY, How(**how))  # type: ignore[arg-type]


def one(text: str, **how: object) -> dict[str, Answer]:
    """Return the answers of the only row of `text`."""
    reading = read(text, **how)
    assert reading.refused == ()
    return reading.respondents[0].answers


def reasons(text: str, **how: object) -> list[str]:
    """Return place and reason of everything that was not taken of `text`."""
    return [f"{t.line} {t.column}: {t.reason}" for t in read(text, **how).refused]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("3", 3), ("3.0", 3), ("3,0", 3), ("often", 3), (" OFTEN ", 3), ("don\u2019t  know", 2), ("1", 1)],
)
def test_numbers_and_labels_stand_for_the_same_answer(cell: str, code: int) -> None:
    assert one(f'one-2020/1\n"{cell}"\n') == {"one-2020/1": Choice(code=code)}


@pytest.mark.parametrize("cell", ["", "-oth-", "N/A", "na", "#N/A", "NULL", "NaN", "."])
def test_marks_of_a_missing_answer_are_no_answer(cell: str) -> None:
    assert one(f"one-2020/1,one-2020/2\n{cell},1\n") == {"one-2020/2": Choice(code=1)}


def test_a_further_mark_of_a_missing_answer_can_be_named() -> None:
    assert one("one-2020/1,one-2020/2\n-99,1\n", missing=("-99",)) == {"one-2020/2": Choice(code=1)}
    assert one("one-2020/1,one-2020/2\n3,1\n", missing=("3",)) == {"one-2020/2": Choice(code=1)}


@pytest.mark.parametrize("cell", ["4", "0", "-1", "1.5", "A3", "=1+2", "sometimes", "1e0", "\u0664"])
def test_a_value_off_the_scale_refuses_the_row_without_repeating_it(cell: str) -> None:
    (reason,) = reasons(f'one-2020/1,one-2020/2\n"{cell}",1\n')
    expected = "expected 1 to 3, or one of the labels"
    assert reason == f"2 one-2020/1: not an answer to one-2020/1; {expected}"


def test_the_rest_of_a_row_can_be_taken() -> None:
    reading = read("one-2020/1,one-2020/2\n9,1\n9,\n", leave_out_values=True)
    assert [person.answers for person in reading.respondents] == [{"one-2020/2": Choice(code=1)}]
    assert [(t.line, t.column) for t in reading.left_out] == [(2, "one-2020/1"), (3, "one-2020/1")]
    assert [(t.line, t.reason) for t in reading.refused] == [(3, "no answer in the row")]


def test_a_label_that_is_the_number_of_another_answer_is_not_guessed() -> None:
    odd = ChoiceFormat(
        id="odd", options=(Option(code=1, label={"en": "2"}), Option(code=2, label={"en": "3"}))
    )
    battery = Battery(name="custom", language="en", parts=(_part("odd", (odd,), {"a": "odd"}),))
    reading = read_answers(b"odd/a\n1\n2\n3\n", "a.csv", battery)
    assert [person.answers["odd/a"] for person in reading.respondents] == [Choice(code=1), Choice(code=2)]
    assert [trouble.line for trouble in reading.refused] == [3]


@pytest.mark.parametrize(("cell", "value"), [("35", 35), ("35.0", 35), ("0", 0), ("100", 100)])
def test_a_rating_is_a_number_on_its_line(cell: str, value: int) -> None:
    assert one(f"two/1\n{cell}\n") == {"two/1": Rating(value=value)}


@pytest.mark.parametrize("cell", ["37", "101", "-5", "35.5", "much"])
def test_a_rating_off_its_line_is_refused(cell: str) -> None:
    assert reasons(f"two/1\n{cell}\n") == ["2 two/1: not an answer to two/1; expected 0 to 100 in steps of 5"]


def test_a_text_is_kept_as_text_without_control_characters() -> None:
    """A formula stays a text; the export makes it harmless."""
    assert one('two/wish\n"=A1\x1b[31m"\n') == {"two/wish": Text(value="=A1[31m")}
    assert "at most 20 characters" in reasons(f"two/wish\n{'x' * 21}\n")[0]


def test_rows_have_a_column_for_each_entry() -> None:
    header = "two/gone-wrong,two/gone-wrong[1_to],two/gone-wrong[1_hours],two/gone-wrong[2_to],"
    text = header + 'two/gone-wrong[2_hours]\n,2,"1,5",a colleague,3\n'
    assert one(text) == {"two/gone-wrong": Rows(rows=((2.0, 1.5), (1.0, 3.0)))}


@pytest.mark.parametrize("cell", ["0", "none", "i gave NONE"])
def test_no_row_at_all_is_an_answer_too(cell: str) -> None:
    assert one(f"two/gone-wrong\n{cell}\n") == {"two/gone-wrong": Rows()}


@pytest.mark.parametrize("cells", [",1,", ",,2", ",3,1", ",1,0.7", ",1,99", "0,1,1", "some,,"])
def test_half_a_row_or_a_contradiction_is_refused(cells: str) -> None:
    text = f"two/gone-wrong,two/gone-wrong[1_to],two/gone-wrong[1_hours],one-2020/1\n{cells},1\n"
    (reason,) = reasons(text)
    assert "not an answer to two/gone-wrong" in reason


@pytest.mark.parametrize(
    ("header", "layout"),
    [
        ("submitdate,lastpage,x[1]", "limesurvey"),
        ("Q1[1],Q1[2]", "limesurvey"),
        ("record_id,x", "redcap"),
        ("x___1,x___2", "redcap"),
        ("one-2020/1,department", "plain"),
        ("two/gone-wrong[1_to]", "plain"),
    ],
)
def test_the_layout_is_found_out(header: str, layout: Layout) -> None:
    assert layout_of(header.split(","), "a.csv") == layout


def test_an_unclear_layout_is_asked_for() -> None:
    with pytest.raises(BadInput) as error:
        read("record_id,submitdate,one-2020/1\n1,x,1\n")
    assert "--layout" in error.value.todo
    assert one("record_id,submitdate,one-2020/1\n1,x,1\n", layout="limesurvey")


def test_limesurvey_codes_letters_and_own_columns() -> None:
    """Group prefixes, signs left out of codes, A1 and AO03, the free text of -oth-, who did not hand in."""
    text = (
        "id;submitdate;seed;ipaddr;G1Q1[department];one2020[1];one2020[2];one2020[other];gone[wish]\n"
        "1;2026-01-05;9;10.0.0.1;-oth-;A1;AO03;free text;hello\n"
        "2;;9;10.0.0.1;1;1;1;;hello\n"
    )
    reading = read(text)
    assert [person.answers for person in reading.respondents] == [
        {"one-2020/1": Choice(code=1), "one-2020/2": Choice(code=3), "two/wish": Text(value="hello")}
    ]
    assert [(t.line, t.reason) for t in reading.refused] == [
        (3, "not handed in: the column submitdate is empty")
    ]
    assert reading.columns.left_out == ("seed", "ipaddr", "one2020[other]")


def test_redcap_field_names_and_tick_boxes() -> None:
    text = (
        "record_id,redcap_event_name,department___1,department___2,one_2020_1,two_gone_wrong_1_to,"
        "two_gone_wrong_1_hours,survey_complete\n"
        "1,e,0,1,3,1,2,2\n"
        "2,e,1,1,3,,,2\n"
        "3,e,Unchecked,Unchecked,3,,,2\n"
    )
    reading = read(text)
    assert [person.answers for person in reading.respondents] == [
        {
            "attributes/department": Choice(code=2),
            "one-2020/1": Choice(code=3),
            "two/gone-wrong": Rows(rows=((1.0, 2.0),)),
        },
        {"one-2020/1": Choice(code=3)},
    ]
    assert [(t.line, t.column) for t in reading.refused] == [(3, "department___1, department___2")]
    assert read("record_id,department___9,one_2020_1\n1,0,1\n").columns.unknown[0].column == "department___9"


def test_a_bare_item_id_is_taken_when_it_is_the_only_one() -> None:
    reading = read("department,1,colour,two/1\n1,1,blue,5\n")
    assert reading.respondents[0].answers == {
        "attributes/department": Choice(code=1),
        "two/1": Rating(value=5),
    }
    unknown = {one.column: one.reason for one in reading.columns.unknown}
    assert unknown == {
        "1": "it could be any of: one-2020/1, two/1",
        "colour": "no question of the study has this name",
    }
    assert reading.without_column == ("one-2020/1", "one-2020/2", "two/wish", "two/gone-wrong")


def test_a_map_goes_before_names() -> None:
    mapping = {"colour": "one-2020/1", "1": "id", "department": "-"}
    reading = read("department,1,colour\n1,77,2\n1,78,3\n", mapping=mapping)
    assert [(p.name, p.answers) for p in reading.respondents] == [
        ("77", {"one-2020/1": Choice(code=2)}),
        ("78", {"one-2020/1": Choice(code=3)}),
    ]
    assert reading.columns.left_out == ("department",)


def test_a_map_that_does_not_fit_is_refused_with_every_place() -> None:
    with pytest.raises(BadInput) as error:
        read("colour\n1\n", mapping={"color": "one-2020/1", "colour": "one/9"})
    assert [(fault.key, fault.found) for fault in error.value.faults] == [
        ("color", "no such column"),
        ("colour", "'one/9'"),
    ]


def test_two_columns_for_one_question_are_refused() -> None:
    with pytest.raises(BadInput) as error:
        read("department,attributes/department\n1,2\n")
    assert "department, attributes/department" in str(error.value.faults[0])


def test_a_file_without_any_known_column_is_refused() -> None:
    with pytest.raises(BadInput) as error:
        read("name,e-mail\nx,y\n")
    assert "--map" in error.value.todo
    assert "attributes/department" in str(error.value.faults[0])


def test_a_respondent_on_several_lines_is_not_taken_at_all() -> None:
    """Nobody can tell which row holds; the reason names the lines and not the respondent."""
    reading = read("id,one-2020/1\nanna,1\nben,2\nanna,3\n,1\n,1\n")
    assert [person.line for person in reading.respondents] == [3, 5, 6]
    assert [(t.line, t.reason) for t in reading.refused] == [
        (2, "the same respondent also stands on line 4; expected one row a person"),
        (4, "the same respondent also stands on line 2; expected one row a person"),
    ]


def test_ragged_rows_are_refused_alone() -> None:
    assert reasons("one-2020/1,one-2020/2\n1\n1,2\n1,2,3\n") == [
        "2 : found 1 cells; expected 2, as the header has",
        "4 : found 3 cells; expected 2, as the header has",
    ]


def test_nothing_of_a_cell_stands_in_what_is_told() -> None:
    """Also not in the text that Python shows of the records, such as in a crash."""
    canary = "canary-5521"
    text = f"id,one-2020/1,two/wish,colour\n{canary},{canary},{canary},{canary}\n{canary}x,1,{canary},\n"
    reading = read(text)
    assert len(reading.respondents) == len(reading.refused) == 1
    assert canary not in repr(reading)
    assert canary not in repr(reading.respondents) + repr(reading.refused)


ODD = ("", "1", "3", "often", "-oth-", "\u0663", "1e9", "=1", '"', "9" * 5000, "a\nb")
NAMES = (
    "id",
    "record_id",
    "submitdate",
    "one-2020/1",
    "two/gone-wrong[1_to]",
    "department___1",
    "G1Q1[department]",
)
CELLS = st.sampled_from((*ODD, *NAMES)) | st.text(max_size=8)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_any_table_is_read_or_refused_in_words(rows: list[list[str]], sign: str, leave_out: bool) -> None:
    """Every row is taken or named, and every answer taken belongs to the study."""
    text = "\n".join(sign.join(row) for row in rows)
    try:
        reading = read(text, leave_out_values=leave_out)
    except BadInput:
        return
    formats = {question.id: question.format for question in BATTERY.questions()}
    taken, refused = {p.line for p in reading.respondents}, {t.line for t in reading.refused}
    assert not taken & refused
    assert len(taken | refused) == reading.rows
    for person in reading.respondents:
        assert person.answers
        assert not any(why_not(answer, formats[name]) for name, answer in person.answers.items())
