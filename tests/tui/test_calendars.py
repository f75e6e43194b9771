"""Calendars of a plan: what they tell and never tell, and how a new plan changes the old plan's events."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from icalendar import Calendar, Component

from instruments.errors import BadInput, WrongUsage
from scoring.plan.records import DemandRow, Plan, PlannedCohort, SupporterWeek
from scoring.plan.sessions import Session, sessions_of, weeks_of
from scoring.plan.streams import DEFAULT_STREAMS
from store.study import Study
from tests.store.examples import setup_for
from tests.tui.desk_examples import HOSTILE, PLAN
from tests.tui.plan_examples import MEMBERS, WHOLE_PLAN, with_starts
from tui.flows.calendar_events import calendars_of, called, file_name, uid_of
from tui.flows.calendars import calendar_files, first_monday

MONDAY = date(2027, 1, 11)
CLOSED = "2026-12-01"
HARBOUR = "calendar-cohort-engineering-1.ics"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study.create(tmp_path / "lighthouse", setup_for(("a" * 64, "b" * 64)))


def files(study: Study, plan: Plan) -> dict[str, bytes]:
    return calendar_files(study, plan, MONDAY, CLOSED)


def events(data: bytes) -> dict[str, Component]:
    found = {str(one["uid"]): one for one in Calendar.from_ical(data).walk("VEVENT")}
    assert len(found) == data.count(b"BEGIN:VEVENT")
    return found


def unfolded(data: bytes) -> list[str]:
    """Read lines as RFC 5545 says (3.1), sharing nothing with the library that wrote them."""
    assert data.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    lines = data[:-2].decode().replace("\r\n ", "").split("\r\n")
    assert all("\r" not in line and "\n" not in line and ":" in line for line in lines)
    return lines


def test_there_is_one_calendar_a_cohort_that_starts_and_one_a_supporter(study: Study) -> None:
    assert list(files(study, WHOLE_PLAN)) == [
        "calendar-cohort-engineering-1.ics",
        "calendar-cohort-sales-1.ics",
        "calendar-supporter-s1.ics",
        "calendar-supporter-s2.ics",
    ]


def test_an_event_is_a_bar_from_monday_to_friday_that_blocks_no_time(study: Study) -> None:
    made = list(events(files(study, WHOLE_PLAN)[HARBOUR]).values())
    foundation = next(one for one in made if "Foundation" in one["summary"])
    assert foundation["dtstart"].dt == MONDAY
    assert foundation["dtend"].dt == MONDAY + timedelta(days=5)
    assert foundation["transp"] == "TRANSPARENT"
    workshop = next(one for one in made if "workshop" in one["summary"])
    assert workshop["dtstart"].dt == MONDAY + timedelta(weeks=11)
    assert sum("Micro-learning" in one["summary"] for one in made) == 11
    assert sum("Peer session" in one["summary"] for one in made) == 3


def test_a_supporter_sees_the_hours_of_each_week_and_cohort(study: Study) -> None:
    data = files(study, WHOLE_PLAN)["calendar-supporter-s1.ics"]
    assert "X-WR-CALNAME:careload north: support by Nora North" in unfolded(data)
    summaries = {str(one["summary"]) for one in events(data).values()}
    assert summaries == {"Support for cohort sales-1, 2.5 h"}
    assert len(events(data)) == 9


def test_no_learner_and_no_need_stands_in_any_calendar(study: Study) -> None:
    text = b"".join(files(study, WHOLE_PLAN).values()).decode()
    for word in (*MEMBERS, "tier", "score", "coached", "intensive", "looks in", "led by"):
        assert word not in text


def test_the_study_remembers_events_and_no_supporter_s_name(study: Study) -> None:
    """A list of supporters can be removed; nothing of it may stay behind in another file."""
    files(study, WHOLE_PLAN)
    kept = (study.root / "private" / "calendars.json").read_text()
    assert "Foundation session" in kept
    assert "Nora" not in kept
    assert "Omar" not in kept


@pytest.mark.parametrize(
    ("whole", "damaged"), [('\\"monday\\"', '\\"tuesday\\"'), ('"sequence":0', '"sequence":"x"')]
)
def test_a_damaged_list_of_events_is_named(study: Study, whole: str, damaged: str) -> None:
    files(study, WHOLE_PLAN)
    path = study.root / "private" / "calendars.json"
    assert whole in path.read_text()
    path.write_text(path.read_text().replace(whole, damaged))
    with pytest.raises(BadInput, match=r"calendars\.json: not as careload wrote it"):
        files(study, with_starts(WHOLE_PLAN, engineering_1=None))


def test_a_library_and_the_standards_text_read_the_same(study: Study) -> None:
    for data in files(study, WHOLE_PLAN).values():
        lines = unfolded(data)
        assert lines[0] == "BEGIN:VCALENDAR"
        assert lines[-1] == "END:VCALENDAR"
        uids = [line.removeprefix("UID:") for line in lines if line.startswith("UID:")]
        assert sorted(uids) == sorted(events(data))


def test_the_same_plan_gives_the_same_bytes_and_another_start_changes_events_in_place(study: Study) -> None:
    first = files(study, WHOLE_PLAN)
    assert files(study, WHOLE_PLAN) == first
    moved = files(study, with_starts(WHOLE_PLAN, engineering_1=2))
    before, after = events(first[HARBOUR]), events(moved[HARBOUR])
    assert set(before) == set(after)
    foundation = next(uid for uid, one in before.items() if "Foundation" in one["summary"])
    assert after[foundation]["dtstart"].dt == MONDAY + timedelta(weeks=1)
    assert (before[foundation]["sequence"], after[foundation]["sequence"]) == (0, 1)
    assert after[foundation]["dtstamp"].dt > before[foundation]["dtstamp"].dt
    assert moved["calendar-cohort-sales-1.ics"] == first["calendar-cohort-sales-1.ics"]


def test_an_event_that_is_in_the_plan_no_longer_is_cancelled_and_may_come_again(study: Study) -> None:
    files(study, WHOLE_PLAN)
    gone = events(files(study, with_starts(WHOLE_PLAN, engineering_1=None))[HARBOUR])
    assert {str(one["status"]) for one in gone.values()} == {"CANCELLED"}
    assert {one["sequence"] for one in gone.values()} == {1}
    still = events(files(study, with_starts(WHOLE_PLAN, engineering_1=None))[HARBOUR])
    assert {one["sequence"] for one in still.values()} == {1}
    back = events(files(study, WHOLE_PLAN)[HARBOUR])
    assert {(str(one["status"]), one["sequence"]) for one in back.values()} == {("CONFIRMED", 2)}


def test_uids_stay_the_same_in_another_folder_and_differ_between_studies_and_cohorts(
    study: Study, tmp_path: Path
) -> None:
    other = Study.create(tmp_path / "elsewhere", setup_for(("c" * 64, "d" * 64)))
    here, there = files(study, WHOLE_PLAN), files(other, WHOLE_PLAN)
    assert here == there
    every = [uid for data in here.values() for uid in events(data)]
    assert len(set(every)) == len(every)
    south = msgspec.structs.replace(WHOLE_PLAN, study="south")
    assert {e.uid for page in calendars_of(south) for e in page.events}.isdisjoint(every)
    assert uid_of("a", "bc") != uid_of("ab", "c") != uid_of("a", "b", "c")


@pytest.mark.parametrize(
    "name", [HOSTILE, "../../etc/passwd", "x\r\nBEGIN:VALARM\r\nEND:VALARM", "\ud800", ""]
)
def test_hostile_names_stay_text_and_never_become_a_path_or_a_property(study: Study, name: str) -> None:
    cohort = PlannedCohort(id=name, groups=(name,), site=name, size=6, start_week=1, members=(name,))
    week = SupporterWeek(name, name, "champion", week=1, hours=2, at_hand=3)
    plan = msgspec.structs.replace(PLAN, cohorts=(cohort,), weeks_of_supporters=(week,))
    made = files(study, plan)
    assert len(made) == 2
    for file, data in made.items():
        assert "/" not in file
        assert file.isascii()
        lines = unfolded(data)
        assert not any(line.startswith("BEGIN:VALARM") for line in lines)
        assert not {"\x1b", "\u202e"} & set("".join(lines))
        assert len(events(data)) == lines.count("BEGIN:VEVENT")


def test_a_cohort_is_called_one_once() -> None:
    assert called("sales-1") == "cohort sales-1"
    assert called("cohort-3") == "cohort-3"


def test_names_that_were_changed_for_a_file_never_meet() -> None:
    names = ["a", "A", "a b", "a  b", "a-b", "é", "è", "", "-", "x" * 80, "x" * 81]
    assert len({file_name(name) for name in names}) == len(names)
    assert file_name("sales-1") == "sales-1"


def test_groups_with_team_sessions_have_them_in_the_weeks_before(study: Study) -> None:
    norms = DemandRow("Sales", 3, "norms", "manager", 4, 3, 6)
    plan = msgspec.structs.replace(WHOLE_PLAN, demand=(norms,))
    made = events(files(study, plan)["calendar-cohort-sales-1.ics"]).values()
    team = [one["dtstart"].dt for one in made if "Manager-and-team" in one["summary"]]
    assert team == [MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=2)]
    assert not any(
        "Manager-and-team" in one["summary"] for one in events(files(study, plan)[HARBOUR]).values()
    )


def test_sessions_come_in_their_weeks_and_never_after_the_plan() -> None:
    once, again = Session("a", "A", 60, (3,)), Session("b", "B", 60, (2, 6, 10, 14))
    assert weeks_of(once, 3, 12) == (5,)
    assert weeks_of(once, 11, 12) == ()
    assert weeks_of(again, 1, 12) == (2, 6, 10)
    assert weeks_of(Session("c", "C", 60, (-1, 0)), 1, 12) == (1,)


def test_calendars_have_the_sessions_that_the_plan_counts() -> None:
    """Micro-learning every week from week 2 on; at half the pace peers meet every eight weeks."""
    found = {session.id: session for session in sessions_of(DEFAULT_STREAMS)}
    assert found["micro"].weeks == tuple(range(2, 13))
    assert found["foundation"].minutes == 150
    assert all(session.minutes > 0 and session.about for session in found.values())
    slow = {session.id: session for session in sessions_of(DEFAULT_STREAMS, 0.5)}
    assert slow["peer"].weeks == (7, 15, 23)


def test_a_plan_without_cohorts_and_supporters_weeks_has_no_calendar(study: Study) -> None:
    assert files(study, PLAN) == {}


@pytest.mark.parametrize("text", ["2027-01-12", "soon", "2027-02-30", "", "11.1.2027"])
def test_a_start_that_is_no_monday_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        first_monday(text)
    assert "--start 2027-01-11" in refused.value.todo


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-27"])
def test_a_monday_at_an_end_of_time_is_refused_before_weeks_are_counted(text: str) -> None:
    """Both are Mondays, and weeks before or after them have no date."""
    with pytest.raises(WrongUsage, match="expected 2000 to 2999"):
        first_monday(text)


def test_a_monday_is_taken() -> None:
    assert first_monday("2027-01-11") == MONDAY
