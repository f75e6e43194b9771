"""Records of our own making, read back strictly: only the very bytes that careload would write."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from instruments.errors import BadInput
from instruments.model import Record
from instruments.reading import read_record
from instruments.records import canonical

T = TypeVar("T", bound=Record)


def read_canonical(data: bytes, kind: type[T], source: str) -> T:
    """Return the record in `data`; BadInput when `data` is not the one form that careload writes.

    One form means: no key twice, no NaN, no number out of range, nothing to read in two ways.
    """
    try:
        record = msgspec.json.decode(data, type=kind, strict=True)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        read_record(data, kind, source)
        raise BadInput(f"{source}: not as careload writes it", "Put back the original file.") from None
    if canonical(record) != data or getattr(record, "schema", 1) != 1:
        read_record(data, kind, source)
        raise BadInput(f"{source}: not as careload writes it", "Put back the original file.")
    return record
