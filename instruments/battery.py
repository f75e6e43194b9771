"""The batteries that ship, and putting one together: attributes, parts cut to the scales in use, wording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from instruments.answers import Answer, Choice
from instruments.errors import BadInput
from instruments.model import SCHEMA, ChoiceFormat, Instrument, Item, Option, Texts
from instruments.questions import AFTER_TASKS, Battery, Part
from instruments.setup import Attribute, PartChoice
from instruments.tasks.asking import Task, name_of
from instruments.wording import is_worded, wording_of

STANDARD: tuple[PartChoice, ...] = (
    PartChoice(instrument="edmondson-1999"),
    PartChoice(instrument="llas-2022", scales=("seeking_feedback",)),
    PartChoice(instrument="hse-demands-control", scales=("demands",)),
    PartChoice(instrument="slack"),
    PartChoice(instrument="tool-use"),
    PartChoice(instrument="help"),
    PartChoice(instrument="workflow"),
)
"""Parts of the standard battery that are questions, in the order of asking."""

FULL: tuple[PartChoice, ...] = (
    PartChoice(instrument="edmondson-1999"),
    PartChoice(instrument="llas-2022"),
    PartChoice(instrument="hse-demands-control"),
    PartChoice(instrument="slack"),
    PartChoice(instrument="tool-use"),
    PartChoice(instrument="help"),
    PartChoice(instrument="workflow"),
    PartChoice(instrument="nasa-rtlx"),
)
"""Parts of the full battery that are questions; `nasa-rtlx` asks about the tasks and comes after them."""

STANDARD_TASKS = 2
"""How many tasks a person is given; all of them in the full battery."""

ATTRIBUTES = "attributes"
SLACK = "slack"
MINUTES = "minutes"
"""The question of `SLACK` whose options carry the minutes a week that a person can spare."""


def attributes_part(attributes: tuple[Attribute, ...]) -> Instrument:
    """Return the own-question part that asks for `attributes`; each item has its attribute's id."""
    return Instrument(
        schema=SCHEMA,
        id=ATTRIBUTES,
        kind="questions",
        name="Where you work",
        title={"en": "Where you work"},
        shown_as="own question",
        instructions={"en": "These answers are used to count people in groups, never to find one person."},
        formats=tuple(_categories(attribute) for attribute in attributes),
        items=tuple(_question(attribute) for attribute in attributes),
    )


def build_battery(
    name: Literal["standard", "full", "custom"],
    language: str,
    attributes: tuple[Attribute, ...],
    choices: tuple[PartChoice, ...],
    find: Callable[[str], Instrument],
    *,
    tasks: tuple[Task, ...] = (),
) -> Battery:
    """Return the battery of `choices`, each cut to its scales, with the wording it carries now.

    `find` gives the definition of an instrument id; of `tasks` two are drawn, and all in the full battery;
    without tasks what asks about them is left out. Raises BadInput when an instrument is chosen twice, a
    scale does not exist, or an item has no text to show.
    """
    if not tasks:
        choices = tuple(choice for choice in choices if choice.instrument not in AFTER_TASKS)
    chosen = [choice.instrument for choice in choices]
    taken = {ATTRIBUTES, *(name_of(task) for task in tasks)}
    twice = sorted({part for part in chosen if chosen.count(part) > 1 or part in taken})
    if twice:
        raise BadInput(f"Battery: {', '.join(twice)} stands more than once; expected each part once.")
    instruments = [cut(find(choice.instrument), choice.scales) for choice in choices]
    if attributes:
        instruments.insert(0, attributes_part(attributes))
    for instrument in instruments:
        _check_texts(instrument, language)
    silent = [name_of(task) for task in tasks if language not in task.title]
    if silent:
        raise BadInput(f"Tasks: no text in {language!r} in {', '.join(silent)}.", "Put the texts in.")
    parts = tuple(Part(instrument=one, wording=wording_of(one, language)) for one in instruments)
    kinds = len({task.id for task in tasks})
    count = kinds if name == "full" else min(kinds, STANDARD_TASKS)
    return Battery(name=name, language=language, parts=parts, tasks=tasks, task_count=count)


