"""The whole report from plan and release: what stands where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.plan.comparing import ScenarioRow, compare
from scoring.plan.records import Plan
from scoring.records import Release
from tui.flows.report_decision import choices_sections, decision_section, modes_section
from tui.flows.report_groups import group_sections
from tui.flows.report_load import load_sections
from tui.flows.report_model import Block, Para, Points, Report, Section, Table, big, left, right
from tui.text.overview import REHEARSAL
from tui.text.plan_decision import KINDS
from tui.text.plan_scenarios import READING
from tui.text.words import plural

RANGES = (
    "Every range here is at 90 %. It takes in how exact the questions are, how wrong the weights of the "
    "needs could be, and people who did not answer; not that the programme might be held otherwise."
)
HIDDEN_MEANS = (
    "A hidden number would tell of few people, or would give such a number away by subtraction. The word is "
    "the same for both; nobody can open what is behind it."
)
NOT_FOR = "No line here is about one person, and none may be used for pay, promotion, dismissal or a ranking."


def report_of(plan: Plan, release: Release, scenarios: Sequence[Plan] = ()) -> Report:
    """Return the report of `plan`, compared with `scenarios`; whatever a plan does not tell is left out."""
    header = release.header
    return Report(
        title=f"Care-load plan: {header.organisation}",
        subtitle=f"{plan.heading}. Wave {header.wave}, {plural(plan.weeks, 'week')}.",
        banner=REHEARSAL if header.rehearsal else "",
        sections=tuple(_sections(plan, release, scenarios)),
        footer=_origin(release),
    )


def _sections(plan: Plan, release: Release, scenarios: Sequence[Plan]) -> Iterator[Section]:
    yield decision_section(plan, release.header)
    yield from choices_sections(plan)
    modes = modes_section(plan)
    if modes:
        yield modes
    yield from load_sections(plan)
    if scenarios:
        yield _compared((plan, *scenarios))
    yield from group_sections(plan, release)
    yield Section(
        name="uncertain",
        title="What is uncertain, and why",
        blocks=tuple(_uncertain(plan, release)),
        new_page=True,
    )


def _compared(plans: Sequence[Plan]) -> Section:
    table = Table(
        caption="The same need under different plans",
        heads=(
            *left("Scenario"),
            *right("Weeks", "Supporters' hours", "At most", "Short", "Learners' hours", "Cost"),
            *left("Advice"),
        ),
        rows=tuple(_scenario(row) for row in compare(plans)),
        note=READING,
    )
    return Section(name="scenarios", title="Scenarios compared", blocks=(table,))


def _scenario(row: ScenarioRow) -> tuple[str, ...]:
    return (
        row.name,
        str(row.weeks),
        big(row.supporter_hours),
        big(row.supporter_high),
        big(max(row.short_hours, row.unmet_hours)),
        big(row.learner_hours),
        "not told" if row.cost is None else big(row.cost),
        KINDS[row.decision],
    )


def _uncertain(plan: Plan, release: Release) -> Iterator[Block]:
    yield Para(f"{plan.heading}. {RANGES}")
    said = (*release.statements, *(release.basis.sentences if release.basis else ()))
    if said:
        yield Points(tuple(dict.fromkeys(said)))
    yield Para(HIDDEN_MEANS)
    if plan.assumptions:
        yield Para("What this plan assumes; each can be changed:")
        yield Points(plan.assumptions)
    yield Para(NOT_FOR)


def _origin(release: Release) -> tuple[str, ...]:
    header = release.header
    closed = f" Closed on {header.closed_on}." if header.closed_on else ""
    return (
        f"Study {header.study}, wave {header.wave}.{closed} Made from the release alone, never from answers.",
        f"Policy {header.policy_sha256[:16]}; reference {header.reference_status}; program {header.program}.",
    )
