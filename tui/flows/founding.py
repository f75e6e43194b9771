"""From wishes to a study folder, its keys and their recovery sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from instruments.errors import BadInput
from store.cost import Cost
from store.errors import guarded
from store.files import PRIVATE_DIR, PRIVATE_FILE, write_once
from store.study import Study
from store.vault import SHORTEST_PASSPHRASE, NewKey, make_key, sheet_text
from tui.flows.wishes import Wishes, setup_from


@dataclass(frozen=True, slots=True)
class Founded:
    """A new study and where its secrets are."""

    study: Study
    keys: tuple[Path, ...]
    sheets: tuple[Path, ...]


def found_study(
    root: Path,
    wishes: Wishes,
    key_folder: Path,
    passphrases: Sequence[str],
    *,
    shared: bool = False,
    cost: Cost = Cost.MODERATE,
) -> Founded:
    """Make the study folder and one key a holder; the keys lie outside the study.

    Raises BadInput when a passphrase is too short or the key folder lies inside the study.
    """
    _key_folder(key_folder, root)
    for role, passphrase in zip(wishes.holders, passphrases, strict=True):
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise BadInput(
                f"Passphrase of {role}: found {len(passphrase)} letters; "
                f"expected {SHORTEST_PASSPHRASE} or more."
            )
    made = tuple(make_key(passphrase, cost=cost) for passphrase in passphrases)
    setup = setup_from(wishes, tuple(key.public_hex for key in made))
    kept: list[Path] = []
    try:
        for role, key in zip(wishes.holders, made, strict=True):
            _keep(key_folder, wishes.study, role, key, kept)
        study = Study.create(root, setup, shared=shared)
    except BaseException:
        for path in kept:
            path.unlink(missing_ok=True)  # keys of a study that was not made
        raise
    return Founded(study, tuple(kept[::2]), tuple(kept[1::2]))


def key_names(study: str, role: str) -> tuple[str, str]:
    """Return the names of a holder's key file and recovery sheet."""
    return f"{study}-{role}.key", f"{study}-{role}-recovery.txt"


def _keep(folder: Path, study: str, role: str, key: NewKey, kept: list[Path]) -> None:
    """Write the key and its recovery sheet, and note in `kept` what was written."""
    contents = (key.key_file, sheet_text(key, study, role).encode())
    files = dict(zip(key_names(study, role), contents, strict=True))
    for path, data in ((folder / file, data) for file, data in files.items()):
        try:
            write_once(path, data, PRIVATE_FILE, "The folder for keys")
        except FileExistsError:
            raise BadInput(
                f"{path.name} exists already in the folder for keys; nothing was overwritten.",
                "Choose another --key-dir.",
            ) from None
        kept.append(path)


def _key_folder(folder: Path, root: Path) -> None:
    if folder.resolve().is_relative_to(root.resolve()):
        raise BadInput("The keys may not lie inside the study folder.", "Choose another --key-dir.")
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder.name}: found a file; expected a folder.", "Choose another --key-dir.")
    if not folder.is_dir():
        with guarded("The folder for keys"):
            folder.mkdir(parents=True, mode=PRIVATE_DIR)
            folder.chmod(PRIVATE_DIR)
