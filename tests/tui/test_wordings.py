"""Putting text into a study before it opens: what is kept, what is not, and what is said."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from instruments.battery import STANDARD
from instruments.errors import BadInput
from instruments.setup import PartChoice
from instruments.wording import fingerprint
from store.study import Study
from tests.store.examples import make_keys, setup_for
from tui.flows.opening import battery_of, published_count
from tui.flows.wordings import put_wording_in

LINES = tuple(f"Made-up sentence with the letter {letter}." for letter in "abcdefg")
EDMONDSON = "edmondson-1999"
HEAD = """
schema = 1
id = "own-scale"
kind = "instrument"
name = "Own scale"
title = { en = "Own scale" }

[[formats]]
kind = "choice"
id = "agreement"
options = [{ code = 1, label = { en = "No" } }, { code = 2, label = { en = "Yes" } }]

[[scales]]
id = "whole"
name = { en = "Whole" }
items = ["1", "2", "3", "4", "5", "6", "7"]
"""
ITEM = """
[[items]]
id = "{number}"
number = "{number}"
format = "agreement"
fingerprint = "{fingerprint}"
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study with the standard battery, not open yet."""
    setup = setup_for(tuple(key.public_hex for key in make_keys()))
    return Study.create(
        tmp_path / "study", msgspec.structs.replace(setup, battery="standard", parts=STANDARD)
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Seven lines that are nobody's published items."""
    path = tmp_path / "items.txt"
    path.write_text("\n".join(LINES))
    return path


def texts(study: Study) -> list[str]:
    return [item.text["en"] for item in battery_of(study).parts[0].instrument.items]


def test_text_that_is_not_the_published_one_is_kept_only_when_accepted_as_adapted(
    study: Study, source: Path
) -> None:
    before = texts(study)
    outcome = put_wording_in(study, EDMONDSON, source, accept_adapted=False)
    assert not outcome.kept
    assert "add --accept-adapted" in outcome.lines[-1]
    assert texts(study) == before
    outcome = put_wording_in(study, EDMONDSON, source, accept_adapted=True)
    assert outcome.kept
    assert "adapted wording: items 0 of 7 as published" in outcome.lines[-1]
    assert texts(study) == list(LINES)
    assert published_count(battery_of(study)) == (0, 3)


def test_the_key_stays_with_the_item_whatever_text_is_put_in(study: Study, source: Path) -> None:
    put_wording_in(study, EDMONDSON, source, accept_adapted=True)
    items = battery_of(study).parts[0].instrument.items
    assert [item.number for item in items if item.reverse] == ["1", "3", "5"]


def test_too_few_lines_change_nothing_even_when_accepted(study: Study, source: Path) -> None:
    before = texts(study)
    source.write_text("\n".join(LINES[:6]))
    outcome = put_wording_in(study, EDMONDSON, source, accept_adapted=True)
    assert (outcome.kept, outcome.lines[-1]) == (False, "Nothing was changed.")
    assert texts(study) == before


def test_no_line_of_the_verdict_quotes_what_was_put_in(study: Study, source: Path) -> None:
    outcome = put_wording_in(study, EDMONDSON, source, accept_adapted=False)
    assert not any("Made-up" in line for line in outcome.lines)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", None])
def test_a_file_that_cannot_be_read_is_named(study: Study, source: Path, data: bytes | None) -> None:
    source.unlink()
    if data is not None:
        source.write_bytes(data)
    with pytest.raises(BadInput, match=r"items\.txt"):
        put_wording_in(study, EDMONDSON, source, accept_adapted=True)


def test_an_instrument_of_the_studys_own_without_text_can_be_asked_once_its_text_is_put_in(
    study: Study, source: Path
) -> None:
    """It holds fingerprints only, of made-up sentences; put in, these count as published."""
    items = [ITEM.format(number=n, fingerprint=fingerprint(line)) for n, line in enumerate(LINES, 1)]
    (study.root / "definitions" / "own-scale.toml").write_text(HEAD + "".join(items))
    with pytest.raises(BadInput, match="no text in 'en' for item 1"):
        battery_of(study)
    outcome = put_wording_in(study, "own-scale", source, accept_adapted=False)
    assert outcome.kept
    assert "published wording: items 7 of 7 as published" in outcome.lines[-1]
    last = battery_of(study).parts[-1].instrument
    assert [item.text["en"] for item in last.items] == list(LINES)
    assert published_count(battery_of(study)) == (1, 4)


def test_an_instrument_that_the_study_does_not_ask_is_refused(study: Study, source: Path) -> None:
    with pytest.raises(BadInput, match="expected one of edmondson-1999"):
        put_wording_in(study, "copsoq-iii-demands", source, accept_adapted=True)


def test_a_licence_without_derivatives_keeps_changed_text_out(study: Study, source: Path) -> None:
    """COPSOQ may be used as published only: other words are refused even when accepted as adapted."""
    setup = study.setup()
    copsoq = PartChoice(instrument="copsoq-iii-demands")
    study.save_setup(msgspec.structs.replace(setup, parts=(*setup.parts, copsoq)))
    outcome = put_wording_in(study, copsoq.instrument, source, accept_adapted=True)
    assert not outcome.kept
    assert "licence" in outcome.lines[-1]
    assert study.definition(copsoq.instrument) is None
