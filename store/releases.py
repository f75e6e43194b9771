"""All releases of a study, as they were written."""

from __future__ import annotations

import hashlib

from instruments.errors import BadInput
from store.errors import guarded
from store.files import read_bounded
from store.public import PRIVATE
from store.study import RELEASES, Study


def earlier_releases(study: Study) -> tuple[bytes, ...]:
    """Return every release that was written, in the order of writing; BadInput when one was changed."""
    found = []
    for row in study.private.snapshot().table("releases").all():
        with guarded("An earlier release"):
            data = read_bounded(study.root / PRIVATE / RELEASES / f"{row['wave']}.json")
        if hashlib.sha256(data).hexdigest() != row.get("sha256"):
            raise BadInput(
                f"The release of {row['wave']} is not the file that was written.", "Put back a copy."
            )
        found.append(data)
    return tuple(found)
