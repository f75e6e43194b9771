"""The definitions that ship: structure, keys and anchors as published, our own words on top."""

from __future__ import annotations

import re

import pytest

from instruments.catalogue import shipped, shipped_ids
from instruments.errors import BadInput
from instruments.model import ChoiceFormat, Instrument, RatingFormat, RowsFormat
from instruments.wording import fingerprint, wording_of

SEVEN = {
    "edmondson-1999": 7,
    "odonovan-2020": 19,
    "llas-2022": 18,
    "vandewalle-1997": 5,
    "hse-demands-control": 14,
    "nasa-rtlx": 6,
    "copsoq-iii-demands": 7,
}
OWN = {"slack": 3, "tool-use": 2, "help": 4, "workflow": 1}
WORDED = [name for name in SEVEN if name != "copsoq-iii-demands"]


def reversed_numbers(instrument: Instrument) -> list[str]:
    return [item.number for item in instrument.items if item.reverse]


def labels(instrument: Instrument, number: str) -> list[str]:
    item = next(item for item in instrument.items if item.number == number)
    fmt = instrument.format_of(item)
    if isinstance(fmt, RatingFormat):
        return [fmt.low["en"], fmt.high["en"]]
    assert isinstance(fmt, ChoiceFormat)
    return [option.label.get("en", "") for option in fmt.options]


def test_every_definition_loads_and_is_called_like_its_file() -> None:
    assert set(shipped_ids()) == set(SEVEN) | set(OWN)
    assert {name: len(shipped(name).items) for name in shipped_ids()} == SEVEN | OWN
    assert all(shipped(name).id == name for name in shipped_ids())


def test_unknown_instrument_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match="edmondson-1999"):
        shipped("../edmondson-1999")


@pytest.mark.parametrize("name", SEVEN)
def test_each_item_has_a_fingerprint_of_its_own_and_no_shipped_text_matches_one(name: str) -> None:
    """The words that ship are ours: none has the print of any published item."""
    prints = [item.fingerprint for one in SEVEN for item in shipped(one).items]
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in prints)
    assert len(prints) == len(set(prints)) == 76
    assert not {fingerprint(item.text.get("en", "")) for item in shipped(name).items} & set(prints)
    assert wording_of(shipped(name), "en").status == "adapted"


@pytest.mark.parametrize("name", SEVEN)
def test_instruments_carry_what_the_codebook_prints(name: str) -> None:
    instrument = shipped(name)
    assert instrument.kind == "instrument"
    assert instrument.citation
    assert instrument.doi
    assert instrument.licence is not None
    assert instrument.licence.status
    assert instrument.scoring is not None
    assert instrument.scoring.rule
    assert instrument.scoring.missing
    assert instrument.critique
    assert all(item.facet and item.number for item in instrument.items)


def test_edmondson_reverses_one_three_five_and_keys_item_six_positively() -> None:
    """Item 6 is negatively phrased and positively keyed: the commonest wrong key."""
    edmondson = shipped("edmondson-1999")
    assert reversed_numbers(edmondson) == ["1", "3", "5"]
    assert " never " in edmondson.item("6").text["en"]
    assert edmondson.item("6").reverse is False
    assert edmondson.scale("psychological_safety").need == "safety"
    assert edmondson.scale("psychological_safety").items == tuple("1234567")


def test_edmondson_labels_the_two_ends_only_and_asks_which_team_is_meant() -> None:
    edmondson = shipped("edmondson-1999")
    assert labels(edmondson, "1") == ["Very inaccurate", "", "", "", "", "", "Very accurate"]
    fmt = edmondson.formats[0]
    assert isinstance(fmt, ChoiceFormat)
    assert (fmt.labelled, fmt.minimum, fmt.maximum) == ("ends", 1, 7)
    assert "team" in edmondson.before["en"]


def test_hse_reverses_all_demands_and_no_control_item() -> None:
    hse = shipped("hse-demands-control")
    demands = ("3", "6", "9", "12", "16", "18", "20", "22")
    assert hse.scale("demands").items == demands
    assert hse.scale("control").items == ("2", "10", "15", "19", "25", "30")
    assert reversed_numbers(hse) == list(demands)
    assert (hse.scale("demands").need, hse.scale("control").need) == ("headroom", None)


def test_hse_has_two_response_formats() -> None:
    """Items 25 and 30 are answered by agreement, all others by frequency."""
    hse = shipped("hse-demands-control")
    frequency = ["Never", "Seldom", "Sometimes", "Often", "Always"]
    agreement = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]
    for item in hse.items:
        assert labels(hse, item.number) == (agreement if item.number in {"25", "30"} else frequency)
    assert "Open Government Licence" in hse.statement


