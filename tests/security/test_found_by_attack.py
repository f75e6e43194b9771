"""What an attack with the folder, the keys and the source at hand has found, and what is done about it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from instruments.records import Submission, canonical, sha256_of
from store.codes import CodeKey, new_code
from store.cost import Cost
from store.envelope import OWN_BOX, pack
from store.inbox import submit
from store.public import load_public
from store.study import Study
from store.tickets import issue
from tests.fuzz.harness import careload, close_arguments, live_study
from tui.flows.own import own_result

CANARY = "Zanzibarkanarienvogel"
BROKEN = f"""
import sys
from tui import __main__, cli

def run(arguments):
    answer = {CANARY!r}
    raise RuntimeError(answer)

cli.run = run
sys.argv = ["careload", "status"]
__main__.main()
"""


def test_a_fault_outside_of_the_screens_tells_its_place_and_no_word_of_anybody() -> None:
    """Python would print the message of the fault, which may quote what it could not handle."""
    line = [sys.executable, "-c", BROKEN]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "Please report: RuntimeError" in done.stderr
    assert CANARY not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


LIMITS = """
import resource
from tui import __main__, cli

def run(arguments):
    print(resource.getrlimit(resource.RLIMIT_CORE))
    return 0

cli.run = run
__main__.main()
"""


def test_memory_of_a_program_that_dies_is_not_written_to_disk() -> None:
    """A core file held code, ticket and answers in clear, in the folder where the program was started."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITS], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "(0, 0)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an open study with nobody's answers; the keys of both holders lie beside it."""
    live_study(tmp_path, people=1)
    (tmp_path / "keys").rename(tmp_path / "spring-keys")
    return tmp_path


def test_keys_that_still_lie_together_are_told(folder: Path) -> None:
    """Both passphrases aside, one recovery sheet a holder is all that it takes."""
    found = careload("doctor", str(folder / "spring"))
    assert found.code == 0
    assert "notice: spring-keys: Keys or recovery sheets of several holders" in found.out
    for path in (folder / "spring-keys").iterdir():
        if path.name != "spring-facilitator.key":
            path.unlink()
    assert "spring-keys" not in careload("doctor", str(folder / "spring")).out


def test_more_tickets_than_people_are_told(folder: Path) -> None:
    """Whoever issues them could answer for people that are not there, and so come closer to one who is."""
    assert "have been issued" not in careload("invite", str(folder / "spring"), "--count", "99").err
    told = careload("invite", str(folder / "spring"), "--count", "1").err
    assert "101 tickets have been issued for 100 people" in told


def test_a_holder_can_tell_that_another_key_was_put_in_the_place_of_theirs(folder: Path) -> None:
    """Before opening, the facilitator's account can write its own key into the setup."""
    mine = json.loads((folder / "spring-keys" / "spring-works-council.key").read_text())["public_key"]

    def told(root: Path) -> str:
        checks = json.loads(careload("verify", str(root), "--json").out)["checks"]
        return next(str(one["sentence"]) for one in checks if one["name"] == "keys")

    assert f"works council {mine[:16]}" in told(folder / "spring")
    live_study(folder / "swapped", people=1)
    assert mine[:16] not in told(folder / "swapped" / "spring")


def test_a_released_wave_stays_closed_when_its_mark_is_taken_away(folder: Path) -> None:
    """Else people would hand in what nobody ever counts, and tickets would go on."""
    live_study(folder / "closed")
    study = folder / "closed" / "spring"
    careload(*close_arguments(folder / "closed")).refused(0)
    (study / "public" / "closed").unlink()
    assert load_public(study).closed_now()
    (study / "public" / "proof-baseline.json").rename(folder / "proof")
    careload("invite", str(study), "--count", "1").refused(3)
    assert "the mark that it is closed is gone" in careload("doctor", str(study)).out
    (folder / "proof").rename(study / "public" / "proof-baseline.json")
    careload(*close_arguments(folder / "closed")).refused(3)
    assert careload("doctor", str(study)).code == 0


