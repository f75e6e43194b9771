"""What if: turn weeks, supporters and conditions, and see the plan change beside the one that stands."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Checkbox, Footer, Input, Static
from textual.worker import get_current_worker

from instruments.errors import CareloadError
from instruments.setup import SupporterHours, SupporterRole
from scoring.plan.comparing import ScenarioRow
from scoring.plan.options import PlanOptions
from tui.desk_work import DeskWork
from tui.text.blocks import Page
from tui.text.cells import one_line
from tui.text.plan_scenarios import scenario_page
from tui.text.refusal import refusal_page
from tui.text.roles import role_title
from tui.text.what_if import what_if_page
from tui.widgets.page_view import PageView
from tui.widgets.tick import Tick

NUMBERS = (
    ("weeks", "Weeks of the rollout", 1.0, 52.0),
    ("pace", "Pace (1 as now, 0.5 half)", 0.25, 2.0),
    ("hours_factor", "Hours of supporters (1 as now)", 0.0, 4.0),
    ("protected_hours", "Protected hours a week", 0.0, 8.0),
)
"""Field of the options, words, least and most."""
MORE_HOURS: dict[SupporterRole, float] = {
    "facilitator": 16.0,
    "manager": 2.0,
    "champion": 3.0,
    "hr-partner": 6.0,
}
"""Hours a week of one more supporter (assumed, as in the rehearsal)."""
WORKING = "Working it out ..."
NAME = "what if"


class Tried(Message):
    """A page to show is there; the plan as it stands, where it was solved for it."""

    def __init__(self, page: Page, before: ScenarioRow | None = None) -> None:
        super().__init__()
        self.page, self.before = page, before


class WhatIfScreen(Screen[None]):
    """Solves the plan again after each change, beside the screen; the last change wins."""

    AUTO_FOCUS = "#weeks"
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (100, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back to the desk"),
        Binding("ctrl+s", "keep", "Keep under its name"),
        Binding("ctrl+k", "compare", "Compare what is kept", priority=True),
    ]

    def __init__(self, desk: DeskWork) -> None:
        super().__init__()
        self._desk = desk
        self._before: ScenarioRow | None = None

    def compose(self) -> ComposeResult:
        """Lay out what can be turned, and the two plans."""
        now = PlanOptions()
        yield Static("What if · change a number and press Enter", markup=False, id="title")
        with Horizontal(id="both"):
            with VerticalScroll(id="turned"):
                yield Static("Name of this scenario", markup=False)
                yield Input(NAME, id="name", max_length=40)
                for field, words, _, _ in NUMBERS:
                    yield Static(words, markup=False)
                    yield Input(f"{getattr(now, field):g}", id=field, type="number")
                for role in MORE_HOURS:
                    yield Static(f"More {role_title(role)}s", markup=False)
                    yield Input("0", id=f"more-{role}", type="integer")
                yield Tick("Safety one band higher", id="safety_up")
                yield Tick("Start only what fits", id="fits_only")
            with VerticalScroll(id="plans"):
                yield Static(WORKING, markup=False, id="told")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Solve the plan that stands."""
        self._try(self._options())

    @on(Input.Submitted)
    @on(Checkbox.Changed)
    def turned(self) -> None:
        """Solve the plan again."""
        self.query_one("#told", Static).update(WORKING)
        self._try(self._options())

    def _options(self) -> PlanOptions:
        """Return what is turned now; a number that makes no sense is put right in its line."""
        values = {field: self._number(field, low, high) for field, _, low, high in NUMBERS}
        more = tuple(
            SupporterHours(role=role, people=int(count), hours_per_week=MORE_HOURS[role])
            for role in MORE_HOURS
            if (count := self._number(f"more-{role}", 0, 999))
        )
        return PlanOptions(
            name=one_line(self.query_one("#name", Input).value) or NAME,
            weeks=round(values["weeks"]),
            pace=values["pace"],
            hours_factor=values["hours_factor"],
            protected_hours=values["protected_hours"],
            more_supporters=more,
            safety_up=self.query_one("#safety_up", Checkbox).value,
            fits_only=self.query_one("#fits_only", Checkbox).value,
        )

    def _number(self, field: str, low: float, high: float) -> float:
        line = self.query_one(f"#{field}", Input)
        try:
            typed = float(line.value)
        except ValueError:
            typed = low
        value = min(max(typed, low), high) if typed == typed else low  # noqa: PLR0124 - nan is not itself
        line.value = f"{value:g}"
        return value

    @work(thread=True, exclusive=True, group="what-if", exit_on_error=True)
    def _try(self, options: PlanOptions) -> None:
        try:
            before = self._before or self._desk.tried(PlanOptions())
            self._tell(Tried(what_if_page(before, self._desk.tried(options)), before))
        except CareloadError as error:
            self._tell(Tried(refusal_page(error)))

    @work(thread=True, exclusive=True, group="what-if", exit_on_error=True)
    def action_compare(self) -> None:
        """Show every scenario that is kept, side by side."""
        try:
            kept = (PlanOptions(), *self._desk.scenarios())
            self._tell(Tried(scenario_page([self._desk.tried(one) for one in kept])))
        except CareloadError as error:
            self._tell(Tried(refusal_page(error)))

    def _tell(self, found: Tried) -> None:
        """Post what a thread found, unless a later change has made it void: no thread can be stopped."""
        if not get_current_worker().is_cancelled:
            self.post_message(found)

    @on(Tried)
    async def show(self, message: Tried) -> None:
        """Show the page."""
        self._before = message.before or self._before
        plans = self.query_one("#plans", VerticalScroll)
        await plans.remove_children(PageView)
        await plans.mount(PageView(message.page))
        self.query_one("#told", Static).update("")

    def action_keep(self) -> None:
        """Keep the scenario in the study."""
        options = self._options()
        try:
            self._desk.keep(options)
        except CareloadError as error:
            self.notify(f"{error.message} {error.todo}".strip(), severity="error", markup=False)
        else:
            self.notify(f"Kept as: {options.name}", markup=False)
