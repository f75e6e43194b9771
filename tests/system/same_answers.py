"""The same answers to every question, as plain lines and as keys on screens."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import msgspec

from instruments.answers import Answer, Choice, Marked, Rating, Rows, Skipped, Text
from instruments.model import ChoiceFormat, MarkFormat, RatingFormat, RowsFormat, TextFormat
from instruments.questions import Battery, Question
from instruments.tasks.catalogue import shipped_tasks
from tests.tui.plain_person import typed_for
from tests.tui.take_studies import five_types
from tui.asking import choice_lines
from tui.flows.tasks import draft_of

AT_THE_TOP = "Now "
"""Typed before the first word of every draft."""


def with_all_tasks() -> Battery:
    """Return five kinds of questions, each with words of its own, and all four tasks for everybody."""
    battery = five_types()
    part = battery.parts[0]
    items = tuple(
        msgspec.structs.replace(item, text={"en": f"How is it with {item.id}?"})
        for item in part.instrument.items
    )
    instrument = msgspec.structs.replace(part.instrument, items=items)
    return msgspec.structs.replace(
        battery,
        parts=(msgspec.structs.replace(part, instrument=instrument),),
        tasks=tuple(task for task in shipped_tasks() if task.form == "a"),
        task_count=4,
    )


def answer_to(battery: Battery, question: Question) -> Answer:
    """Return the answer to `question`: any, but always the same; now and then it is passed over."""
    lot = zlib.crc32(question.id.encode())
    if lot % 7 == 0:
        return Skipped()
    match question.format:
        case ChoiceFormat(options=options):
            return Choice(code=options[lot % len(options)].code)
        case RatingFormat(minimum=low, step=step):
            return Rating(value=low + 3 * step)
        case TextFormat():
            return Text(value=f"{AT_THE_TOP}{draft(battery, question)}" if question.task else "hi there")
        case RowsFormat():
            return Rows(rows=((2.0, 5.0), (1.0, 40.0)))
        case MarkFormat(confidences=chances):
            return Marked(flagged=lot % 2 == 0, confidence=chances[lot % len(chances)])


def draft(battery: Battery, question: Question) -> str:
    """Return what a written task begins with; nothing outside of one."""
    return draft_of(battery.drawn(question.task).task, "en") if question.task else ""


def as_lines(battery: Battery, question: Question) -> Sequence[str]:
    """Return what is typed in plain mode."""
    answer, begun = answer_to(battery, question), draft(battery, question)
    if isinstance(answer, Text) and begun:
        return ("replace 1", AT_THE_TOP + begun.split("\n")[0], "done")
    return typed_for(answer, question.format)


def as_keys(battery: Battery, question: Question) -> Sequence[str]:
    """Return what is pressed on screens."""
    answer, fmt = answer_to(battery, question), question.format
    match answer:
        case Skipped():
            return ("ctrl+s",)
        case Rating(value=value):
            return (*str(value), "enter")
        case Text(value=value):
            typed = AT_THE_TOP if question.task else value
            return (*("space" if letter == " " else letter for letter in typed), "ctrl+n")
        case Choice() | Marked() if isinstance(fmt, ChoiceFormat | MarkFormat):
            line = next(line for line in choice_lines(fmt, "en") if line.answer == answer)
            return (*line.letter, str(line.number))
        case Rows():
            return [
                key
                for line in typed_for(answer, fmt)
                for key in ((*line, "enter") if line in NUMBERS else line)
            ]
    raise AssertionError(answer)


NUMBERS = {"5", "40"}
"""Lines of the rows above that are numbers, no choices: on screens Enter ends them."""
