"""A local reference from a csv file: what it changes, when it may, and what stays out of the study."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from instruments.battery import STANDARD
from instruments.errors import BadInput
from scoring.items import item_columns
from scoring.reference import decode, encode
from scoring.told import PILOT
from store.errors import AlreadyOpen, Unavailable
from store.local_reference import saved_reference
from store.study import Study
from tests.scoring.pilots import Pilot, pilot
from tests.store.examples import make_keys, setup_for
from tests.tui import take_studies as studies
from tui.flows.explaining import explained
from tui.flows.opening import battery_of, reference_of
from tui.flows.own import own_result
from tui.flows.referring import Sources, make_reference, take_away_reference
from tui.flows.wordings import put_wording_in

SAFETY = "edmondson-1999/psychological_safety"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study with the questions of the standard battery and no task, not open yet."""
    setup = setup_for(tuple(key.public_hex for key in make_keys()))
    chosen = msgspec.structs.replace(setup, battery="custom", parts=STANDARD)
    return Study.create(tmp_path / "study", chosen)


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def table_of(study: Study, one: Pilot, which: str = "items") -> list[list[str]]:
    """Return header and rows: a word each person chose, the team, the answers."""
    numbers = getattr(one, which)
    rows = [["id", "team", *(column.id for column in item_columns(battery_of(study)))]]
    for number, (team, answers) in enumerate(zip(one.teams, numbers, strict=True)):
        rows.append([f"word{number}", f"Team {team}", *(str(int(answer)) for answer in answers)])
    return rows


@pytest.fixture
def pilot_of(study: Study) -> Pilot:
    return pilot(battery_of(study), 104, 1, shift=-0.5, between=0.2)


@pytest.fixture
def sample(study: Study, pilot_of: Pilot, tmp_path: Path) -> Path:
    return write(tmp_path / "pilot.csv", table_of(study, pilot_of))


def test_a_sample_becomes_the_reference_that_the_study_opens_with(study: Study, sample: Path) -> None:
    before = reference_of(study, battery_of(study))
    assert {row.status for row in before.rows} == {"assumed"}
    assert not before.has_local
    outcome = make_reference(study, Sources(sample))
    reference = reference_of(study, battery_of(study))
    assert {row.status for row in reference.rows} == {"local"}
    assert reference.has_local
    assert {row.people for row in reference.rows} == {104} == {outcome.people}
    told = {one.scale: one for one in outcome.scales}
    assert told[SAFETY].after.mean == reference.row(SAFETY).mean < told[SAFETY].before.mean
    assert "reference: local" in "".join(explained(study, "edmondson-1999", None).popitem()[1])


def test_the_order_of_rows_and_columns_does_not_matter_to_a_retest(
    study: Study, sample: Path, pilot_of: Pilot, tmp_path: Path
) -> None:
    """People are found by the word they chose; who did not come again is missing."""
    rows = table_of(study, pilot_of, "retest")
    some = [rows[0], *rows[60:0:-1]]
    turned = [row[::-1] for row in some]
    again = write(tmp_path / "again.csv", turned)
    once = make_reference(study, Sources(sample))
    twice = make_reference(study, Sources(sample, again))
    assert (once.retested, twice.retested) == (0, 60)
    before, after = (one.scales[0].after for one in (once, twice))
    assert (before.mean, before.alpha) == (after.mean, after.alpha)
    assert before.retest != after.retest
    straight = make_reference(study, Sources(sample, write(tmp_path / "again.csv", rows[:61])))
    assert straight.scales == twice.scales


def test_a_wrongly_keyed_pilot_is_refused_and_leaves_the_study_as_it_was(
    study: Study, pilot_of: Pilot, tmp_path: Path
) -> None:
    """The command ends with exit 3, as at any BadInput; the questions are named, no answer is."""
    columns = item_columns(battery_of(study))
    wrong = [place for place, one in enumerate(columns) if one.scale == SAFETY and one.reverse]
    for place in wrong:
        one = columns[place]
        pilot_of.items[:, place] = one.minimum + one.maximum - pilot_of.items[:, place]
    with pytest.raises(BadInput, match="Likely turned the wrong way round") as caught:
        make_reference(study, Sources(write(tmp_path / "wrong.csv", table_of(study, pilot_of))))
    assert all(columns[place].id in caught.value.message for place in wrong)
    assert saved_reference(study) is None


def test_teams_widen_what_is_known_of_the_mean(study: Study, sample: Path) -> None:
    alone = make_reference(study, Sources(sample))
    teams = make_reference(study, Sources(sample, team_column="team"))
    wider = [b.after.mean_sd > a.after.mean_sd for a, b in zip(alone.scales, teams.scales, strict=True)]
    assert np.mean(wider) > 0.5


def test_nothing_of_the_file_is_copied_into_the_study(study: Study, sample: Path) -> None:
    """Neither words nor teams; only figures of scales."""
    make_reference(study, Sources(sample, team_column="team"))
    kept = b"".join(path.read_bytes() for path in study.root.rglob("*") if path.is_file())
    assert b"word" not in kept.replace(b"wording", b"")
    assert b"Team 1" not in kept
    assert b'"people":104' in kept