def choose_tasks(
    names: tuple[str, ...], shipped: tuple[Task, ...], own: tuple[Task, ...]
) -> tuple[Task, ...]:
    """Return the tasks to draw from: those whose id is in `names`, all where it is empty.

    A form of the study's `own` takes the place of the shipped one of the same task. Raises BadInput when a
    name stands for no task, or when the forms of a task are of different kinds.
    """
    replaced = {name_of(task) for task in own}
    known = (*(task for task in shipped if name_of(task) not in replaced), *own)
    unknown = sorted(set(names) - {task.id for task in known})
    if unknown:
        ids = ", ".join(dict.fromkeys(task.id for task in known))
        raise BadInput(
            f"Tasks: found {', '.join(map(repr, unknown))}; expected one of {ids}.",
            "A task of your own is a file in the study's folder of definitions.",
        )
    _check_kinds(known)
    return tuple(task for task in known if not names or task.id in names)


def _check_kinds(tasks: tuple[Task, ...]) -> None:
    """Raise BadInput unless all forms of a task are of one kind: they are marked, and read, alike."""
    kinds: dict[str, str] = {}
    for task in tasks:
        kind = kinds.setdefault(task.id, task.kind)
        if task.kind != kind:
            raise BadInput(
                f"Tasks: form {task.form} of {task.id!r} is a {task.kind}, another form of it a {kind}.",
                "Give each kind of task an id of its own.",
            )


def cut(instrument: Instrument, scales: tuple[str, ...]) -> Instrument:
    """Return `instrument` with the items and formats of `scales` only; unchanged when `scales` is empty."""
    if not scales:
        return instrument
    known = [scale.id for scale in instrument.scales]
    unknown = [scale for scale in scales if scale not in known]
    if unknown:
        raise BadInput(
            f"{instrument.id}: found no scale {', '.join(unknown)}; expected one of {', '.join(known)}."
        )
    kept = tuple(scale for scale in instrument.scales if scale.id in scales)
    wanted = {item_id for scale in kept for item_id in scale.items}
    items = tuple(item for item in instrument.items if item.id in wanted)
    used = {item.format for item in items}
    formats = tuple(fmt for fmt in instrument.formats if fmt.id in used)
    return msgspec.structs.replace(instrument, scales=kept, items=items, formats=formats)


def minutes_of(battery: Battery, answers: Mapping[str, Answer]) -> float | None:
    """Return the minutes a week that a person can spare, None where this was not asked or answered."""
    answer = answers.get(f"{SLACK}/{MINUTES}")
    slack = next((part.instrument for part in battery.parts if part.instrument.id == SLACK), None)
    item = next((item for item in slack.items if item.id == MINUTES), None) if slack else None
    if slack is None or item is None or not isinstance(answer, Choice):
        return None
    fmt = slack.format_of(item)
    options = fmt.options if isinstance(fmt, ChoiceFormat) else ()
    return next((option.amount for option in options if option.code == answer.code), None)


def _categories(attribute: Attribute) -> ChoiceFormat:
    options = tuple(Option(code=one.code, label={"en": one.label}) for one in attribute.categories)
    return ChoiceFormat(id=attribute.id, options=options, evidence="ours")


def _question(attribute: Attribute) -> Item:
    help_text: Texts = {
        "en": "You can pass this over. Small groups are put together before anything is shown."
    }
    return Item(id=attribute.id, format=attribute.id, text=_which(attribute.title), help=help_text)


def _which(title: Texts) -> Texts:
    """Make a question of an attribute's title, in English; a title in another language stands as it is."""
    english = title.get("en", "")
    if not english:
        return title
    name = english if english.isupper() else english[0].lower() + english[1:]
    return {**title, "en": f"Which {name} is yours?"}


def _check_texts(instrument: Instrument, language: str) -> None:
    silent = [item.number or item.id for item in instrument.items if not is_worded(item, language)]
    if silent:
        raise BadInput(
            f"{instrument.id}: no text in {language!r} for item {', '.join(silent)}.",
            f"Put the published text in first: careload wording STUDY {instrument.id} --from FILE",
        )
