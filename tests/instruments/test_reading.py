"""Files from outside are read strictly, and refused with the place, quickly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.answers import Choice, Rating, Rows
from instruments.errors import BadInput
from instruments.reading import MAX_DEPTH, parse_json, read_record
from instruments.records import Submission, canonical
from instruments.setup import PartChoice

SUBMISSION = Submission(
    study="s",
    wave="baseline",
    policy_sha256="p",
    battery_sha256="b",
    answers={"a/1": Choice(code=2), "a/2": Rating(value=55), "a/3": Rows(rows=((1.0, 2.5),))},
)


def test_a_record_reads_back_as_it_was() -> None:
    assert read_record(canonical(SUBMISSION), Submission, "box") == SUBMISSION


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"instrument": NaN}', "NaN"),
        (b'{"instrument": Infinity}', "Infinity"),
        (b'{"instrument": -Infinity}', "-Infinity"),
        (b'{"instrument": "a", "instrument": "b"}', "stands twice"),
        (b'{"instrument": "a", "scales": [], "more": 1}', "more"),
        (b'{"instrument": 3}', r"\$\.instrument"),
        (b'{"scales": []}', "instrument"),
        (b'{"instrument": "a", "scales": "b"}', r"\$\.scales"),
        (b'{"instrument": "a", "schema": 2}', "later careload"),
        (b'{"instrument": "a"', "line 1"),
        (b"", "not JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * (MAX_DEPTH + 1), "deep"),
        (b'{"instrument": ' + b"1" * 5000 + b"}", "part.json"),
    ],
)
def test_unclean_json_is_refused_naming_file_and_problem(data: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told) as caught:
        read_record(data, PartChoice, "part.json")
    assert caught.value.message.startswith("part.json: ")


def test_brackets_within_text_are_not_depth() -> None:
    text = "[{" * 99 + '\\"['
    assert parse_json(f'{{"instrument": "{text}"}}'.encode(), "x")["instrument"].startswith("[{")


def test_size_is_bounded_before_anything_is_read() -> None:
    with pytest.raises(BadInput, match="larger than 10 bytes"):
        parse_json(b" " * 11, "x", max_bytes=10)


def test_a_very_deep_file_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "loads", lambda *_args, **_rest: pytest.fail("parsed"))
    with pytest.raises(BadInput, match="deep"):
        parse_json(b"[" * 1_000_000, "x")


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_as_a_submission(data: bytes) -> None:
    with pytest.raises(BadInput, match="box"):
        read_record(data, Submission, "box")


@given(st.integers(0, 400), st.integers(1, 255))
def test_a_submission_with_one_byte_changed_reads_or_is_refused(place: int, flip: int) -> None:
    data = bytearray(canonical(SUBMISSION))
    data[place % len(data)] ^= flip
    try:
        found = read_record(bytes(data), Submission, "box")
    except BadInput as error:
        found = None
        message = error.message
    assert isinstance(found, Submission) or message.startswith("box: ")
