"""The report: whole without a network, a script or eyes; the same for every form; nobody's name in it."""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

import msgspec
import pytest

from instruments.errors import WrongUsage
from instruments.records import TIERS
from scoring.plan.records import Decision, Plan
from scoring.records import Release
from tests.tui.desk_examples import FEW, HOSTILE, PLAN, RELEASE, WHOLE, renamed
from tests.tui.html_check import Seen, read_page
from tests.tui.plan_examples import MEMBERS, PEOPLE, WHOLE_PLAN
from tui.flows import reporting
from tui.flows.report_charts import INK, LIMIT, MARK, RANGE, RULE
from tui.flows.report_groups import group_names
from tui.flows.report_model import Picture, Report
from tui.flows.report_pages import report_of
from tui.flows.reporting import html_of, report_files, report_formats
from tui.text.words import WHY_HIDDEN

HTML = "careload-report.html"
EMPTY = msgspec.structs.replace(PLAN, loads=(), totals=(), groups=(), overload_weeks=(), assumptions=())


def page(plan: Plan, release: Release = RELEASE, scenarios: tuple[Plan, ...] = ()) -> bytes:
    return report_files(plan, release, ("html",), scenarios)[HTML]


@pytest.fixture(scope="module")
def whole() -> bytes:
    slower = msgspec.structs.replace(WHOLE_PLAN.options, name="half the pace")
    return page(WHOLE_PLAN, scenarios=(msgspec.structs.replace(WHOLE_PLAN, options=slower),))


@pytest.fixture(scope="module")
def seen(whole: bytes) -> Seen:
    return read_page(whole)


def test_the_page_is_sound_and_has_its_headings_in_order(seen: Seen) -> None:
    assert seen.faults == []
    assert seen.headings.count(1) == 1
    assert seen.all("html") == [{"lang": "en"}]
    assert len(seen.values("id")) > 20


def test_the_page_needs_no_script_and_no_network(whole: bytes, seen: Seen) -> None:
    assert {name for name, _ in seen.tags}.isdisjoint({"script", "img", "link", "iframe", "object", "form"})
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]
    assert all(href.startswith("#") for href in seen.values("href"))
    urls = re.findall(rb"(?:https?:)?//[\w.]+[^\"')\s]*", whole)
    assert set(urls) <= {b"http://www.w3.org/2000/svg", b"http://www.w3.org/1999/xlink"}  # names, not places
    assert not re.search(rb"url\(|@import|src=", whole)
    policy = [one["content"] for one in seen.all("meta") if one.get("http-equiv")]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_every_picture_is_told_in_words_for_ears_and_for_eyes(seen: Seen) -> None:
    figures, pictures = seen.all("figure"), [one for one in seen.all("div") if one.get("role") == "img"]
    assert len(figures) == len(pictures) == len(seen.all("figcaption")) == len(seen.all("svg")) == 4
    for one in pictures:
        assert len(one["aria-label"]) > 60
        assert any(letter.isdigit() for letter in one["aria-label"])
        assert one["aria-label"].partition(". ")[2] in seen.words


def test_the_words_of_the_load_say_what_the_picture_shows(seen: Seen) -> None:
    label = next(
        one["aria-label"] for one in seen.all("div") if "all supporters" in one.get("aria-label", "")
    )
    assert "120 hours in week 1 and 38 in week 12; supporters have 102" in label
    assert "More than they have is expected in week 1." in label
    assert "it is too much in weeks 1-5" in label


def test_every_table_has_a_caption_and_heads_with_their_scope(seen: Seen) -> None:
    assert len(seen.all("table")) == len(seen.all("caption")) == len(seen.all("thead")) >= 12
    assert {one["scope"] for one in seen.all("th")} == {"col", "row"}
    assert all(one["tabindex"] == "0" and one["aria-label"] for one in seen.all("div") if "tabindex" in one)


def test_the_decision_comes_first_and_uncertainty_has_a_part_of_its_own(seen: Seen) -> None:
    sections = [one["id"] for one in seen.all("section")]
    assert sections[0] == "decision"
    assert sections[-1] == "uncertain"
    assert {"ways-out", "pilot", "conditions", "failure-modes", "load", "learners", "without"} < set(sections)
    assert {"cohorts", "scenarios", "groups", "group-1", "group-2"} < set(sections)
    for told in (
        "Start smaller.",
        "Relative need, hours assumed",
        "not avoided",
        "Every range here is at 90 %",
    ):
        assert told in seen.words


