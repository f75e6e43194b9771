"""Key files given to a command, opened with their holders' passphrases."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from instruments.errors import BadInput, WrongUsage
from tui.secrets import read_secret

if TYPE_CHECKING:
    from store.vault import PrivateKey

LARGEST_KEY_FILE = 64 * 1024


def configure_keys(parser: argparse.ArgumentParser) -> None:
    """Declare the options whose values `read_keys` takes."""
    parser.add_argument(
        "--key",
        action="append",
        type=Path,
        required=True,
        metavar="FILE",
        help="key file, once for each holder",
    )
    parser.add_argument(
        "--passphrase", action="append", metavar="-|@FILE", help="passphrase, in the keys' order"
    )


def read_keys(paths: Sequence[Path], passphrases: Sequence[str] | None) -> tuple[PrivateKey, ...]:
    """Return the private keys in `paths`; passphrases stand in their order, or are asked for.

    Raises WrongUsage where the numbers differ, BadInput for a file that cannot be read, KeyRefused.
    """
    from store.vault import unlock

    wanted: Sequence[str | None] = passphrases or [None] * len(paths)
    if len(wanted) != len(paths):
        raise WrongUsage("Give --passphrase once for each --key, in the same order.")
    told = (
        read_secret("--passphrase", one, f"Passphrase of {path.name}: ")
        for path, one in zip(paths, wanted, strict=True)
    )
    return tuple(unlock(_read(path), one, path.name) for path, one in zip(paths, told, strict=True))


def unlocked(paths: Sequence[Path], passphrases: Sequence[str]) -> tuple[PrivateKey, ...]:
    """Return the private keys in `paths`, opened with `passphrases`, which stand in their order.

    Raises BadInput for a file that cannot be read, KeyRefused.
    """
    from store.vault import unlock

    return tuple(
        unlock(_read(path), passphrase, path.name)
        for path, passphrase in zip(paths, passphrases, strict=True)
    )


def _read(path: Path) -> bytes:
    from store.files import read_bounded

    try:
        return read_bounded(path, LARGEST_KEY_FILE)
    except OSError as error:
        raise BadInput(f"{path.name}: the key file cannot be read.", "Check its name and rights.") from error
