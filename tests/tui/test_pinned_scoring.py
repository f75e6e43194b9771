"""Own result and release come from the same frozen numbers; careless answering widens both alike."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from instruments.answers import Answer, Choice, Rating
from instruments.errors import BadInput
from instruments.model import ChoiceFormat, RatingFormat
from instruments.records import OwnResult, Submission
from instruments.tasks.lots import draw
from instruments.tasks.marking import marks_of
from scoring import told
from scoring.pipeline import build_pipeline, score_answers
from scoring.reference import default_reference
from scoring.rehearsal import TasksGiven, simulate
from scoring.scored import Scored
from store.closing import Collected
from store.cost import Cost
from store.public import PublicStudy, load_public
from tests.tui import take_studies as studies
from tui.flows import closing
from tui.flows.consent import consent
from tui.flows.founding import found_study
from tui.flows.opening import open_study
from tui.flows.own import own_result
from tui.flows.packing import submission_of
from tui.flows.rehearsing import PASSPHRASES, wishes_for

PEOPLE = 30
PACES = ("fast", "middle", "slow", "")
ACCUSING = ("careless", "unread", "without reading", "attention", "honest")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> PublicStudy:
    """An open study, as everybody may see it."""
    folder = tmp_path_factory.mktemp("pinned")
    wishes = replace(wishes_for(PEOPLE), rehearsal=False, tickets=False, study="pinned")
    founded = found_study(folder / "study", wishes, folder / "keys", PASSPHRASES, cost=Cost.CHEAP)
    open_study(founded.study, [sheet.read_text() for sheet in founded.sheets], "careload test")
    return load_public(folder / "study")


def submission(public: PublicStudy, answers: dict[str, Answer], **more: Any) -> Submission:
    return Submission(
        study=public.policy.study,
        wave=public.policy.wave,
        policy_sha256=public.policy_sha256,
        battery_sha256=public.policy.battery_sha256,
        answers=answers,
        **more,
    )


def everybody(public: PublicStudy) -> tuple[Submission, ...]:
    """Return simulated people with tasks, of every pace, some of whom do not read."""
    chance = random.Random(3)
    drawn = [draw(public.battery, chance) for _ in range(PEOPLE)]
    given = TasksGiven(drawn, public.policy.ai_use)
    people = simulate(public.battery, public.policy.attributes, PEOPLE, 8, given)
    return tuple(
        submission(public, answers, drawn=names, pace=PACES[place % len(PACES)])
        for place, (answers, names) in enumerate(zip(people, drawn, strict=True))
    )


def first_options(public: PublicStudy) -> dict[str, Answer]:
    """Return the answers of somebody who always takes the first option."""
    answers: dict[str, Answer] = {}
    for question in public.battery.questions():
        match question.format:
            case ChoiceFormat(options=options):
                answers[question.id] = Choice(code=options[0].code)
            case RatingFormat(minimum=low):
                answers[question.id] = Rating(value=low)
    return answers


def scored_at_closing(
    public: PublicStudy, submissions: tuple[Submission, ...], monkeypatch: pytest.MonkeyPatch
) -> Scored:
    """Return what the very closing hands to the release."""
    seen: list[Scored] = []
    real = closing.build_release

    def spy(scored: Scored, *rest: Any, **named: Any) -> Any:
        seen.append(scored)
        return real(scored, *rest, **named)

    monkeypatch.setattr(closing, "build_release", spy)
    closing.release_of(public, Collected(submissions, 0, 0, (), (), ()))
    return seen[0]


def told_at_closing(public: PublicStudy, scored: Scored, row: int) -> OwnResult:
    rules = public.policy
    return told.own_result(scored, public.battery, rules.wave, rules.cut_hours, row=row)


def width(own: OwnResult) -> list[float]:
    return [band.high - band.low for band in own.needs]


def older(public: PublicStudy) -> PublicStudy:
    """Return the same study as if it had been opened without frozen scoring."""
    return replace(public, scoring=b"")


def test_everybody_is_told_what_the_release_counts(
    public: PublicStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same figures to the last bit, tasks, paces, unread answers and learnt hours included."""
    people = everybody(public)
    scored = scored_at_closing(public, people, monkeypatch)
    for row, one in enumerate(people):
        own = own_result(public, one.answers, one.drawn, one.pace)
        assert own == msgspec.structs.replace(told_at_closing(public, scored, row), drawn=one.drawn)