def test_nobody_is_named_and_no_tier_stands_in_the_report(seen: Seen) -> None:
    names = [name for _, name, _, _ in PEOPLE]
    for word in (*MEMBERS, *names, *TIERS):
        assert word not in seen.words


def test_a_hidden_number_says_why(seen: Seen) -> None:
    assert f"Which faults are missed here is {WHY_HIDDEN}" in seen.words
    assert f"Some numbers are {WHY_HIDDEN}." in seen.words
    assert f"No page of their own: Sales, Legal. Their numbers are {WHY_HIDDEN}." in seen.words


def test_groups_stand_in_the_release_s_order_whatever_their_hours(seen: Seen) -> None:
    names = group_names(WHOLE_PLAN, RELEASE)
    assert names == ("Engineering", "Sales", "Care and support", "Legal")
    turned = msgspec.structs.replace(WHOLE_PLAN, groups=WHOLE_PLAN.groups[::-1])
    assert group_names(turned, RELEASE) == names


@pytest.mark.parametrize(
    ("plan", "release"),
    [(PLAN, RELEASE), (PLAN, WHOLE), (EMPTY, FEW), (EMPTY, RELEASE), (WHOLE_PLAN, FEW)],
    ids=["no cohorts", "no groups", "few", "no hours", "no tables"],
)
def test_every_part_is_optional(plan: Plan, release: Release) -> None:
    found = read_page(page(plan, release))
    assert found.faults == []
    assert found.all("section")[0]["id"] == "decision"
    if plan.decision is None:
        assert "This plan gives no advice of its own." in found.words


def _texts(value: Any) -> Any:
    """Return `value` with a hostile text in the place of each that a person could have given."""
    match value:
        case str() if " " in value or value[:1].isupper():
            return f"{value} <script>alert(1)</script> {HOSTILE} \u0007\ud800 #include \\u{{1F}} $x$ @x"
        case list() | tuple():
            return [_texts(one) for one in value]
        case dict():
            return {key: _texts(one) for key, one in value.items()}
        case _:
            return value


def _head(made: dict[str, Any]) -> dict[str, Any]:
    return made | {name: _texts(made[name]) for name in ("title", "subtitle", "banner", "footer")}


def _blocks(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = []
    for block in blocks:
        changed = _texts({k: v for k, v in block.items() if k not in {"type", "tone", "chart", "svg"}})
        if "chart" in block:
            chart = block["chart"]
            data = [{k: _texts(v) for k, v in row.items()} for row in chart["data"]["values"]]
            changed["chart"] = chart | {"data": {"values": data}}
        kept.append(block | changed)
    return kept


def test_hostile_texts_are_shown_as_text_and_as_nothing_else() -> None:
    made = hostile_report()
    found = read_page(html_of(made))
    assert found.faults == []
    assert not found.all("script")
    assert found.words.count("<script>alert(1)</script>") > 50
    assert "[/x][bold][31m=cmd|evil" in found.words
    assert not set("\x1b\x07\u202e\ud800") & set(found.words)


def hostile_report() -> Report:
    made = msgspec.to_builtins(report_of(WHOLE_PLAN, RELEASE))
    for section in made["sections"]:
        section["title"], section["blocks"] = _texts(section["title"]), _blocks(section["blocks"])
    return reporting.with_pictures(reporting.harmless(msgspec.convert(_head(made), Report)))


def test_hostile_texts_do_not_stop_the_print() -> None:
    assert reporting.pdf_of(hostile_report(), "").startswith(b"%PDF-")


def test_names_from_a_release_stay_text() -> None:
    found = read_page(page(WHOLE_PLAN, renamed(RELEASE, "<script>alert(1)</script>\x1b[31m")))
    assert found.faults == []
    assert not found.all("script")
    assert "<script>alert(1)</script>[31m" in found.words


def test_the_print_is_tagged_for_screen_readers_and_the_same_bytes_come_twice() -> None:
    first, again = (report_files(WHOLE_PLAN, RELEASE, ("html", "pdf")) for _ in range(2))
    assert first == again
    data = first["careload-report.pdf"]
    assert data.startswith(b"%PDF-")
    assert b"pdfuaid" in data


def test_each_picture_tells_its_group_and_no_other() -> None:
    report = report_of(WHOLE_PLAN, RELEASE)
    own = next(section for section in report.sections if section.title == "Engineering")
    picture = next(block for block in own.blocks if isinstance(block, Picture))
    assert [row["minutes"] for row in picture.chart["data"]["values"]][:2] == [150, 20]
    assert "weeks 1, 3-4, 6, 8 and 12" in picture.words


def _colours(css: str) -> list[dict[str, str]]:
    """Return the colours of the light theme and of the dark one, by name."""
    found = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.S)
    ]
    return found[:2]


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, 1.4.3)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_texts_and_marks_can_be_told_from_what_is_behind_them_light_and_dark() -> None:
    css = resources.files("tui.report").joinpath("report.css").read_text(encoding="utf-8")
    for theme in _colours(css):
        for behind in (theme["paper"], theme["panel"]):
            assert min(contrast(theme[name], behind) for name in ("ink", "soft", "mark", "limit")) >= 4.5
        assert contrast(theme["mark"], theme["range"]) >= 3
    assert all(f'"{colour}"]' in css for colour in (INK, MARK, RANGE, LIMIT, RULE))


