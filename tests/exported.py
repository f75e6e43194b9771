"""Made-up answers as other survey programs would export them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from instruments.answers import Answer, Choice, Rating, Rows, Text
from instruments.model import ChoiceFormat, RowsFormat, text_in
from instruments.questions import Battery, Question

People = Sequence[Mapping[str, Answer]]
Cells = dict[str, str]


def plain(battery: Battery, people: People) -> bytes:
    """Our own ids as header, numbers as answers."""
    rows = [{name: cell for q in battery.questions() for name, cell in _cells(q, one)} for one in people]
    return as_csv(rows)


def limesurvey(battery: Battery, people: People) -> bytes:
    """Question codes as header, labels as answers, semicolons, a mark of the byte order, CRLF."""
    rows = []
    for number, one in enumerate(people, 1):
        row = {
            "id": str(number),
            "submitdate": "1980-01-01 00:00:00",
            "lastpage": "3",
            "startlanguage": "en",
            "seed": "99",
        }
        for place, question in enumerate(battery.questions(), 1):
            for name, cell in _cells(question, one, labels=True):
                instrument, _, rest = name.partition("/")
                item, _, inner = rest.partition("[")
                code = re.sub("[^a-z0-9]", "", item)
                instrument = re.sub("[^a-z0-9]", "", instrument)
                if inner:
                    row[f"{instrument}{code}[{inner}"] = cell
                elif instrument == "attributes":
                    row[f"G{place}Q{place}[{code}]"] = cell
                else:
                    row[f"{instrument}[{code}]"] = cell
        row["slack[other]"] = "=2+5"
        rows.append(row)
    return b"\xef\xbb\xbf" + as_csv(rows, delimiter=";", end="\r\n")


def redcap(battery: Battery, people: People) -> bytes:
    """Field names as header, numbers as answers, the attributes as tick boxes."""
    rows = []
    for number, one in enumerate(people, 1):
        row = {"record_id": str(number), "redcap_survey_identifier": ""}
        for question in battery.questions():
            answer = one.get(question.id)
            if question.id.startswith("attributes/") and isinstance(question.format, ChoiceFormat):
                field = question.id.partition("/")[2]
                for option in question.format.options:
                    is_ticked = isinstance(answer, Choice) and answer.code == option.code
                    row[f"{field}___{option.code}"] = "1" if is_ticked else "0"
                continue
            for name, cell in _cells(question, one):
                row[re.sub("[^a-z0-9]+", "_", name.rstrip("]"))] = cell
        row["careload_complete"] = "2"
        rows.append(row)
    return as_csv(rows)


def as_csv(rows: Sequence[Cells], delimiter: str = ",", end: str = "\n") -> bytes:
    """Return `rows` as csv; the first one has the header."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _cells(question: Question, one: Mapping[str, Answer], *, labels: bool = False) -> list[tuple[str, str]]:
    """Return name and cell of each column of `question`."""
    answer, fmt = one.get(question.id), question.format
    if isinstance(fmt, RowsFormat):
        rows = answer.rows if isinstance(answer, Rows) else ()
        is_none = isinstance(answer, Rows) and not rows
        cells = [(question.id, "0" if is_none else "")]
        for number in range(fmt.max_rows):
            for place, column in enumerate(fmt.columns):
                cell = f"{rows[number][place]:g}" if number < len(rows) else ""
                cells.append((f"{question.id}[{number + 1}_{column.id}]", cell))
        return cells
    return [(question.id, _cell(answer, question, labels=labels))]


def _cell(answer: Answer | None, question: Question, *, labels: bool) -> str:
    match answer, question.format:
        case Choice(code=code), ChoiceFormat(options=options) if labels:
            label = next(text_in(option.label, "en") for option in options if option.code == code)
            return label.upper() or f"A{code}"
        case Choice(code=code), _:
            return str(code)
        case Rating(value=value), _:
            return str(value)
        case Text(value=value), _:
            return value
        case _:
            return "N/A" if labels else ""
