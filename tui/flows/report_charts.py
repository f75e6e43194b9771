"""The pictures of the report as Vega-Lite; every colour is one that the page can change for dark screens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from scoring.plan.records import LearnerWeek, PlannedCohort, UnplannedRow, WeekTotal

INK, MARK, RANGE, LIMIT, RULE = "#1f2933", "#2a6f97", "#a9cde0", "#b4521a", "#d3d9de"
"""Text; expected; 90 % range; limit; lines of the grid. The style sheet knows them by these values."""
FONT = "Helvetica, Arial, sans-serif"
SIZE = 14
WIDE, HIGH, LOW, BESIDE_NAMES = 430, 230, 170, 320
Spec = dict[str, Any]
CONFIG = {
    "background": "transparent",
    "view": {"stroke": None},
    "text": {"font": FONT, "fontSize": SIZE, "color": INK},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "tickColor": RULE,
        "domainColor": RULE,
        "gridColor": RULE,
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "labelFont": FONT,
        "titleFont": FONT,
        "labelLimit": 230,
    },
}
EXPECTED = {"type": "point", "filled": True, "size": 90, "opacity": 1, "color": MARK}


def load_chart(totals: Sequence[WeekTotal]) -> Spec:
    """Return expected hours a week as points in their 90 % range, and the line of what supporters have.

    A triangle stands for a week in which more is expected than they have.
    """
    rows = [
        {"week": t.week, "hours": t.hours, "low": t.low, "high": t.high, "supply": t.supply}
        | {"is": "over" if t.hours > t.supply else "fits"}
        for t in totals
    ]
    shapes = {"domain": ["fits", "over"], "range": ["circle", "triangle-up"]}
    layers = [
        _layer(
            {"type": "bar", "color": RANGE, "stroke": MARK, "width": {"band": 0.5}},
            y=_from_0("low", "Hours a week"),
            y2="high",
        ),
        _layer(EXPECTED, y=_number("hours"), shape={"field": "is", "scale": shapes, "legend": None}),
        _limit("supply", "step"),
        _at_the_end(rows[-1], "supply", "what", "supporters", "have"),
    ]
    return _picture(rows, layers, width=WIDE, height=HIGH, x=_weeks("Week of the rollout"))


def learners_chart(weeks: Iterable[LearnerWeek]) -> Spec:
    """Return minutes that the programme asks of a learner, and those that half of the group can spare."""
    rows = [{"week": w.week, "minutes": w.minutes, "spare": w.spare_median} for w in weeks]
    bar = {"type": "bar", "color": RANGE, "stroke": MARK, "width": {"band": 0.6}}
    layers = [
        _layer(bar, y=_from_0("minutes", "Minutes a week")),
        _limit("spare", "linear"),
        _at_the_end(rows[-1], "spare", "what half", "can spare"),
    ]
    return _picture(
        rows, layers, width=WIDE, height=LOW, x=_weeks("Week; the foundation session is in week 1")
    )


def unplanned_chart(rows: Iterable[UnplannedRow]) -> Spec:
    """Return hours a head and week without a plan: expected, 90 % range, a stroke for the busiest tenth."""
    data = [
        {"who": r.who, "hours": r.hours, "low": r.low, "high": r.high, "busiest": r.busiest} for r in rows
    ]
    x = _from_0("low", "Hours a head and week") | {"axis": {"tickCount": 6}}
    layers = [
        _layer({"type": "bar", "color": RANGE, "stroke": MARK, "height": {"band": 0.4}}, x=x, x2="high"),
        _layer(EXPECTED, x=_number("hours")),
        _layer({"type": "tick", "color": LIMIT, "thickness": 3, "opacity": 1}, x=_number("busiest")),
    ]
    return _picture(data, layers, width=BESIDE_NAMES, height={"step": 44}, y=_names("who"))


def cohorts_chart(cohorts: Iterable[PlannedCohort], weeks: int) -> Spec:
    """Return one bar a cohort, from its first week to the end of the plan."""
    rows = [
        {"cohort": one.id, "first": one.start_week, "end": weeks + 1}
        for one in cohorts
        if one.start_week is not None
    ]
    axis = {"values": list(range(1, weeks + 1)), "format": "d"}
    x = _number("first") | {
        "title": "Week of the rollout",
        "axis": axis,
        "scale": {"domain": [1, weeks + 1]},
    }
    layers = [_layer({"type": "bar", "color": RANGE, "stroke": MARK}, x=x, x2="end")]
    return _picture(rows, layers, width=BESIDE_NAMES, height={"step": 22}, y=_names("cohort"))


def starts_chart(starts: Iterable[tuple[int, int]]) -> Spec:
    """Return how many cohorts start in each week."""
    rows = [{"week": week, "cohorts": often} for week, often in starts]
    y = _from_0("cohorts", "Cohorts") | {"axis": {"tickMinStep": 1, "format": "d"}}
    bar = _layer({"type": "bar", "color": RANGE, "stroke": MARK, "width": {"band": 0.6}}, y=y)
    return _picture(rows, [bar], width=WIDE, height=LOW, x=_weeks("Week of the rollout"))


def _picture(
    rows: list[dict[str, Any]], layers: list[Spec], *, width: int, height: object, **shared: Spec
) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": rows},
        "width": width,
        "height": height,
        "encoding": shared,
        "layer": layers,
        "config": CONFIG,
    }


def _layer(mark: dict[str, Any], *, x2: str = "", y2: str = "", **channels: Spec) -> Spec:
    ends = {name: {"field": field} for name, field in (("x2", x2), ("y2", y2)) if field}
    return {"mark": mark, "encoding": {**channels, **ends}}


def _limit(field: str, interpolate: str) -> Spec:
    mark = {"type": "line", "color": LIMIT, "strokeWidth": 2.5, "interpolate": interpolate}
    return _layer(mark, y=_number(field))


def _at_the_end(row: dict[str, Any], field: str, *lines: str) -> Spec:
    """Return `lines` of words at the right of a line's end, outside of the axes."""
    mark = {"type": "text", "text": lines, "align": "left", "baseline": "middle", "dx": 24}
    return {"data": {"values": [row]}, **_layer(mark, y=_number(field))}


def _number(field: str) -> Spec:
    return {"field": field, "type": "quantitative"}


def _from_0(field: str, title: str) -> Spec:
    return _number(field) | {"title": title, "scale": {"domainMin": 0}}


def _weeks(title: str) -> Spec:
    return {"field": "week", "type": "ordinal", "title": title, "axis": {"labelAngle": 0}}


def _names(field: str) -> Spec:
    return {"field": field, "type": "nominal", "title": None, "sort": None}


def svg_of(spec: Spec) -> str:
    """Return the picture as SVG, text as text; the same specification gives the same picture."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec))
