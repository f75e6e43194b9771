"""`verify` tells employees and works councils what holds, what does not, and what cannot be told."""

from __future__ import annotations

import hashlib
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from instruments.errors import BadInput
from instruments.records import canonical
from instruments.setup import Thresholds
from scoring.records import PersonRow
from store.codes import CodeKey
from store.cost import Cost
from store.errors import KeyRefused
from store.pledges import Met, write_sayings
from store.proofs import publish_proof, read_proof
from store.public import load_public
from store.study import Study
from store.tickets import issue
from store.vault import unlock
from tests.tui.desk_examples import FEW
from tui.commands.verify import _exit
from tui.exits import Exit
from tui.flows.closing import close_study
from tui.flows.founding import found_study
from tui.flows.opening import open_study
from tui.flows.pledges import say
from tui.flows.rehearsing import DAY, PASSPHRASES, fill, wishes_for
from tui.flows.taking import TakingSession
from tui.flows.verifying import Check, Evidence, gather, verify

Mine = tuple[Path, CodeKey, tuple[Check, ...]]


def sealed_by_me(root: Path) -> CodeKey:
    """Hand in one sitting without an answer and return the key of its code."""
    (ticket,) = issue(Study.load(root), 1)
    session = TakingSession(load_public(root), root.parent / "state", chance=random.Random(3))
    session.give_ticket(ticket)
    session.make_code()
    session.begin()
    while session.sitting.stage != "review":
        if session.sitting.stage == "handing":
            session.hand_in()
        elif session.sitting.stage == "offering":
            session.decline_more()
        else:
            session.skip()
    session.show_result()
    session.seal()
    return CodeKey.derive(session.code, session.public.salt, cost=Cost.CHEAP)


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Mine:
    """Return a closed rehearsal of 41 people, the key of one, and that person's checks while it was open.

    A table of people was wanted.
    """
    folder = tmp_path_factory.mktemp("verified")
    wishes = replace(wishes_for(40), record_file=True)
    founded = found_study(folder / "study", wishes, folder / "keys", PASSPHRASES, cost=Cost.CHEAP)
    open_study(founded.study, [sheet.read_text() for sheet in founded.sheets], "0.1.0")
    fill(founded.study, 40, 5)
    root = founded.study.root
    key = sealed_by_me(root)
    before = verify(gather(root), key)
    privates = [unlock(p.read_bytes(), w, p.name) for p, w in zip(founded.keys, PASSPHRASES, strict=True)]
    close_study(founded.study, privates, DAY)
    return root, key, before


def outcomes(checks: tuple[Check, ...]) -> dict[str, str]:
    return {one.name: one.outcome for one in checks}


def changed(evidence: Evidence, **changes: Any) -> Evidence:
    """Return the evidence with a release whose header or tables are others."""
    assert evidence.release is not None
    return replace(evidence, release=msgspec.structs.replace(evidence.release, **changes))


def test_all_holds_in_a_study_as_it_was_closed(mine: Mine) -> None:
    root, key, _ = mine
    checks = verify(gather(root), key)
    told = outcomes(checks)
    assert told.pop("pledge") == "cannot be told"
    assert set(told.values()) == {"holds"}
    assert checks[-1].sentence == "Yours was counted, unchanged."
    assert _exit(checks) == Exit.DONE
    assert any(DAY in one.sentence for one in checks if one.name == "openings")


def test_while_the_round_is_open_ones_own_answers_are_there(
    mine: Mine,
) -> None:
    told = outcomes(mine[2])
    assert told["your answers"] == "holds"
    assert told["release"] == "cannot be told"


def test_an_employee_needs_no_private_folder(mine: Mine, tmp_path: Path) -> None:
    """With public folder and own sealed file alone "yours was counted" is told; the release is asked for."""
    root, key, _ = mine
    for name in ("public", "inbox"):
        shutil.copytree(root / name, tmp_path / "study" / name)
    told = outcomes(verify(gather(tmp_path / "study"), key))
    assert told["your answers"] == "holds"
    assert (told["release"], told["openings"]) == ("cannot be told", "cannot be told")
    handed_over = (root / "private" / "releases" / "baseline.json").read_bytes()
    told = outcomes(verify(gather(tmp_path / "study", handed_over), key))
    assert told["release"] == "holds"
    other = handed_over.replace(b'"rehearsal":true', b'"rehearsal":false')
    assert outcomes(verify(gather(tmp_path / "study", other), key))["release"] == "does not hold"


def test_somebody_elses_code_and_an_uncounted_file_are_told_apart(
    mine: Mine,
) -> None:
    """A code without a submission is an error of the code; a submission that was left out is said so."""
    root, key, _ = mine
    evidence = gather(root)
    stranger = replace(key, seed=b"\x01" * 32)
    with pytest.raises(KeyRefused):
        verify(evidence, stranger)
    assert evidence.proof is not None
    hidden = msgspec.structs.replace(evidence.proof, counted_hashes=("0" * 64,))
    checks = verify(replace(evidence, proof=hidden), key)
    assert outcomes(checks)["your answers"] == "does not hold"
    assert _exit(checks) == Exit.BAD_INPUT
    nothing = verify(replace(evidence, proof=msgspec.structs.replace(hidden, counted_hashes=())), key)
    assert outcomes(nothing)["your answers"] == "cannot be told"


