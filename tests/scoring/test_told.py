"""What a person is told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.battery import cut
from instruments.catalogue import shipped
from instruments.records import TIERS, OwnResult
from scoring.careless import PRIOR
from scoring.careless_training import careless_model
from scoring.hours import HoursModel
from scoring.items import matrix
from scoring.pipeline import score
from scoring.reference import default_reference
from scoring.rehearsal import simulate_with_truth
from scoring.told import CLEAR, PILOT, hours_words, named_tiers, own_result, reached_bands, whole_shares
from scoring.told_words import REASONS
from tests.scoring.made import CUTS, PUBLISHED, battery_of, instrument, pipeline_of, standard_like

BATTERY = standard_like()
PIPELINE = pipeline_of(BATTERY)
CHANCES = (
    st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4)
    .filter(lambda x: sum(x) > 0.01)
    .map(lambda x: np.array(x) / sum(x))
)


def told(safety: float, learning: float, work: float) -> OwnResult:
    """What somebody is told whose keyed answers are all the same within a scale."""
    answers = np.full((1, 30), np.nan)
    answers[0, :7] = np.where(np.isin(np.arange(7), [0, 2, 4]), 8 - safety, safety)
    answers[0, 7:13], answers[0, 13:21], answers[0, 21:24] = learning, 6 - work, work
    return own_result(score(PIPELINE, answers), BATTERY, "baseline", CUTS)


@given(CHANCES)
def test_shares_are_whole_sum_to_100_and_keep_the_order(chances: np.ndarray) -> None:
    shares = whole_shares(chances)
    assert sum(shares) == 100
    assert min(shares) >= 0
    for a in range(4):
        assert abs(shares[a] - 100 * chances[a]) < 1
        for b in range(4):
            assert chances[a] <= chances[b] or shares[a] >= shares[b]


@given(CHANCES)
def test_no_tier_is_named_that_is_less_probable_than_one_not_named(chances: np.ndarray) -> None:
    low, high = named_tiers(chances)
    inside = chances[low : high + 1]
    outside = np.delete(chances, range(low, high + 1))
    assert int(np.argmax(chances)) in range(low, high + 1)
    assert inside.min() >= max(outside, default=0)
    assert (low == high) == (chances.max() >= CLEAR)


@pytest.mark.parametrize(
    ("chances", "named"),
    [
        ([0.6, 0.3, 0.1, 0.0], (0, 0)),
        ([0.59, 0.31, 0.1, 0.0], (0, 1)),
        ([0.1, 0.35, 0.4, 0.15], (1, 2)),
        ([0.4, 0.15, 0.35, 0.1], (0, 2)),
        ([0.4, 0.05, 0.35, 0.2], (0, 3)),
        ([0.25, 0.25, 0.25, 0.25], (0, 1)),
    ],
)
def test_named_tiers_worked_by_hand(chances: list[float], named: tuple[int, int]) -> None:
    """Clear, just not clear, two neighbours, a likely and an unlikely tier between them, a tie."""
    assert named_tiers(np.array(chances)) == named


def test_hours_in_words() -> None:
    assert [hours_words(tier, CUTS) for tier in range(4)] == [
        "less than 1 hour",
        "1 to 2 hours",
        "2 to 4 hours",
        "more than 4 hours",
    ]
    assert hours_words(0, (1.5, 3, 6)) == "less than 1.5 hours"


def test_the_normal_case_lies_between_two_tiers_with_both_frequencies() -> None:
    """Middling answers: two neighbouring tiers, and the sentence gives the very shares of both."""
    result = told(5, 4, 3)
    assert result.verdict == "between"
    assert result.heading == "Relative need, hours assumed"
    shares = {share.tier: share.of_100 for share in result.shares}
    assert sum(shares.values()) == 100
    assert len(result.tiers) == 2
    for tier in result.tiers:
        assert (
            f"about {shares[tier]} would want {hours_words(TIERS.index(tier), CUTS)}" in result.sentences[1]
        )
    assert result.sentences[1].startswith("Of 100 people who answer like this, about ")


def test_a_clear_case_names_one_tier() -> None:
    result = told(7, 5, 5)
    assert result.verdict == "tier"
    assert result.tiers == ("self-directed",)
    assert (result.conditions, result.skill) == ((), ())
    assert "less than 1 hour" in result.sentences[0]


def test_conditions_stand_in_the_job_and_the_team_apart_from_skill_the_largest_first() -> None:
    result = told(2, 4, 1)
    assert result.conditions == (REASONS["headroom"], REASONS["safety"])
    assert result.skill == ()
    poor = told(1, 1, 1)
    assert len(poor.conditions) == 2
    assert len(poor.skill) == 1


def test_reasons_follow_the_contributions_of_the_hours_model() -> None:
    """Weights on safety alone: nothing but safety is a reason; without any weight there is none."""
    scored = score(
        PIPELINE, np.array([[7, 1, 7, 1, 7, 1, 1, *[1] * 6, *[5] * 8, 1, 1, 1, *[3] * 6]], dtype=float)
    )
    for weights, found in (((0.1, 1.0, 0, 0, 0, 0, 0), 1), ((0.1, 0, 0, 0, 0, 0, 0), 0)):
        model = HoursModel(weights=weights)
        result = own_result(scored, BATTERY, "baseline", CUTS, hours=model)
        assert result.conditions == (REASONS["safety"],) * found
        assert result.skill == ()


def test_no_reason_is_given_for_a_need_that_was_not_asked() -> None:
    """Poor answers pull the unseen capability down with them; it is still no reason."""
    assert not any("AI tools" in reason for reason in told(1, 1, 1).skill)


@pytest.mark.parametrize(
    ("instrument_id", "scale", "is_feedback"),
    [("llas-2022", "seeking_feedback", True), ("vandewalle-1997", "learning", False)],
)
def test_agility_is_told_in_the_words_of_the_scale_that_was_asked(
    instrument_id: str, scale: str, is_feedback: bool
) -> None:
    """Feedback is spoken of where the scale asks about it, and nowhere else."""
    asked = cut(shipped(instrument_id), (scale,))
    battery = battery_of(asked, instrument("work", 8, 5, "headroom"))
    answers = np.ones((2, len(asked.items) + 8))
    answers[1] = np.nan
    scored = score(pipeline_of(battery), answers)
    for row in (0, 1):
        result = own_result(scored, battery, "baseline", CUTS, row=row)
        band = next(one for one in result.needs if one.need == "agility")
        assert band.band == ("lower", "open")[row]
        assert ("eedback" in " ".join([band.words, *result.skill])) == is_feedback


def test_too_little_is_said_kindly_and_without_a_number() -> None:
    scored = score(PIPELINE, np.full((1, 30), np.nan))
    result = own_result(scored, BATTERY, "day-30", CUTS)
    assert (result.verdict, result.tiers, result.shares) == ("not enough data", (), ())
    assert (result.conditions, result.skill) == ((), ())
    assert {band.band for band in result.needs} == {"open"}
    assert not any(character.isdigit() for sentence in result.sentences for character in sentence)


@pytest.mark.parametrize(
    ("low", "high", "reached"),
    [
        (-0.2, 0.2, ("middle",)),
        (-0.5, 0.1, ("lower", "middle")),
        (0.4, 1.5, ("middle", "higher")),
        (0.5, 1.5, ("higher",)),
        (-2.0, -0.5, ("lower",)),
        (-0.9, 0.8, ("lower", "middle", "higher")),
    ],
)
def test_every_band_that_the_range_reaches_is_possible(
    low: float, high: float, reached: tuple[str, ...]
) -> None:
    """Edges belong to the outer bands, as where a band is chosen."""
    assert reached_bands(low, high) == reached


def test_the_band_itself_is_always_possible_and_an_open_one_has_none() -> None:
    for band in (*told(2, 4, 1).needs, *told(5, 4, 3).needs):
        assert (band.band in band.possible) == (band.band != "open")


UNREAD = "Your answers say too little about the room your job leaves."


def test_answers_that_look_unread_are_open_however_complete_and_however_extreme() -> None:
    """The middle would be the prior and not what they said; with 1 in 10 unread everything is told."""
    answers = np.full((4, 30), 3.0)
    answers[2:, :21] = [7, 1, 7, 1, 7, 1, 1, *[1] * 6, *[5] * 8]
    scored = score(PIPELINE, answers, careless=np.array([0.6, 0.1, 0.6, 0.1]))
    results = [own_result(scored, BATTERY, "baseline", CUTS, row=row) for row in range(4)]
    for unread in results[::2]:
        assert unread.verdict == "not enough data"
        assert (unread.tiers, unread.shares, unread.conditions, unread.skill) == ((), (), (), ())
        assert {band.band for band in unread.needs} == {"open"}
        assert UNREAD in {band.words for band in unread.needs}
    for read in results[1::2]:
        assert read.verdict != "not enough data"
        assert [band.band == "open" for band in read.needs] == [False, False, False, True]


@pytest.mark.parametrize(
    ("first", "end", "need"), [(0, 7, "safety"), (7, 13, "agility"), (13, 21, "headroom")]
)
@pytest.mark.parametrize("unread", [0.0, PRIOR])
def test_one_complete_scale_gets_its_band(first: int, end: int, need: str, unread: float) -> None:
    """Also where nothing tells whether the questions were read: fewer than ten answers leave the prior."""
    answers = np.full((1, 30), np.nan)
    answers[0, first:end] = 3
    scored = score(PIPELINE, answers, careless=np.array([unread]))
    result = own_result(scored, BATTERY, "baseline", CUTS)
    assert [band.need for band in result.needs if band.band != "open"] == [need]


def test_attentive_complete_answers_are_hardly_ever_open_and_unread_ones_nearly_always() -> None:
    """People of a rehearsal, told apart by what they did and not by what the classifier thinks."""
    answers, truth = simulate_with_truth(BATTERY, (), 1500, 5)
    numbers = matrix(BATTERY, answers)
    doubt = careless_model(BATTERY, default_reference(BATTERY)).probability(numbers)
    scored = score(PIPELINE, numbers, doubt)
    attentive = (truth.kind == "") & ~np.isnan(numbers).any(axis=1)
    assert attentive.sum() > 500
    assert (~scored.told[attentive][:, :3]).mean() < 0.01
    assert (~scored.enough[attentive]).mean() < 0.01
    assert scored.told[doubt > 0.5].mean() < 0.02
    assert (truth.careless & ~scored.enough).sum() > 0.5 * truth.careless.sum()


def test_needs_are_told_in_bands_with_their_range() -> None:
    bands = {band.need: band for band in told(1, 3, 5).needs}
    assert bands["safety"].band == "lower"
    assert bands["headroom"].band == "higher"
    assert bands["capability"].band == "open"
    for band in bands.values():
        assert band.low < band.mean < band.high
        assert band.words


def test_notes_name_adapted_wording_only_where_it_is() -> None:
    published = battery_of(instrument("safe", 7, 7, "safety"), wording=PUBLISHED)
    scored = score(pipeline_of(published), np.full((1, 7), 4.0))
    assert not any("dapted" in note for note in own_result(scored, published, "baseline", CUTS).notes)
    adapted = told(4, 3, 3)
    assert "Adapted wording: published reliability does not carry over." in adapted.notes
    assert any("one person's view" in note for note in adapted.notes)


def test_after_logging_the_heading_no_longer_says_assumed() -> None:
    scored = score(PIPELINE, np.full((1, 30), 3.0))
    assert own_result(scored, BATTERY, "day-60", CUTS, logged=True).heading == "Relative need"


def test_who_is_compared_with_people_of_a_pilot_is_told_so_and_nobody_else() -> None:
    scored = score(PIPELINE, np.full((1, 30), 3.0))
    assumed = own_result(scored, BATTERY, "baseline", CUTS)
    local = own_result(scored, BATTERY, "baseline", CUTS, has_local=True)
    assert PILOT in local.notes
    assert [one for one in local.notes if one != PILOT] == list(assumed.notes)


def test_the_row_told_is_the_row_asked_for() -> None:
    answers = np.full((2, 30), 3.0)
    answers[1, :21] = [7, 1, 7, 1, 7, 1, 1, *[1] * 6, *[5] * 8]
    both = score(PIPELINE, answers)
    alone = score(PIPELINE, answers[1:])
    assert own_result(both, BATTERY, "baseline", CUTS, row=1) == own_result(alone, BATTERY, "baseline", CUTS)
