"""What the real program writes to a real terminal: its own control sequences, and none of anybody's text."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from instruments.records import Policy
from instruments.setup import Pledge
from tests.security.terminal_texts import PIECES
from tests.system.program import Person
from tests.tui import take_studies

SEQUENCE = re.compile(
    rb"\x1b\[(?P<csi>[<=>?]?)[0-9;:]*(?P<mid>[ -/]*)(?P<end>[@-~])"
    rb"|\x1b(?P<string>[\]PX^_])(?P<said>.*?)(?:\x07|\x1b\\)"
    rb"|\x1b(?P<short>[ -/]*[0-~])",
    re.DOTALL,
)
"""CSI sequences; strings (OSC, DCS, SOS, PM, APC) up to their end; all other escapes."""
FOREIGN = re.compile("[\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
MARK = "Zanzibar"
HOSTILE = (
    " ".join(piece.replace("t\x07", f"{MARK}\x07") for piece in PIECES)
    + f"\x1b]0;{MARK}\x07\x1bP{MARK}\x1b\\\x9d{MARK}\x9c"
)


class Recorder:
    """Keeps every byte that the program writes."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> None:
        """Take some bytes."""
        self.data += data

    def flush(self) -> None:
        """Nothing waits here."""


def kinds(data: bytes) -> set[tuple[bytes | None, ...]]:
    """Return the kinds of control sequence in `data`: introducer, intermediate bytes and end."""
    found = set()
    for one in SEQUENCE.finditer(data):
        found.add(one.group("csi", "mid", "end", "string", "short"))
    return found


def told(root: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Return all bytes of a consent page, its help and the way out in a study full of `words`."""
    policy_for = take_studies.policy_for

    def with_words(*given: object, **more: object) -> Policy:
        policy = policy_for(*given, **more)  # type: ignore[arg-type]
        pledge = Pledge(condition=words, promise=words)
        return msgspec.structs.replace(
            policy, organisation=words, purpose=words, contact=words, pledges=(pledge,)
        )

    monkeypatch.setattr(take_studies, "policy_for", with_words)
    take_studies.open_study(root, take_studies.five_types(words or "How?"))
    monkeypatch.setattr(take_studies, "policy_for", policy_for)
    recorder = Recorder()
    person = Person.start(
        "take", root.name, cwd=root.parent, extra={"XDG_STATE_HOME": str(root.parent / "state")}
    )
    person.program.logfile_read = recorder
    person.until("I take part")
    for key in ("\x1b[6~", "\x1b[6~", "?"):
        person.press(key)
        person.look()
    person.until("Go on")
    person.kill()
    return recorder.data


def test_no_sequence_but_the_programs_own_reaches_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same kinds as with a harmless name; no string sequence, C1 byte or override from the texts."""
    harmless = told(tmp_path / "harmless", "Example", monkeypatch)
    hostile = told(tmp_path / "hostile", HOSTILE, monkeypatch)
    assert MARK.encode() in hostile  # it is shown, as letters
    assert kinds(hostile) <= kinds(harmless)
    strings = [one.group("said") for one in SEQUENCE.finditer(hostile) if one.group("string")]
    assert not [one for one in strings if MARK.encode() in one]
    assert not FOREIGN.search(hostile.decode("utf-8"))
    assert b"\x00" not in hostile
    assert b"\x07" not in SEQUENCE.sub(b"", hostile)


@pytest.mark.parametrize(
    "raw", [b"\x1b]0;x\x07", b"\x1bPq\x1b\\", b"\x1b_G\x1b\\", b"\x1b[2J", b"\x1bc", b"\x1b[?1049h"]
)
def test_the_recogniser_knows_each_kind(raw: bytes) -> None:
    assert len(kinds(raw)) == 1
    assert SEQUENCE.fullmatch(raw)
