"""Closing a wave: everything is opened in memory, scored, made safe and written as one release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from instruments.answers import Answer, Choice, Skipped
from instruments.battery import minutes_of
from instruments.questions import Battery, Part
from instruments.reading import read_record
from instruments.records import Policy, ReleaseHeader, Submission, WordingLine, canonical, sha256_of
from instruments.setup import Thresholds
from instruments.tasks.allowed import allowed_texts
from instruments.tasks.catalogue import shipped_tasks
from instruments.tasks.marking import marks_of
from scoring.audit_rows import Truth
from scoring.gate import refuse_linked
from scoring.items import matrix
from scoring.labels import help_labels
from scoring.learning import learn, with_hours
from scoring.marks import TASKS, task_wording
from scoring.quality import quality_of
from scoring.records import Release
from scoring.reference import Reference, decode
from scoring.release import build_release
from scoring.release_audit import refuse_unsafe
from scoring.work import work_of
from store.alone import closing_alone
from store.errors import Refused
from store.inbox import Collected, Problem, collect
from store.proofs import publish_proof
from store.public import PublicStudy
from store.releases import earlier_releases
from store.requests import keep_queue
from store.study import Study
from store.texts import keep_texts
from store.vault import PrivateKey
from tui.flows.pinned import scoring_of


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing found and made."""

    release: Release
    held_back: int
    identical: int
    quarantined: tuple[Problem, ...]
    requests: int = 0
    """Requests for help by name."""
    texts: int = 0
    """Texts that raters may read."""


def close_study(
    study: Study, privates: Sequence[PrivateKey], today: str, *, accepts_few: bool = False
) -> Closing:
    """Close the wave of `study` with the key holders' keys; `today` is an ISO date for the opening log.

    Answers exist opened only while this runs; what is written is the release. Raises PrivacyRefused when it
    could give somebody away, alone or beside an earlier one, and Refused when requests for help, or imported
    answers that do not count, take results away and that is not accepted: then nothing is written, and the
    wave is open.
    """
    public = study.public()
    with closing_alone(study.root):
        try:
            collected = collect(study, privates, today)
            if not accepts_few:
                _refuse_lost_results(collected, public.policy.thresholds)
            release = release_of(public, collected)
            earlier = [read_record(one, Release, "an earlier release") for one in earlier_releases(study)]
            refuse_linked(release, earlier, public.policy)
            data = canonical(release)
            keep_queue(study, collected.requests)
            texts = _keep_texts(study, collected, release.header.counted or 0)
            study.write_release(data)
        except BaseException:
            study.cancel_closing()
            raise
        publish_proof(public, release.header, data, collected.openings)
        study.mark_closed(public.policy.wave)
    requests = len(set(collected.requests))
    return Closing(release, collected.held_back, collected.identical, collected.quarantined, requests, texts)


def _keep_texts(study: Study, collected: Collected, counted: int) -> int:
    """Seal the texts that raters may read; none where the release tells not even how many answered."""
    public = study.public()
    allowed = (text for one in collected.submissions for text in allowed_texts(public.battery, one))
    return keep_texts(study, allowed, counted, public.policy.thresholds)


def _refuse_lost_results(collected: Collected, limits: Thresholds) -> None:
    """Raise Refused when what somebody else handed in takes results away that this wave could have shown.

    A request for help needs no ticket, and one sitting keeps a whole import out: one account could hand them
    in, and what closing leaves out is lost for good.
    """
    people, requests = len(collected.submissions), len(set(collected.requests))
    imported = collected.imported_left_out
    for limit, lost in ((limits.minimum_people, "results"), (limits.minimum_breakdown, "groups")):
        it_takes = f"the {limit} people that it takes to show {lost}"
        if people - requests < limit <= people:
            raise Refused(
                f"{requests} requests for help do not count towards {it_takes}, and too few are left. "
                "Nothing was written; the wave is open. Requests need no ticket: somebody may have made "
                "them up.",
                f"Let more people answer, or close with --few: then {lost} are lost for good.",
            )
        if people < limit <= imported:
            raise Refused(
                f"{imported} imported answers do not count, because others answered through careload, and "
                f"those are fewer than {it_takes}. Nothing was written; the wave is open.",
                "Let more people answer, or import into a study of its own, to which nobody else hands in. "
                f"Closing with --few takes the few who answered: then {lost} are lost for good.",
            )


