"""The pledge: conditions of a closed list, what a release tells of each, what became of the promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from instruments.errors import BadInput
from instruments.model import Need
from instruments.setup import Pledge
from store.pledges import Met, Said, Saying, read_sayings, write_sayings
from tui.flows.wishes import LONGEST_SENTENCE, parse_line

if TYPE_CHECKING:
    from scoring.records import Release
    from scoring.table_records import CountTable
    from store.public import PublicStudy
    from store.study import Study

Condition = Literal["little-time", "no-time", "unsafe", "overloaded", "much-help", "few-answers"]
CONDITIONS: dict[Condition, str] = {
    "little-time": "half cannot spare 20 minutes a week",
    "no-time": "a quarter cannot spare 10 minutes a week",
    "unsafe": "a third find it little safe to learn in the team",
    "overloaded": "a third have little room in their work",
    "much-help": "half need coaching or more",
    "few-answers": "fewer than half take part",
}
"""The closed list: each can be told from a release, so that nobody has to be believed."""
EXAMPLE = "For example: half cannot spare 20 minutes a week: the start moves"
MUCH_HELP = {"coached", "intensive", "coached or intensive"}
MET_WORDS: dict[Met, str] = {
    "met": "the condition is met, the promise is due",
    "not met": "the condition is not met, the promise is not due",
    "cannot be told": "the release cannot tell whether the condition is met",
}


def parse_pledge(text: str) -> Pledge:
    """Read ``little-time: the start moves``, with a name of the list or its words; BadInput otherwise."""
    given, colon, promise = parse_line(text, "Pledge").partition(":")
    words = given.strip().removeprefix("if ").removeprefix("If ").rstrip()
    condition = next((said for name, said in CONDITIONS.items() if words.casefold() in {name, said}), "")
    if not colon or not condition or not promise.strip():
        listed = "; ".join(f"{name} ({said})" for name, said in CONDITIONS.items())
        raise BadInput(
            f"Pledge: found {text[:60]!r}; expected a condition of the list, a colon and a promise.",
            f"{EXAMPLE}. The list: {listed}.",
        )
    return Pledge(condition=condition, promise=parse_line(promise, "Promise", LONGEST_SENTENCE))


def judge(pledge: Pledge, release: Release) -> Met:
    """Return whether the release tells that the condition of `pledge` is met; by its numbers alone."""
    words = pledge.condition.removeprefix("if ").removeprefix("If ")
    name = next((name for name, said in CONDITIONS.items() if said == words), None)
    match name:
        case "little-time":
            return _below([table.total.median for table in release.minutes], 20)
        case "no-time":
            return _below([table.total.lower for table in release.minutes], 10)
        case "unsafe":
            return _lower_third(release, "safety")
        case "overloaded":
            return _lower_third(release, "headroom")
        case "much-help":
            return _share(release, lambda table: table.kind == "tiers", MUCH_HELP, 2)
        case "few-answers":
            return _few(release)
        case None:
            return "cannot be told"


def _below(values: Sequence[int | None], limit: int) -> Met:
    """Compare a quartile, rounded to 5 minutes: one that is equal to the limit leaves it open."""
    value = values[0] if values else None
    if value is None or value == limit:
        return "cannot be told"
    return "met" if value < limit else "not met"


def _lower_third(release: Release, need: Need) -> Met:
    return _share(release, lambda table: table.need == need, {"lower"}, 3)


def _share(release: Release, is_it: Callable[[CountTable], bool], wanted: set[str], parts: int) -> Met:
    """Tell whether one part in `parts` of everybody stands in the `wanted` columns, never two together."""
    table = next((one for one in release.counts if is_it(one) and one.total is not None), None)
    if table is None or table.total is None or None in table.total.cells:
        return "cannot be told"
    cells = dict(zip(table.columns, (cell or 0 for cell in table.total.cells), strict=True))
    mixed = [name for name in cells if name not in wanted and any(part in name for part in wanted)]
    if mixed or "with support" in cells:
        return "cannot be told"
    count = sum(cell for name, cell in cells.items() if name in wanted)
    return "met" if count * parts >= sum(cells.values()) else "not met"


def _few(release: Release) -> Met:
    header = release.header
    if header.counted is not None:
        return "met" if 2 * header.counted < header.headcount else "not met"
    most = header.thresholds.minimum_people - 1
    return "met" if 2 * most < header.headcount else "cannot be told"


def sayings_of(public: PublicStudy, release: Release) -> tuple[Saying, ...]:
    """Return every pledge with what the release tells and what was said last; "not yet" to begin with."""
    said = {one.number: one.said for one in read_sayings(public)}
    return tuple(
        Saying(number, judge(pledge, release), said.get(number, "not yet"))
        for number, pledge in enumerate(public.policy.pledges, 1)
    )


def say(study: Study, release: Release, wanted: Sequence[str]) -> tuple[Saying, ...]:
    """Keep what `wanted` says, each ``NUMBER=kept``, ``not-yet`` or ``broken``, for everybody to read."""
    public = study.public()
    before = {one.number: one for one in sayings_of(public, release)}
    for text in wanted:
        number, _, word = text.partition("=")
        said = word.strip().replace("-", " ")
        if number not in map(str, before) or said not in get_args(Said):
            raise BadInput(
                f"Pledge: found {text[:40]!r}; expected NUMBER=kept, NUMBER=not-yet or NUMBER=broken.",
                "`careload pledge STUDY` shows the numbers.",
            )
        one = before[int(number)]
        before[one.number] = msgspec.structs.replace(one, said=msgspec.convert(said, Said))
    sayings = tuple(before.values())
    write_sayings(study, sayings)
    return sayings


def pledge_lines(public: PublicStudy, sayings: Sequence[Saying]) -> tuple[str, ...]:
    """Return what became of every pledge, in plain sentences."""
    from tui.flows.consent import pledge_sentence

    by_number = {one.number: one for one in sayings}
    lines = []
    for number, pledge in enumerate(public.policy.pledges, 1):
        one = by_number.get(number)
        is_due = one is not None and (one.met != "not met" or one.said != "not yet")
        told = "nothing is said about it yet" if one is None else MET_WORDS[one.met]
        ends = f". The organisation says: {one.said}." if one is not None and is_due else "."
        lines.append(f"{number}. {pledge_sentence(pledge)} Now: {told}{ends}")
    return tuple(lines)