def test_unread_answers_leave_the_own_result_open_without_an_accusing_word(public: PublicStudy) -> None:
    answers = first_options(public)
    own, before = own_result(public, answers), own_result(older(public), answers)
    assert all(wide > narrow for wide, narrow in zip(width(own)[:3], width(before)[:3], strict=True))
    assert (own.verdict, before.verdict == "not enough data") == ("not enough data", False)
    assert {band.band for band in own.needs} == {"open"}
    said = msgspec.json.encode(own).decode().lower()
    assert not [word for word in ACCUSING if word in said]


def test_the_pace_that_is_sealed_is_the_one_that_was_told(tmp_path: Path) -> None:
    """The own result comes before sealing; nothing can be answered in between."""
    battery = studies.standard()
    root = tmp_path / "study"
    studies.open_study(root, battery, pinned=True)
    session = studies.session_in(root, real=True)
    session.make_code()
    session.begin()
    while (question := session.sitting.current) is not None:
        answers = first_options(session.public)
        if question.id in answers:
            session.answer(answers[question.id], 1.0)
        else:
            session.skip()
    own = session.show_result()
    sealed = submission_of(session.public, session.sitting, session._kept, "")
    assert sealed.pace == "fast"
    assert own == own_result(session.public, sealed.answers, sealed.drawn, sealed.pace)


def test_the_consent_page_says_what_the_pace_is_for(public: PublicStudy) -> None:
    """In studies whose scoring uses it; nobody is suspected there either."""
    said = " ".join(line for piece in consent(public.policy, public.battery) for line in piece.sentences)
    assert "as fast, middle or slow; no times are kept" in said
    assert not [word for word in ACCUSING if word in said.lower()]
    without = msgspec.structs.replace(public.policy, scoring_sha256="")
    pieces = consent(without, public.battery)
    assert not any("fast, middle or slow" in line for piece in pieces for line in piece.sentences)


def test_pace_counts_on_both_sides(public: PublicStudy) -> None:
    """A quick way through makes the same answers say a little less, a slow one a little more."""
    (one, *_) = everybody(public)
    fast, unknown, slow = (width(own_result(public, one.answers, one.drawn, p)) for p in ("fast", "", "slow"))
    assert fast[0] > unknown[0] > slow[0]


def test_a_study_opened_without_frozen_scoring_closes_and_tells_as_before(
    public: PublicStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is widened, on both sides alike."""
    before, people = older(public), everybody(public)
    scored = scored_at_closing(before, people, monkeypatch)
    pipeline = build_pipeline(public.battery, default_reference(public.battery), public.policy.cut_hours)
    for row, one in enumerate(people[:5]):
        marks = marks_of(public.battery, one.drawn, one.answers, public.policy.ai_use)
        alone = score_answers(pipeline, public.battery, [one.answers], [marks])
        assert (scored.need_cov[row] == alone.need_cov[0]).all()
        assert own_result(before, one.answers, one.drawn, "fast").needs == (
            told_at_closing(before, scored, row).needs
        )


def test_tampered_scoring_is_refused_before_anything_is_told(tmp_path: Path) -> None:
    root = tmp_path / "study"
    studies.open_study(root, studies.standard(), pinned=True)
    path = root / "public" / "scoring.json"
    path.write_bytes(path.read_bytes().replace(b'"prior":0.1', b'"prior":0.9'))
    with pytest.raises(BadInput, match="not the scoring that was frozen"):
        load_public(root)


def test_numbers_of_the_own_result_are_read_without_training(public: PublicStudy) -> None:
    """Neither scikit-learn's classifiers nor made-up people are needed on the respondent's side."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from store.public import load_public\n"
        "from tui.flows.own import own_result\n"
        "own_result(load_public(Path(sys.argv[1])), {})\n"
        "print(*[name for name in sys.modules if name.startswith(('sklearn.linear_model', 'scoring.care'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(public.root)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert set(done.stdout.split()) == {"scoring.careless", "scoring.careless_indices"}