def release_of(public: PublicStudy, collected: Collected) -> Release:
    """Score what was collected and return the release; nothing of a single person is in it.

    Raises PrivacyRefused when the audit finds that somebody could be told from it.
    """
    policy, battery = public.policy, public.battery
    answers = [submission.answers for submission in collected.submissions]
    reference = decode(public.reference)
    drawn = [submission.drawn for submission in collected.submissions]
    marks = [
        marks_of(battery, names, given, policy.ai_use) for names, given in zip(drawn, answers, strict=True)
    ]
    numbers = matrix(battery, answers, marks)
    pinned = scoring_of(public)
    doubt = pinned.doubt(numbers, [one.pace for one in collected.submissions])
    scored = pinned.score(numbers, doubt)
    learnt = learn(scored, help_labels(battery, answers), pinned.hours, policy.thresholds)
    if learnt.model is not pinned.hours:
        scored = with_hours(scored, pinned.with_hours(learnt.model).score(numbers, doubt))
    groups = {attribute.id: _codes(answers, attribute.id) for attribute in policy.attributes}
    minutes = np.array([_or_nan(minutes_of(battery, given)) for given in answers], dtype=np.float64)
    header = _header(public, collected, _wordings(battery, answers, reference, policy))
    work = work_of(battery, answers, drawn)
    quality = quality_of(battery, numbers, doubt)
    release = build_release(
        scored, learnt.model, groups, minutes, policy, header, work, learnt.basis, quality
    )
    refuse_unsafe(release, Truth(scored, groups, minutes, work), policy)
    return release


def _codes(answers: Sequence[Mapping[str, Answer]], attribute: str) -> npt.NDArray[np.int64]:
    given = (one.get(f"attributes/{attribute}") for one in answers)
    return np.array([answer.code if isinstance(answer, Choice) else -1 for answer in given], dtype=np.int64)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _header(public: PublicStudy, collected: Collected, wordings: tuple[WordingLine, ...]) -> ReleaseHeader:
    policy = public.policy
    return ReleaseHeader(
        study=policy.study,
        organisation=policy.organisation,
        wave=policy.wave,
        policy_sha256=public.policy_sha256,
        battery_sha256=policy.battery_sha256,
        reference_sha256=policy.reference_sha256,
        reference_status=policy.reference_status,
        program=policy.program,
        rehearsal=policy.rehearsal,
        counted=len(collected.submissions),
        headcount=policy.headcount,
        imported=_imported(collected.submissions) + collected.imported_left_out,
        imported_left_out=collected.imported_left_out,
        requests=len(set(collected.requests)),
        held_back=collected.held_back,
        quarantined=len(collected.quarantined),
        wordings=wordings,
        counted_hashes=collected.counted_hashes,
        opening_sha256=sha256_of(collected.openings[-1]) if collected.openings else "",
        thresholds=policy.thresholds,
        closed_on=collected.openings[-1].day if collected.openings else "",
    )


def _imported(submissions: Sequence[Submission]) -> int:
    return sum(submission.origin == "import" for submission in submissions)


def _wordings(
    battery: Battery, answers: Sequence[Mapping[str, Answer]], reference: Reference, policy: Policy
) -> tuple[WordingLine, ...]:
    enough = len(answers) >= policy.thresholds.minimum_people
    lines = tuple(
        WordingLine(
            instrument=part.instrument.id,
            name=part.instrument.name,
            wording=str(part.wording),
            wording_sha256=part.wording.sha256,
            reference=reference.status_of(part.instrument.id) or "none",
            answered_share=_answered_share(part, answers) if enough else None,
        )
        for part in battery.parts
        if part.instrument.id != "attributes"
    )
    return lines + tuple(_task_line(battery, task, reference) for task in _tasks_of(battery))


def _tasks_of(battery: Battery) -> tuple[str, ...]:
    return tuple(dict.fromkeys(task.id for task in battery.tasks))


def _task_line(battery: Battery, task: str, reference: Reference) -> WordingLine:
    """Return what the release says of a task: whose it is, and that its forms have not been compared yet."""
    own = [one for one in battery.tasks if one.id == task]
    forms = [one.form.upper() for one in own]
    ships = all(one in shipped_tasks() for one in own)
    whose = "our own task" if ships else "a task of the study's own"
    return WordingLine(
        instrument=f"{TASKS}/{task}",
        name=f"Task: {task}",
        wording=f"{whose}, forms {', '.join(forms)}; equal difficulty is not claimed",
        wording_sha256=task_wording(battery, task).sha256,
        reference=reference.status_of(f"{TASKS}/{task}") or "none",
    )


def _answered_share(part: Part, answers: Sequence[Mapping[str, Answer]]) -> float:
    """Return the share of this part's questions that were answered, rounded to .05."""
    names = [f"{part.instrument.id}/{item.id}" for item in part.instrument.items]
    given = sum(not isinstance(one.get(name, Skipped()), Skipped) for one in answers for name in names)
    return round(20 * given / max(1, len(names) * len(answers))) / 20
