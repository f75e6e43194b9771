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
from store.vault import NewKey, make_key
from tui.flows.wishes import Wishes, setup_from

MIN_PASSPHRASE = 12


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
        if len(passphrase) < MIN_PASSPHRASE:
            raise BadInput(
                f"Passphrase of {role}: found {len(passphrase)} letters; expected {MIN_PASSPHRASE} or more."
            )
    made = tuple(make_key(passphrase, cost=cost) for passphrase in passphrases)
    setup = setup_from(wishes, tuple(key.public_hex for key in made))
    study = Study.create(root, setup, shared=shared)
    places = [
        _keep(key_folder, wishes.study, role, key) for role, key in zip(wishes.holders, made, strict=True)
    ]
    return Founded(study, tuple(key for key, _ in places), tuple(sheet for _, sheet in places))


def _keep(folder: Path, study: str, role: str, key: NewKey) -> tuple[Path, Path]:
    key_path = folder / f"{study}-{role}.key"
    sheet_path = folder / f"{study}-{role}-recovery.txt"
    for path, data in ((key_path, key.key_file), (sheet_path, key.recovery.encode())):
        try:
            write_once(path, data, PRIVATE_FILE, "The folder for keys")
        except FileExistsError:
            raise BadInput(
                f"{path.name} exists already in the folder for keys; nothing was overwritten.",
                "Choose another --key-dir.",
            ) from None
    return key_path, sheet_path


def _key_folder(folder: Path, root: Path) -> None:
    if folder.resolve().is_relative_to(root.resolve()):
        raise BadInput("The keys may not lie inside the study folder.", "Choose another --key-dir.")
    if not folder.is_dir():
        with guarded("The folder for keys"):
            folder.mkdir(parents=True, mode=PRIVATE_DIR)
            folder.chmod(PRIVATE_DIR)