def test_no_second_release_beside_one_that_only_the_public_folder_knows(tmp_path: Path) -> None:
    """Both keys once more, one file less: the difference of the two releases would be that person."""
    study = live_study(tmp_path).root
    before = tmp_path / "before"
    shutil.copytree(study / "private", before)
    careload(*close_arguments(tmp_path)).refused(0)
    proof = (study / "public" / "proof-baseline.json").read_bytes()
    (study / "public" / "closed").unlink()
    shutil.rmtree(study / "private")
    before.rename(study / "private")
    next((study / "inbox").iterdir()).unlink()
    again = careload(*close_arguments(tmp_path))
    again.refused(3)
    assert "closed before" in again.err
    assert (study / "public" / "proof-baseline.json").read_bytes() == proof
    assert not Study.load(study).is_released("baseline")


def test_other_answers_under_a_persons_code_are_told_by_verify(folder: Path) -> None:
    """The folder's owner can seal answers too; beside the own result they passed for the person's."""
    live_study(folder / "forged")
    study = Study.load(folder / "forged" / "spring")
    public, code = load_public(study.root), new_code()
    key = CodeKey.derive(code, public.salt, cost=Cost.INTERACTIVE)
    first, second = issue(study, 2)
    mine = Submission(
        study=public.policy.study,
        wave="baseline",
        policy_sha256=public.policy_sha256,
        battery_sha256=public.policy.battery_sha256,
        answers={},
        ticket=first,
        code_public=key.public_hex,
    )
    path = submit(public, mine, own_result(public, {}), key)
    other = canonical(msgspec.structs.replace(mine, ticket=second))
    forged = pack(other, b"", "baseline", public.publics, key.public_hex, name=path.name)
    mark = 10 + OWN_BOX
    whole = path.read_bytes()
    (folder / "code").write_text(code)
    asked = ("verify", str(study.root), "--code", f"@{folder / 'code'}")
    assert "yes  your answers" in careload(*asked).out
    path.unlink()
    path.write_bytes(whole[:mark] + forged[mark:])
    told = careload(*asked)
    told.refused(3)
    assert "NO   your answers: The file under your code is not as you" in told.out


def test_a_longer_list_of_counted_files_is_told(folder: Path) -> None:
    """Else whoever was left out could be put on the published list afterwards, and told that all is well."""
    live_study(folder / "closed")
    careload(*close_arguments(folder / "closed")).refused(0)
    study = folder / "closed" / "spring"
    assert "yes  release" in careload("verify", str(study)).out
    proof = study / "public" / "proof-baseline.json"
    known = json.loads(proof.read_text())
    known["counted_hashes"] = sorted([*known["counted_hashes"], "0" * 64])
    proof.write_text(json.dumps(known))
    told = careload("verify", str(study))
    told.refused(3)
    assert "NO   release: It counts other files" in told.out


@pytest.mark.parametrize("limit", [{"k": 4}, {"homogeneity": 1.0}, {"largest_share": 1.0}])
def test_limits_lowered_in_a_frozen_policy_are_refused_to_everybody(
    folder: Path, limit: dict[str, float]
) -> None:
    """Whoever holds the folder can rewrite what the private folder remembers too; then all would go on."""
    public = load_public(folder / "spring")
    lowered = msgspec.structs.replace(
        public.policy, thresholds=msgspec.structs.replace(public.policy.thresholds, **limit)
    )
    assert lowered.thresholds.are_lowered
    assert not public.policy.thresholds.are_lowered
    study = folder / "spring" / "private" / "study.json"
    written = study.read_text()
    study.write_text(written.replace(public.policy_sha256, sha256_of(lowered)))
    (folder / "spring" / "public" / "policy.json").write_bytes(canonical(lowered))
    for command in ("verify", "take", "invite", "status"):
        more = ("--count", "1") if command == "invite" else ()
        told = careload(command, str(folder / "spring"), *more)
        told.refused(3)
        assert "protect people less" in told.err