def test_once_the_study_is_open_no_reference_is_taken_or_dropped(
    study: Study, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_reference(study, Sources(sample))
    kept = saved_reference(study)
    monkeypatch.setattr(Study, "is_open", lambda _self: True)
    with pytest.raises(AlreadyOpen, match="frozen"):
        make_reference(study, Sources(sample))
    with pytest.raises(AlreadyOpen, match="frozen"):
        take_away_reference(study)
    assert saved_reference(study) == kept


def test_a_wording_put_in_afterwards_asks_for_a_new_reference(
    study: Study, sample: Path, tmp_path: Path
) -> None:
    make_reference(study, Sources(sample))
    text = tmp_path / "items.txt"
    text.write_text("\n".join(f"Made-up sentence with the letter {letter}." for letter in "abcdefg"))
    put_wording_in(study, "edmondson-1999", text, accept_adapted=True)
    with pytest.raises(BadInput, match=SAFETY):
        reference_of(study, battery_of(study))
    assert take_away_reference(study)
    assert not take_away_reference(study)
    assert reference_of(study, battery_of(study)).status == "assumed"


def test_rows_that_do_not_fit_are_named_without_their_value_and_the_rest_is_taken(
    study: Study, pilot_of: Pilot, tmp_path: Path
) -> None:
    rows = table_of(study, pilot_of)
    rows[5][4] = "77"
    outcome = make_reference(study, Sources(write(tmp_path / "pilot.csv", rows)))
    assert outcome.people == 103
    told = "\n".join(outcome.lines())
    assert "Not taken: 1 of 104 rows (line 6, column" in told
    assert "77" not in told


def test_columns_that_are_no_question_of_the_study_are_named(
    study: Study, pilot_of: Pilot, tmp_path: Path
) -> None:
    """Otherwise a misspelt id would silently leave a scale assumed."""
    rows = table_of(study, pilot_of)
    place = rows[0].index("edmondson-1999/2")
    rows[0][place] = "edmondson-1999/two"
    outcome = make_reference(study, Sources(write(tmp_path / "pilot.csv", rows)))
    told = "\n".join(outcome.lines())
    assert "Columns not known, so not read: team (" in told
    assert "edmondson-1999/two (no question of the study has this name)" in told
    rows[0][1:] = table_of(study, pilot_of)[0][1:]
    right = make_reference(study, Sources(write(tmp_path / "pilot.csv", rows), team_column="team"))
    assert "Columns not known" not in "\n".join(right.lines())


def test_a_scale_without_columns_stays_assumed_and_is_named(
    study: Study, pilot_of: Pilot, tmp_path: Path
) -> None:
    rows = table_of(study, pilot_of)
    kept = [place for place, name in enumerate(rows[0]) if not name.startswith("slack/")]
    fewer = [[row[place] for place in kept] for row in rows]
    outcome = make_reference(study, Sources(write(tmp_path / "pilot.csv", fewer)))
    assert [one.scale for one in outcome.scales if one.status == "assumed"] == ["slack/slack"]
    assert "Still assumed: slack/slack." in outcome.lines()


def test_files_that_cannot_be_used_change_nothing(study: Study, pilot_of: Pilot, tmp_path: Path) -> None:
    rows = table_of(study, pilot_of)
    unnamed = [row[1:] for row in rows]
    spoilt = [rows[0], *([*row[:2], *(["77"] * (len(row) - 2))] for row in rows[1:])]
    cases = {
        "29 people": Sources(write(tmp_path / "few.csv", rows[:30])),
        "only 0 rows can be taken": Sources(write(tmp_path / "spoilt.csv", spoilt)),
        "no column 'Abteilung'": Sources(write(tmp_path / "all.csv", rows), team_column="Abteilung"),
        "which rows belong to one person": Sources(
            tmp_path / "all.csv", write(tmp_path / "unnamed.csv", unnamed)
        ),
    }
    for words, sources in cases.items():
        with pytest.raises(BadInput, match=words) as error:
            make_reference(study, sources)
        assert "77" not in error.value.message
    (tmp_path / "link.csv").symlink_to(tmp_path / "all.csv")
    with pytest.raises(BadInput, match=r"link\.csv: found a link, not a file; expected a csv file"):
        make_reference(study, Sources(tmp_path / "link.csv"))
    with pytest.raises(Unavailable, match=r"absent\.csv"):
        make_reference(study, Sources(tmp_path / "absent.csv"))
    assert saved_reference(study) is None


def test_a_damaged_reference_is_refused_when_the_study_opens(study: Study, sample: Path) -> None:
    make_reference(study, Sources(sample))
    path = study.root / "private" / "reference.json"
    path.write_bytes(path.read_bytes().replace(b'"alpha":0.', b'"alpha":7.'))
    with pytest.raises(BadInput, match=r"reference\.json"):
        reference_of(study, battery_of(study))


def test_what_is_kept_has_the_hash_that_the_policy_will_name(study: Study, sample: Path) -> None:
    make_reference(study, Sources(sample))
    kept = saved_reference(study)
    assert kept is not None
    assert reference_of(study, battery_of(study)).sha256 == decode(kept).sha256


def test_the_own_result_says_when_answers_are_compared_with_those_of_a_pilot(tmp_path: Path) -> None:
    public = studies.open_study(tmp_path / "open", studies.standard()).public()
    frozen = decode(public.reference)
    first, *others = frozen.rows
    rows = (msgspec.structs.replace(first, status="local"), *others)
    local = replace(public, reference=encode(msgspec.structs.replace(frozen, rows=rows)))
    assert first.need
    assert PILOT in own_result(local, {}).notes
    assert PILOT not in own_result(public, {}).notes