def test_only_formats_that_exist_are_taken() -> None:
    assert report_formats("html, pdf,html") == ("html", "pdf")
    with pytest.raises(WrongUsage, match="found docx; expected html, pdf"):
        report_formats("html,docx")


def test_without_the_extra_the_command_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = reporting.find_spec
    monkeypatch.setattr(reporting, "find_spec", lambda name: None if name == "typst" else found(name))
    assert report_formats("html") == ("html",)
    with pytest.raises(WrongUsage, match="typst cannot be found") as refused:
        report_formats("pdf")
    assert 'pip install "careload[report]"' in refused.value.todo


@pytest.mark.parametrize("kind", ["start", "start-later", "change-conditions-first", "not-known"])
def test_each_kind_of_advice_has_words(kind: Any) -> None:
    plan = msgspec.structs.replace(PLAN, decision=Decision(kind=kind, words="Because."))
    first = report_of(plan, RELEASE).sections[0].blocks[0]
    assert re.match(r"[A-Z][a-z ]+\. Because\.$", first.text)  # type: ignore[union-attr]


def test_the_first_page_says_what_somebody_has_to_settle(seen: Seen) -> None:
    assert [one["id"] for one in seen.all("section")][:2] == ["decision", "steps"]
    for told in (
        "Who gives the 34 hours that nobody has time for",
        "36 hours a week (24 of champions, 12 of managers) have no time taken off",
        "in weeks 1, 3-4, 6, 8 and 12 of the programme",
        "supporters of Engineering to log their help",
    ):
        assert told in seen.words


def test_many_cohorts_are_told_by_week_and_by_group() -> None:
    """Sixty cohorts would make a picture of sixty bars and a table of sixty rows that nobody reads."""
    one = WHOLE_PLAN.cohorts[0]
    many = tuple(
        msgspec.structs.replace(one, id=f"e-{number}", start_week=1 + number % 3, members=())
        for number in range(60)
    )
    found = read_page(page(msgspec.structs.replace(WHOLE_PLAN, cohorts=many)))
    assert "Cohorts that start: 20 in week 1, 20 in week 2, 20 in week 3." in found.words
    assert "e-7" not in found.words
    assert "plan-cohorts.csv" in found.words


@pytest.mark.parametrize(
    ("short", "unmet", "told"),
    [
        (34.4, 14.5, "34 in weeks 1-3"),
        (0.0, 14.5, "14 only if it comes to the upper end of the range"),
        (0.0, 0.0, "0 every week fits"),
    ],
)
def test_the_first_page_says_what_is_short_and_how_sure(short: float, unmet: float, told: str) -> None:
    rows = tuple(msgspec.structs.replace(row, hours=unmet) for row in WHOLE_PLAN.unmet)
    plan = msgspec.structs.replace(WHOLE_PLAN, short_hours=short, unmet=rows)
    assert f"Hours nobody has time for {told}" in read_page(page(plan)).words
