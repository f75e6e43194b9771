"""Threat model and legal drafts, filled with a study's settings: questions for counsel, never verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from string import Template

from instruments.errors import BadInput
from instruments.model import NEEDS, text_in
from instruments.records import Policy
from instruments.setup import Attribute, KeyHolder, Pledge, Setup
from scoring.release import default_release_plan
from scoring.work_tables import WORK_KINDS
from store.errors import NotOpen, guarded
from store.files import PRIVATE_FILE, write_atomic
from store.public import load_public
from store.study import Study
from tui.cleaning import clean
from tui.flows.consent import months_in_words, pledge_sentence, roles_in_words
from tui.text.words import plural

DRAFTS = ("threat-model", "impact-assessment", "works-agreement", "profiling", "ai-act")
DRAFT = "**A draft with questions for counsel, not legal advice and no verdict.**"
TABLE_WORDS = {
    "response": "how many answered",
    "tiers": "support tiers",
    "need-bands": "bands of needs",
    "hours": "hours of help",
    "minutes": "minutes that can be spared",
    "tool-days": "days with an AI tool",
    "tool-stopped": "why people stopped using tools",
    "slack-agreed": "time that was agreed",
    "slack-wrong": "what happens when something goes wrong",
    "help": "hours of help given, got and missed",
    "help-roles": "who gives help",
    "help-what": "what help is about",
    "workflows": "recurring tasks that cost time",
    "reviewing": "how many faults reviewing finds",
    "faults": "which kinds of fault are found",
    "task-load": "how the tasks felt",
    "quality": "how good the answers are",
    "records": "one row a person, in broad bands",
}
"""What a declared table holds, in words for people."""


def drafts_for(root: Path) -> dict[str, str]:
    """Return every draft by its name, as markdown, for the study at `root`, open or still being set up.

    Raises NotOpen for an account that may not see the private folder of a study that is not open yet.
    """
    try:
        public = load_public(root)
    except NotOpen:
        setup = Study.load(root).setup()
        plan = tuple(
            one.kind
            for one in default_release_plan(setup.attributes, NEEDS, WORK_KINDS, records=setup.record_file)
        )
        status = "The study is being set up: these are its settings as they stand, not frozen yet."
        values = _values(setup, plan, status, "settled at opening")
    else:
        policy = public.policy
        status = f"Filled from the rules frozen at opening, {public.policy_sha256[:16]}."
        values = _values(policy, tuple(t.kind for t in policy.release_plan), status, policy.reference_status)
    return {name: Template(_template(name)).substitute(values) for name in DRAFTS}


def write_drafts(drafts: dict[str, str], folder: Path) -> tuple[Path, ...]:
    """Write every draft into `folder` as ``NAME.md``; returns the files written."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder.name}: found a file; expected a folder.", "Choose another --out.")
    with guarded("The folder for the drafts"):
        folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.md" for name in drafts}
    for name, path in paths.items():
        write_atomic(path, drafts[name].encode(), PRIVATE_FILE, f"{folder.name}/{path.name}")
    return tuple(paths.values())


def _template(name: str) -> str:
    return files("tui.text").joinpath("law", f"{name}.md").read_text(encoding="utf-8")


def _values(study: Setup | Policy, kinds: Sequence[str], status: str, reference: str) -> dict[str, str]:
    limits = study.thresholds
    agreed = f"A works agreement was signed on {study.agreement_date}."
    values = {
        "study": study.study,
        "organisation": study.organisation,
        "status": status,
        "draft": DRAFT,
        "headcount": str(study.headcount),
        "purpose": study.purpose or "[purpose in one sentence: the study names none]",
        "contact": study.contact or "[contact]",
        "agreement": agreed if study.agreement_date else "No works agreement is on record.",
        "battery": study.battery,
        "tasks": "short practical tasks",
        "groups": _groups(study.attributes),
        "tables": ", ".join(dict.fromkeys(TABLE_WORDS[kind] for kind in kinds)),
        "retention": months_in_words(study.retention_months),
        "reference": reference,
        "pledges": _pledges(study.pledges),
        "k": str(limits.k),
        "k_detail": str(limits.k_detail),
        "minimum_people": str(limits.minimum_people),
        "minimum_breakdown": str(limits.minimum_breakdown),
    }
    whole = values | _of_keys(study.key_holders) | _of_tickets(study.tickets) | _of_records(study.record_file)
    return {name: " ".join(clean(value).split()).replace("|", "/") for name, value in whole.items()}


def _groups(attributes: tuple[Attribute, ...]) -> str:
    names = [text_in(one.title, "en") for one in attributes]
    return f"groups: {', '.join(names)}" if names else "no groups"


def _pledges(pledges: tuple[Pledge, ...]) -> str:
    return " ".join(map(pledge_sentence, pledges)) or "[none was made beforehand: which could be made?]"


def _of_keys(holders: tuple[KeyHolder, ...]) -> dict[str, str]:
    roles, one = roles_in_words(holders), len(holders) == 1
    return {
        "key_count": plural(len(holders), "key"),
        "keys": f"One key, held by: {roles}." if one else f"{len(holders)} keys, held by: {roles}.",
        "keys_guard": "nothing: there is one key" if one else "each answer is sealed for all keys",
        "keys_rest": "**one person alone can open all answers**" if one else "nothing without the others",
        "keys_risk": f"**one key ({roles}): one person alone could open the answers**"
        if one
        else f"{len(holders)} keys of different roles ({roles}); none opens anything alone",
        "keys_agreed": "[Two keys of different roles protect people better: why one?]" if one else "",
    }


def _of_tickets(has_tickets: bool) -> dict[str, str]:
    if has_tickets:
        return {
            "tickets_guard": "tickets are handed out by lot; a ticket opens nothing and is stored as a hash",
            "tickets_risk": "one ticket a person, counted once; nothing tells whose it was",
        }
    return {
        "tickets_guard": "there are no tickets",
        "tickets_risk": "**no tickets: answers given twice cannot be ruled out**",
    }


def _of_records(is_on: bool) -> dict[str, str]:
    if not is_on:
        return {
            "record": "No table with one row a person is made.",
            "record_clause": "",
            "record_risk": "no such table is made",
            "record_agreed": "There is no table with one row a person.",
        }
    return {
        "record": "A table with one row a person is made, in broad bands (not anonymous by itself).",
        "record_clause": " but the one in broad bands that was switched on before opening",
        "record_risk": "**rows of people are released**, in broad bands, checked together with all tables",
        "record_agreed": "A table with one row a person, in broad bands, goes to [role] and nobody else.",
    }
