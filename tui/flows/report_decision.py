"""The first page of the report: what to decide, why, at what price, and what else could be done."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.records import ReleaseHeader
from scoring.plan.records import ConditionEffect, Plan, WayOut
from tui.flows.report_model import Block, Facts, Para, Points, Section, Table, big, left, right
from tui.text.plan_decision import KINDS, VERDICTS
from tui.text.roles import role_title
from tui.text.words import answered, interval, number, plural, weeks_in_words

NO_ADVICE = (
    "This plan gives no advice of its own. What the numbers say stands below; the decision is with the "
    "people who read it, the works council among them."
)
NO_HOURS = "No hours can be foreseen: too few people answered, or hours were not asked about."
SCENARIO = "Scenarios of a model: assumed, and no proof that the condition is the cause."


def decision_section(plan: Plan, header: ReleaseHeader) -> Section:
    """Return the page that can be read alone."""
    return Section(name="decision", title="What to decide", blocks=tuple(_blocks(plan, header)))


def _blocks(plan: Plan, header: ReleaseHeader) -> Iterator[Block]:
    if plan.decision:
        yield Para(f"{KINDS[plan.decision.kind]}. {plan.decision.words}", "lead")
        if plan.decision.reasons:
            yield Points(plan.decision.reasons)
    else:
        yield Para(NO_ADVICE, "lead")
    if not plan.totals:
        yield Para(NO_HOURS, "warn")
    facts = (*_facts(plan), *_answered(header))
    if facts:
        yield Facts(facts)


def _facts(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Return what it takes in all, each with how sure that is."""
    if plan.totals:
        low, high = (sum(getattr(week, end) for week in plan.totals) for end in ("low", "high"))
        own = plan.supporter_hours or sum(week.hours for week in plan.totals)
        yield (
            "Supporters' hours",
            big(own),
            f"in {plural(plan.weeks, 'week')}; 90 % range {big(low)}-{big(high)}{_after(plan)}",
        )
        yield _short(plan)
    if plan.learner_hours:
        yield "Learners' hours", big(plan.learner_hours), "of everybody together"
    if plan.assessment_hours:
        yield "Hours of the assessment", big(plan.assessment_hours), "of everybody together"
    if plan.unfunded_hours:
        yield "Unfunded care work", f"{number(plan.unfunded_hours)} h a week", _unfunded(plan)
    if plan.cost is not None:
        words = f"in {plural(plan.weeks, 'week')}, learners included where an hour of theirs has a cost"
        yield "Cost", f"{plan.cost:,.0f}", words


def _at_most(plan: Plan, around: str) -> str:
    unmet = sum(row.hours for row in plan.unmet)
    words = f"{big(unmet)} at the upper end of the range"
    return around.format(words) if unmet > plan.short_hours + 0.5 else ""


def _after(plan: Plan) -> str:
    return f"; {big(plan.hours_after)} more after week {plan.weeks}" if plan.hours_after >= 1 else ""


def _short(plan: Plan) -> tuple[str, str, str]:
    what, unmet = "Hours nobody has time for", sum(row.hours for row in plan.unmet)
    if plan.short_hours:
        when = f"in {weeks_in_words(plan.overload_weeks)}"
        return what, big(plan.short_hours), when + _at_most(plan, "; {}")
    if unmet >= 0.5:
        return what, big(unmet), "only if it comes to the upper end of the range"
    return what, "0", "every week fits"


def _answered(header: ReleaseHeader) -> Iterator[tuple[str, str, str]]:
    if header.counted is not None:
        yield "Answers counted", answered(header.counted, header.headcount), "the others' need is assumed"


def _unfunded(plan: Plan) -> str:
    by_role = [
        f"{number(hours)} of {role_title(role)}s" for role, hours in plan.unfunded.items() if hours > 0
    ]
    return ", ".join(by_role) or "supporters"


def choices_sections(plan: Plan) -> Iterator[Section]:
    """Return risks, ways out, where to start, and conditions that could change first."""
    steps = tuple(_steps(plan))
    if steps:
        yield Section(
            name="steps", title="What has to be settled before the start", blocks=(Points(steps),), level=3
        )
    if plan.risks:
        yield Section(name="risks", title="Named risks", blocks=(Points(plan.risks),), level=3)
    if plan.ways_out:
        yield Section(
            name="ways-out", title="Ways out, cheapest first", blocks=(_ways_out(plan.ways_out),), level=3
        )
    if plan.pilot:
        blocks = (Para(plan.pilot.words), *_cases(plan))
        yield Section(name="pilot", title="Where to start", blocks=blocks, level=3)
    if plan.effects:
        blocks = (Para(SCENARIO, "note"), _effects(plan.effects))
        yield Section(name="conditions", title="Conditions first", blocks=blocks, level=3)


def _steps(plan: Plan) -> Iterator[str]:
    """Yield what somebody has to agree to, in the order in which it is needed."""
    unmet = sum(row.hours for row in plan.unmet)
    if plan.short_hours or unmet >= 0.5:
        hours = big(plan.short_hours or unmet)
        most = _at_most(plan, " ({})") if plan.short_hours else ""
        yield (
            f"Who gives the {hours} hours{most} that nobody has time for: choose a way out, or say what is "
            "left."
        )
    if plan.unfunded_hours:
        yield (
            f"Relief for supporters: {number(plan.unfunded_hours)} hours a week ({_unfunded(plan)}) have no "
            "time taken off other work."
        )
    busy = tuple(sorted({week.week for week in plan.learners if week.is_overload}))
    if busy:
        yield (
            f"Time to learn: in {weeks_in_words(busy)} of the programme some groups are asked for more than "
            "half of their people can spare. Their managers free it, or sessions move apart."
        )
    low = [group.group for group in plan.groups if group.safety == "low"]
    if low:
        yield f"A date for manager and team before anything else: {', '.join(low)}."
    if plan.pilot:
        yield f"Who asks the supporters of {plan.pilot.group} to log their help from the first week on."


def _ways_out(ways: tuple[WayOut, ...]) -> Table:
    return Table(
        caption="Each was found by planning again with this one change.",
        heads=(*left("Change"), *right("Hours it costs", "Hours still unmet")),
        rows=tuple((way.words, number(way.cost_hours), number(way.unmet)) for way in ways),
    )


def _cases(plan: Plan) -> Iterator[Block]:
    pilot = plan.pilot
    if pilot is None:
        return
    if pilot.cases:
        yield Table(
            caption="What would then be decided",
            heads=(*left("Need"), *right("Hours a month"), *left("Then")),
            rows=tuple((name, number(hours), then) for name, hours, then in pilot.cases),
        )


def _effects(effects: tuple[ConditionEffect, ...]) -> Table:
    rows = tuple(
        (
            effect.group,
            effect.words,
            number(effect.saved),
            interval(effect.saved_low, effect.saved_high),
            number(effect.costs) if effect.costs else "none told",
        )
        for effect in effects
    )
    return Table(
        caption="Hours of support a month that would fall away, and what the condition costs",
        heads=(
            *left("Group", "If there were"),
            *right("Fewer hours", "90 % range", "Hours it takes a month"),
        ),
        rows=rows,
    )


def modes_section(plan: Plan) -> Section | None:
    """Return the five ways in which training fails, and which of them this plan avoids."""
    if not plan.failure_modes:
        return None
    table = Table(
        caption="Checked against the plan",
        heads=left("How training fails", "Here", "Why"),
        rows=tuple((_named(mode.name), VERDICTS[mode.verdict], mode.why) for mode in plan.failure_modes),
    )
    return Section(name="failure-modes", title="Five ways in which training fails", blocks=(table,))


def _named(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