def test_nasa_rates_performance_from_good_to_poor_and_reverses_nothing() -> None:
    nasa = shipped("nasa-rtlx")
    assert labels(nasa, "4") == ["Good", "Poor"]
    assert all(labels(nasa, number) == ["Low", "High"] for number in "12356")
    assert reversed_numbers(nasa) == []
    for fmt in nasa.formats:
        assert isinstance(fmt, RatingFormat)
        assert (fmt.minimum, fmt.maximum, fmt.step) == (0, 100, 5)


def test_nasa_never_feeds_a_need_and_wants_all_six_ratings() -> None:
    scale = shipped("nasa-rtlx").scale("overall")
    assert (scale.need, scale.favourable, scale.minimum_share) == (None, "low", 1.0)


def test_llas_reverses_nothing_and_only_learning_from_feedback_is_a_need() -> None:
    llas = shipped("llas-2022")
    assert reversed_numbers(llas) == []
    assert {scale.id: scale.need for scale in llas.scales} == {
        "developing_leadership": None,
        "seeking_feedback": "agility",
        "developing_systematically": None,
    }
    assert llas.scale("seeking_feedback").items == ("7", "8", "9", "10", "11", "12")
    assert llas.scale("seeking_feedback").name["en"] == "Learning from feedback"
    assert "CC BY" in llas.statement


def test_vandewalle_has_six_points_and_odonovan_three_parts() -> None:
    vandewalle, odonovan = shipped("vandewalle-1997"), shipped("odonovan-2020")
    assert len(labels(vandewalle, "1")) == 6
    assert [scale.need for scale in vandewalle.scales] == ["agility"]
    assert [(scale.id, len(scale.items)) for scale in odonovan.scales] == [
        ("team_leader", 9),
        ("peers", 7),
        ("team", 3),
    ]
    assert {scale.need for scale in odonovan.scales} == {"safety"}
    assert reversed_numbers(vandewalle) == reversed_numbers(odonovan) == []


def test_copsoq_ships_structure_without_any_item_text() -> None:
    """Its licence forbids derivatives."""
    copsoq = shipped("copsoq-iii-demands")
    assert not any(item.text or item.help for item in copsoq.items)
    assert [item.number for item in copsoq.items] == ["QD1", "QD2", "QD3", "QD4", "WP1", "WP2", "WP3"]
    assert reversed_numbers(copsoq) == ["QD4"]
    assert [item.format for item in copsoq.items] == ["frequency"] * 5 + ["extent"] * 2


def test_copsoq_scores_a_hundred_for_always_and_high_is_bad() -> None:
    copsoq = shipped("copsoq-iii-demands")
    for fmt in copsoq.formats:
        assert isinstance(fmt, ChoiceFormat)
        assert [option.score for option in fmt.options] == [100, 75, 50, 25, 0]
    assert {scale.favourable for scale in copsoq.scales} == {"low"}
    assert {scale.unit for scale in copsoq.scales} == {"percent"}
    assert {scale.need for scale in copsoq.scales} == {None}


def test_slack_scores_codes_and_keeps_minutes_beside_them() -> None:
    """The mean of three codes stays between 1 and 5; minutes a week are counted apart."""
    slack = shipped("slack")
    fmt = slack.format_of(slack.item("minutes"))
    assert isinstance(fmt, ChoiceFormat)
    assert [option.amount for option in fmt.options] == [0, 10, 20, 40, 60]
    assert [option.score for option in fmt.options] == [1, 2, 3, 4, 5]
    assert slack.scale("slack").need == "headroom"
    assert "exploratory" in slack.name


def test_tool_use_counts_ten_days_and_help_asks_for_rows() -> None:
    days = shipped("tool-use").formats[0]
    assert isinstance(days, RatingFormat)
    assert (days.minimum, days.maximum, days.step) == (0, 10, 1)
    columns = [
        [column.id for column in fmt.columns]
        for fmt in shipped("help").formats
        if isinstance(fmt, RowsFormat)
    ]
    assert columns == [["role", "hours"], ["from", "hours"], ["reason", "hours"]]


@pytest.mark.parametrize("name", [*WORDED, *OWN])
def test_items_are_short_whole_sentences(name: str) -> None:
    """At most 20 words, the first letter large, a full stop or question mark at the end."""
    for item in shipped(name).items:
        text = item.text["en"]
        assert len(text.split()) <= 20, text
        assert max(len(word) for word in re.findall(r"[A-Za-z]+", text)) <= 12, text
        assert text[0].isupper(), text
        assert text.endswith((".", "?")), text
        assert not set(text) & set("<>[]{}"), text


@pytest.mark.parametrize("name", OWN)
def test_own_questions_say_who_sees_them(name: str) -> None:
    assert all(item.help["en"] for item in shipped(name).items)
    assert wording_of(shipped(name), "en").status == "own"
