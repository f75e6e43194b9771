"""Names and places inside a study folder; nothing from outside becomes a path unchecked."""

from __future__ import annotations

import re
from pathlib import Path

from instruments.errors import BadInput
from store.errors import Unavailable
from store.files import is_real_directory

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_SEALED = re.compile(r"[0-9a-f]{32}")
_TEMPORARY = re.compile(r"\.[0-9a-f]{32}\.new")


def is_name(name: str) -> bool:
    """Whether `name` may name a study, a group, a role or a file."""
    return _NAME.fullmatch(name) is not None


def check_name(name: str, what: str) -> str:
    """Return `name` when it may name a file; BadInput otherwise."""
    if not is_name(name):
        raise BadInput(
            f"{shown(name)!r} cannot be the name of {what}.",
            "Use lower-case letters, digits and dashes, at most 64, beginning with a letter or digit.",
        )
    return name


def is_sealed_name(name: str) -> bool:
    """Whether `name` has the form of a submission's file name."""
    return _SEALED.fullmatch(name) is not None


def is_temporary_name(name: str) -> bool:
    """Whether `name` has the form of a file that is being written."""
    return _TEMPORARY.fullmatch(name) is not None


def shown(name: str) -> str:
    """Return a file name from outside as harmless text of at most 64 characters."""
    text = "".join(char if char.isprintable() and char.isascii() else "?" for char in name)
    return text if len(text) <= 64 else text[:63] + "~"


def folder_in(root: Path, name: str) -> Path:
    """Return the folder `name` of the study at `root`; Unavailable when it is missing or a link."""
    path = root / name
    if not is_real_directory(path):
        raise Unavailable(
            f"No study is here, or not all of it: the folder “{name}” is missing or cannot be reached.",
            "Give the path from where you are to the study's folder: whoever invited you knows it. Is its "
            "disk connected? `careload doctor` says more.",
        )
    return path
