"""Reading a csv file that somebody names, of any origin."""

from __future__ import annotations

from pathlib import Path

from instruments.errors import BadInput
from instruments.importing_table import MAX_BYTES
from store.errors import guarded
from store.files import BadFile, read_bounded
from store.names import shown


def csv_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of the csv file `path`.

    Raises BadInput for links, folders and more than `limit` bytes, Unavailable when it cannot be read.
    """
    name = shown(path.name)
    try:
        with guarded(f"The file {name}"):
            return read_bounded(path, limit)
    except BadFile as error:
        raise BadInput(
            f"{name}: found {error.reason}; expected a csv file of at most {limit:,} bytes.",
            "Give the name of the csv file itself; divide a larger one, with the header in each part.",
        ) from None
