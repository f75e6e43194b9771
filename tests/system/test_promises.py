"""What a study promises, at the command line: verify, privacy, ask, requests, pledge, limits."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.store.examples import everything_under
from tests.system.program import careload, close, open_study, set_up

CANARY = "Zebulon Quartermain"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed study with a pledge, in which nobody answered and one person asked for help by name."""
    study = open_study(
        tmp_path_factory.mktemp("promises"), "--pledge", "few-answers: we ask again, in person"
    )
    asked = careload(
        *("ask", "spring", "--name", "-", "--contact", "-", "--kind", "a pair", "--kind", "time"),
        cwd=study.parent,
        given=f"{CANARY}\nfloor\x1b[2J 2\n",
    )
    assert asked.returncode == 0, asked.stderr
    assert "Nothing else: not what you answered, nor whether you took part." in asked.stderr
    ended = close(study.parent)
    assert ended.returncode == 0, ended.stderr
    assert "Asked for help by name: 1." in ended.stderr
    return study


def outcomes(printed: str) -> dict[str, str]:
    return {one["name"]: one["outcome"] for one in json.loads(printed)["checks"]}


def test_the_queue_is_read_with_both_keys_and_holds_nothing_else(closed: Path) -> None:
    keys = [f"spring-keys/spring-{role}.key" for role in ("facilitator", "works-council")]
    both = ("--key", keys[0], "--key", keys[1], "--passphrase", "@secrets/p0", "--passphrase", "@secrets/p1")
    told = careload("requests", "spring", *both, "--json", cwd=closed.parent)
    assert json.loads(told.stdout) == {
        "requests": [{"name": CANARY, "contact": "floor[2J 2", "kinds": ["time", "a pair"]}]
    }
    alone = careload("requests", "spring", *both[:2], "--passphrase", "@secrets/p0", cwd=closed.parent)
    assert alone.returncode == 4
    assert CANARY not in alone.stdout + alone.stderr
    assert CANARY.encode() not in everything_under(closed)


def test_verify_holds_and_tells_the_pledge(closed: Path) -> None:
    """Fewer than half took part, so the promise is due; the organisation then says that it kept it."""
    told = careload("verify", "spring", "--json", cwd=closed.parent)
    assert told.returncode == 0, told.stdout
    assert outcomes(told.stdout)["pledge"] == "cannot be told"
    assert "does not hold" not in outcomes(told.stdout).values()
    shown = careload("pledge", "spring", cwd=closed.parent)
    assert "If fewer than half take part: we ask again, in person. Now: the condition is met" in shown.stdout
    said = careload("pledge", "spring", "--say", "1=kept", cwd=closed.parent)
    assert "The organisation says: kept." in said.stdout
    assert outcomes(careload("verify", "spring", "--json", cwd=closed.parent).stdout)["pledge"] == "holds"
    assert "The organisation says: kept." in careload("status", "spring", cwd=closed.parent).stdout
    assert careload("pledge", "spring", "--say", "1=perhaps", cwd=closed.parent).returncode == 3


def test_verify_ends_with_five_where_the_release_is_another_one(closed: Path, tmp_path: Path) -> None:
    """A release file that was handed over and is not the one of closing."""
    data = (closed / "private" / "releases" / "baseline.json").read_text()
    other = tmp_path / "release.json"
    other.write_text(data.replace('"headcount":100', '"headcount":101'))
    told = careload("verify", str(closed), "--release", str(other), cwd=tmp_path)
    assert told.returncode == 5
    assert "NO   release: This is not the release that was written at closing." in told.stdout


def test_an_edited_policy_of_an_open_study_is_refused_everywhere(closed: Path, tmp_path: Path) -> None:
    """Limits neither fall nor rise after opening: whoever agreed to them finds them changed."""
    shutil.copytree(closed, tmp_path / "spring")
    policy = tmp_path / "spring" / "public" / "policy.json"
    frozen = policy.read_text()
    lowered, raised = "its limits protect people less", "not the one that was frozen"
    for k, command, why in (("4", ("verify", "spring"), lowered), ("6", ("status", "spring"), raised)):
        assert '"k":5,' in frozen
        policy.write_text(frozen.replace('"k":5,', f'"k":{k},'))
        done = careload(*command, cwd=tmp_path)
        assert done.returncode == 3, (command, done.stdout, done.stderr)
        assert f"policy.json: {why}" in done.stderr


def test_a_ticket_shows_whether_rules_and_keys_are_those_it_is_for(tmp_path: Path) -> None:
    """With the ticket alone a changed limit is noticed, before anything is answered."""
    study = open_study(tmp_path)
    (ticket,) = careload("invite", "spring", "--count", "1", cwd=tmp_path).stdout.split()
    fine = careload("verify", "spring", "--ticket", "-", cwd=tmp_path, given=ticket)
    assert fine.returncode == 0, fine.stderr
    assert "issued for these very rules and keys" in fine.stderr
    shutil.rmtree(study / "private")
    policy = study / "public" / "policy.json"
    policy.write_text(policy.read_text().replace('"k":5,', '"k":6,'))
    other = careload("verify", "spring", "--ticket", "-", cwd=tmp_path, given=ticket)
    assert other.returncode == 4
    assert "policy or keys are not those it was issued for" in other.stderr


def test_who_asks_for_help_does_not_stand_on_a_command_line(closed: Path) -> None:
    """Other accounts of the machine can read command lines: a bare name is refused."""
    bare = careload("ask", "spring", "--name", CANARY, "--kind", "time", cwd=closed.parent)
    assert bare.returncode == 2
    assert "other people can read command lines" in bare.stderr


def test_limits_below_the_least_are_never_set(tmp_path: Path) -> None:
    """`init` refuses k = 4 and makes nothing."""
    done = careload("init", "autumn", "--organisation", "E", "--headcount", "50", "--k", "4", cwd=tmp_path)
    assert done.returncode == 3
    assert "expected 5 or more" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_drafts_are_there_before_opening(tmp_path: Path) -> None:
    """A works agreement is needed before people are asked, not after."""
    set_up(tmp_path)
    done = careload("privacy", "spring", "--out", "law", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["paths"]) == 5
    assert "being set up" in (tmp_path / "law" / "works-agreement.md").read_text()
    shown = careload("privacy", "spring", cwd=tmp_path)
    assert "# Data-protection impact assessment: spring" in shown.stdout
