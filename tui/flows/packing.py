"""The records that one sitting becomes: the first draft, and what is sealed at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instruments.records import OwnResult, Submission, Wave
from instruments.sitting import Sitting, SittingRecord
from tui.flows.agreeing import consent_sha256

if TYPE_CHECKING:
    from store.public import PublicStudy


def first_record(public: PublicStudy, ticket: str) -> SittingRecord:
    """Return the draft of a sitting that has no answer yet."""
    return SittingRecord(
        study=public.policy.study,
        wave=public.policy.wave,
        policy_sha256=public.policy_sha256,
        battery_sha256=public.policy.battery_sha256,
        ticket=ticket,
        consent_sha256=consent_sha256(public.policy, public.battery),
    )


def nothing_kept(wave: Wave) -> OwnResult:
    """Return what is sealed in place of an own result that nobody is to see again."""
    return OwnResult(wave=wave, verdict="not kept", tiers=(), shares=(), heading="", sentences=())


def submission_of(
    public: PublicStudy, sitting: Sitting, record: SittingRecord, code_public: str
) -> Submission:
    """Return what is handed in: the answers, the ticket and the pace of `record`, no time and no name."""
    return Submission(
        study=record.study,
        wave=public.policy.wave,
        policy_sha256=record.policy_sha256,
        battery_sha256=record.battery_sha256,
        answers=sitting.answers,
        origin="rehearsal" if public.policy.rehearsal else "sitting",
        ticket=record.ticket,
        code_public=code_public,
        pace=record.pace.median_bin,
        drawn=sitting.drawn,
        consent_sha256=record.consent_sha256,
    )
