"""What is ready after closing, and what to do next: sentences for the desk's first page."""

from __future__ import annotations

from scoring.records import Release
from tui.text.overview import has_tables


def next_steps(release: Release, study: str, *, has_pledges: bool) -> tuple[str, ...]:
    """Return what a facilitator can do now, the most useful first; `study` is the folder's name."""
    if not has_tables(release):
        return (
            "Nothing can be told of so few people. Ask what kept people away before the next wave.",
            *_requests(release),
        )
    steps = ["Tell everybody what came out: the same pages that you see can be shown to all who were asked."]
    if any(table.types for table in release.quality):
        steps.append("Look at Quality: the answers fall into stable types of people.")
    if _alarms(release):
        steps.append("Look at Quality first: a scale has a question that looks turned round.")
    if release.hours:
        steps.append("Look at Plan: does the time of those who help reach, and the time of those who learn?")
    steps += _requests(release)
    if has_pledges:
        steps.append(f"Say what became of the promises made before opening: careload pledge {study}")
    return tuple(steps)


def _alarms(release: Release) -> bool:
    return any(scale.alarms for table in release.quality for scale in table.scales)


def _requests(release: Release) -> tuple[str, ...]:
    count = release.header.requests
    if not count:
        return ()
    return (f"{count} asked for help by name: open the requests with the key holders (page Requests).",)
