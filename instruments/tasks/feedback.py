"""What a person reads after the last task: what was planted and what was found; kind, short, no grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from instruments.answers import Answer, Text
from instruments.model import text_in
from instruments.tasks.asking import TEXT, VIGNETTE_FORMAT, Drawn
from instruments.tasks.model import HANDLINGS, AiUsePolicy, FaultKind, ReviewTask, WithholdTask
from instruments.tasks.policy import rules_on
from instruments.tasks.review import BOTH_HALVES, Outcome, calibration_of, outcomes
from instruments.tasks.withhold import SILENT, Judged, judge
from instruments.tasks.writing import AdaptTask, SummariseTask
from instruments.tasks.writing_feedback import prompt_feedback, summary_feedback

KIND_WORDS: dict[FaultKind, str] = {
    "invented-figure": "a figure that the text does not give",
    "wrong-attribution": "words put into the wrong mouth",
    "dropped-caveat": "a limit that was left out",
    "over-generalised": "a part made into the whole",
    "invented-source": "a source that the text does not name",
    "contradiction": "the opposite of what the text says",
}
FEWER = "Real work has fewer faults than this report, and people then miss more of them."
_TIPS: dict[FaultKind, str] = {
    "invented-figure": "look up each number of one AI text before you pass it on.",
    "wrong-attribution": "check in one AI text, for each 'said' and 'proposes', who it really was.",
    "dropped-caveat": "see if one AI text kept the 'but', 'however' and 'only' of its original.",
    "over-generalised": "ask of one AI text, at each 'all', 'usually' and 'people', how many it really were.",
    "invented-source": "open each source that one AI text names before you rely on it.",
    "contradiction": "read one passage of an AI text side by side with the original.",
}
_NONE_ANSWERED = "you did not answer any of those"
_TIP_SOUND = "before you send something back, look for the sentence that supports it."
_TIP_SURE = "note how sure you are before you check one AI text, and compare afterwards."
_TIP_ANY = "pick three statements of one AI text and find each of them in the original."
_TIP_POLICY = "ask, before you use an AI tool, who the data are about and who will rely on the result."
_TIP_OPEN = "ask who in your organisation settles the rules that are still open."
_SURE = {
    "overconfident": "You were more sure than you were right; over so few statements it may be chance.",
    "about right": "How sure you were fits how often you were right.",
    "underconfident": "You were right more often than you thought; over so few statements it may be chance.",
}


def feedback_on(
    drawn: Drawn, answers: Mapping[str, Answer], policy: AiUsePolicy, language: str = "en"
) -> tuple[str, ...]:
    """Return the feedback on one handed-in task; `answers` go by the item's id."""
    task, typed = drawn.task, answers.get(TEXT)
    text = typed.value if isinstance(typed, Text) else ""
    match task:
        case ReviewTask():
            return review_feedback(task, answers, drawn.halves, language)
        case WithholdTask():
            return withhold_feedback(task, answers, policy, language)
        case SummariseTask():
            return summary_feedback(task, text, language)
        case AdaptTask():
            return prompt_feedback(task, text, language)


def review_feedback(
    task: ReviewTask,
    answers: Mapping[str, Answer],
    halves: Sequence[int] = BOTH_HALVES,
    language: str = "en",
) -> tuple[str, ...]:
    """Return the feedback on a handed-in `review`, a sentence or two a line, numbered as it was shown."""
    found = list(enumerate(outcomes(task, answers, halves), start=1))
    flawed = [(number, one) for number, one in found if one.is_flawed]
    hits = sum(one.is_right for _, one in flawed)
    told = f"you found {hits}" if hits else _NONE_ANSWERED
    if not hits and any(one.marked for _, one in flawed):
        told = "all of them slipped past, which is what they were built for"
    lines = [f"{len(flawed)} faults were planted in these {len(found)} statements; {told}."]
    lines += [_on_flawed(number, one, language) for number, one in flawed]
    lines += [
        _on_sound(number, one, language)
        for number, one in found
        if not one.is_flawed and one.marked and one.marked.flagged
    ]
    outcomes_only = [one for _, one in found]
    calibration = calibration_of(outcomes_only)
    if calibration is not None:
        lines.append(_SURE[calibration.band])
    return (*lines, FEWER, f"One thing to try at work: {_review_tip(outcomes_only)}")


def withhold_feedback(
    task: WithholdTask, answers: Mapping[str, Answer], policy: AiUsePolicy, language: str = "en"
) -> tuple[str, ...]:
    """Return the feedback on a handed-in `withhold`: what each turns on, the policy, and what was chosen."""
    judged = judge(task, answers, policy)
    lines = [
        f"Situation {number}: {text_in(one.vignette.reason, language)}. {_on_vignette(one, policy, language)}"
        for number, one in enumerate(judged, start=1)
    ]
    tip = _TIP_OPEN if any(one.key is None for one in judged) else _TIP_POLICY
    return (*lines, f"One thing to try at work: {tip}")


def _on_flawed(number: int, outcome: Outcome, language: str) -> str:
    statement = outcome.statement
    kind = KIND_WORDS[statement.fault] if statement.fault else ""
    told = f"Statement {number}, {kind} ('{text_in(statement.place, language)}')."
    if outcome.is_right:
        return f"{told} You found it."
    seen = "You did not answer this one." if outcome.marked is None else "You let it pass."
    reason = text_in(statement.reason, language)
    return f"{told} {seen} Built to be easy to miss, because {reason}."


def _on_sound(number: int, outcome: Outcome, language: str) -> str:
    sentence = text_in(outcome.statement.source, language)
    return f"Statement {number} is sound. The text says: '{sentence}'"


def _review_tip(found: Sequence[Outcome]) -> str:
    """Return one tip: on the first fault let pass, else on sound statements flagged, else on being sure."""
    for one in found:
        if one.statement.fault and one.marked and not one.is_right:
            return _TIPS[one.statement.fault]
    if any(one.marked and one.marked.flagged and not one.is_flawed for one in found):
        return _TIP_SOUND
    calibration = calibration_of(found)
    return _TIP_SURE if calibration and calibration.band != "about right" else _TIP_ANY


def _on_vignette(judged: Judged, policy: AiUsePolicy, language: str) -> str:
    said = " ".join(rules_on(judged.vignette, policy))
    if judged.key is None:
        said = f"{SILENT} {said}"
    if judged.answer is None:
        return f"{said} You left this one open."
    option = VIGNETTE_FORMAT.options[HANDLINGS.index(judged.answer)]
    chosen = f"{said} You chose “{text_in(option.label, language)}”"
    if judged.key is None:
        return f"{chosen}."
    return f"{chosen}: that fits." if judged.answer == judged.key else f"{chosen}. {judged.why}"
