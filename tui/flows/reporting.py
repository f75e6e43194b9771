"""The report as files: one HTML page that needs no network and no script, and a PDF with the same content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from importlib import resources
from importlib.util import find_spec
from typing import Any

import msgspec

from instruments.errors import WrongUsage
from scoring.plan.records import Plan
from scoring.records import Release
from tui.cleaning import clean
from tui.flows.report_model import Picture, Report

FORMATS = ("html", "pdf")
NEEDS = {"html": ("vl_convert", "jinja2"), "pdf": ("vl_convert", "typst")}
NAME = "careload-report"


def report_formats(text: str) -> tuple[str, ...]:
    """Return the formats that `text` lists; WrongUsage for others, and where their libraries are missing."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    unknown = sorted(set(names) - set(FORMATS))
    if unknown:
        raise WrongUsage(
            f"--report: found {', '.join(unknown) or 'nothing'}; expected {', '.join(FORMATS)}.",
            "For example: --report html,pdf",
        )
    missing = sorted({part for name in names for part in NEEDS[name] if find_spec(part) is None})
    if missing:
        raise WrongUsage(
            f"A report needs more than careload brings along: {', '.join(missing)} cannot be found.",
            'Install it beside careload: pip install "careload[report]". Tables and calendars work without.',
        )
    return names


def report_files(
    plan: Plan, release: Release, formats: Sequence[str], scenarios: Sequence[Plan] = ()
) -> dict[str, bytes]:
    """Return the report in each of `formats`, by file name; the same plan gives the same bytes."""
    from tui.flows.report_pages import report_of

    drawn = with_pictures(harmless(report_of(plan, release, scenarios)))
    makers: dict[str, Callable[[Report], bytes]] = {
        "html": html_of,
        "pdf": lambda report: pdf_of(report, release.header.closed_on),
    }
    return {f"{NAME}.{name}": makers[name](drawn) for name in formats}


def harmless(report: Report) -> Report:
    """Return `report` with every text as one line without control characters."""
    return msgspec.convert(_cleaned(msgspec.to_builtins(report)), Report)


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return " ".join(clean(value.encode("utf-8", "replace").decode()).split())
        case list() | tuple():
            return [_cleaned(one) for one in value]
        case dict():
            return {key: _cleaned(one) for key, one in value.items()}
        case _:
            return value


def with_pictures(report: Report) -> Report:
    """Return `report` with every picture drawn."""
    from tui.flows.report_charts import svg_of

    sections = []
    for section in report.sections:
        blocks = tuple(
            msgspec.structs.replace(block, svg=svg_of(block.chart)) if isinstance(block, Picture) else block
            for block in section.blocks
        )
        sections.append(msgspec.structs.replace(section, blocks=blocks))
    return msgspec.structs.replace(report, sections=tuple(sections))


def html_of(report: Report) -> bytes:
    """Return the report as one HTML page."""
    from jinja2 import Environment, StrictUndefined

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    page = made.from_string(_part("report.html.j2"))
    return page.render(report=msgspec.to_builtins(report), style=_style()).encode() + b"\n"


def _style() -> Any:
    from markupsafe import Markup

    return Markup(_part("report.css"))  # noqa: S704  (our own file, not a text from outside)


def pdf_of(report: Report, closed_on: str) -> bytes:
    """Return the report as a tagged PDF, set in the fonts that the typesetter brings along."""
    import typst

    day = date.fromisoformat(closed_on) if closed_on else date(2000, 1, 1)
    made: bytes = typst.compile(
        _part("report.typ").encode(),
        format="pdf",
        sys_inputs={"report": msgspec.json.encode(report).decode()},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    return made


def _part(name: str) -> str:
    return resources.files("tui.report").joinpath(name).read_text(encoding="utf-8")