def test_a_release_that_breaks_a_rule_is_refused_for_privacy(
    mine: Mine,
) -> None:
    """Other limits, undeclared tables, too few alike, people taken away: each has exit code 5."""
    evidence = gather(mine[0])
    release = evidence.release
    assert release is not None
    header = release.header
    low = msgspec.structs.replace(header, thresholds=Thresholds(k=4))
    table = next(one for one in release.counts if one.kind == "response" and one.rows)
    small = msgspec.structs.replace(table, rows=(msgspec.structs.replace(table.rows[0], respondents=4),))
    other = msgspec.structs.replace(header.wordings[0], wording_sha256="0" * 64)
    four_alike = tuple(PersonRow(id=f"r{n}", group="Sales", tier="coached", bands=()) for n in range(4))
    broken: dict[str, dict[str, Any]] = {
        "belongs together": {"header": low},
        "tables": {"counts": (msgspec.structs.replace(table, id="tiers-shift"),)},
        "small numbers": {"counts": (small,)},
        "rows alike": {"records": (msgspec.structs.replace(release.records[0], rows=four_alike),)},
        "number counted": {"header": msgspec.structs.replace(header, counted=40)},
        "wording": {"header": msgspec.structs.replace(header, wordings=(other,))},
    }
    for name, changes in broken.items():
        checks = verify(changed(evidence, **changes))
        assert [one.name for one in checks if one.outcome == "does not hold"] == [name]
        assert _exit(checks) == Exit.PRIVACY


def test_what_the_organisation_says_of_its_pledge_is_told_to_everybody(mine: Mine, tmp_path: Path) -> None:
    """Kept holds, broken does not; nor does a condition told otherwise than the release tells it."""
    root = tmp_path / "study"
    shutil.copytree(mine[0], root)
    study = Study.load(root)
    release = gather(root).release
    assert release is not None
    for word, outcome in (("kept", "holds"), ("broken", "does not hold"), ("not-yet", "cannot be told")):
        said = say(study, release, [f"1={word}"])
        assert outcomes(verify(gather(root)))["pledge"] == outcome
    other: Met = "met" if said[0].met != "met" else "not met"
    write_sayings(study, (msgspec.structs.replace(said[0], met=other, said="kept"),))
    assert outcomes(verify(gather(root)))["pledge"] == "does not hold"


def test_limits_below_the_least_are_named(mine: Mine) -> None:
    """A policy that another program froze with k = 4 does not pass."""
    evidence = gather(mine[0])
    policy = msgspec.structs.replace(evidence.public.policy, thresholds=Thresholds(k=4))
    checks = verify(replace(evidence, public=replace(evidence.public, policy=policy)))
    assert outcomes(checks)["limits"] == "does not hold"


def test_a_log_of_openings_written_anew_is_noticed(mine: Mine) -> None:
    """A chain that is whole in itself, but not the one that closing wrote, does not pass."""
    evidence = gather(mine[0])
    assert evidence.openings
    forged = msgspec.structs.replace(evidence.openings[-1], opened=1)
    checks = verify(replace(evidence, openings=(forged,)))
    assert outcomes(checks)["openings"] == "does not hold"


def test_a_changed_policy_ends_with_a_sentence(mine: Mine, tmp_path: Path) -> None:
    """Raising a limit after opening is found too: what people agreed to is not what stands there."""
    root = tmp_path / "study"
    shutil.copytree(mine[0], root)
    path = root / "public" / "policy.json"
    path.chmod(0o644)
    policy = load_public(root).policy
    raised = msgspec.structs.replace(policy, thresholds=Thresholds(k=6))
    path.write_bytes(canonical(raised))
    with pytest.raises(BadInput, match="not the one that was frozen"):
        gather(root)


def test_rules_other_than_those_of_the_closing_are_named(mine: Mine) -> None:
    """An employee, who sees no private folder, notices rules that were changed after closing."""
    evidence = gather(mine[0])
    changed_rules = replace(evidence.public, policy_sha256="0" * 64)
    checks = verify(replace(evidence, public=changed_rules, openings=None, release=None))
    assert outcomes(checks)["rules"] == "does not hold"
    assert _exit(checks) == Exit.PRIVACY


def test_the_proof_tells_nothing_of_how_many_when_they_are_too_few(mine: Mine, tmp_path: Path) -> None:
    """A hash over the few numbers of the log could be guessed back, so none is published."""
    evidence = gather(mine[0])
    assert evidence.openings
    (tmp_path / "public").mkdir()
    public = replace(evidence.public, root=tmp_path)
    publish_proof(public, FEW.header, b"{}", evidence.openings)
    proof = read_proof(public)
    assert proof is not None
    assert (proof.opening_sha256, proof.counted_hashes) == ("", ())
    assert proof.release_sha256 == hashlib.sha256(b"{}").hexdigest()
