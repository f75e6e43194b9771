"""Destroying a study's keys: which files of them are here, and what destroying them does and does not do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from instruments.errors import BadInput
from instruments.model import Record
from instruments.reading import read_record
from instruments.records import ReleaseHeader
from scoring.records import Release
from store.alone import closing_alone
from store.errors import Refused
from store.openings import keys_are_destroyed
from store.people import remove_lists
from store.shredding import destroy, note_destruction, role_of_key, role_of_sheet
from store.study import Study
from tui.flows.founding import key_names


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file or recovery sheet that is here, and whose it is."""

    path: Path
    role: str


class Shredded(Record, frozen=True):
    """What was destroyed, and of whom nothing was here."""

    destroyed: tuple[str, ...]
    """Names of the files, in the order in which they were destroyed."""
    roles: tuple[str, ...]
    elsewhere: tuple[str, ...]
    """Roles of whose key no file was here."""
    lists: tuple[str, ...] = ()
    """Lists of people that were removed, in words."""

    def lines(self) -> tuple[str, ...]:
        """Return what was done, what it means, and what is left to do by people."""
        away = ", ".join(self.elsewhere)
        return (
            f"Destroyed here: {', '.join(self.destroyed)}.",
            *((f"No key file was here of: {away}. Its holder destroys it.",) if away else ()),
            *((f"Removed from the study: {' and '.join(self.lists)}.",) if self.lists else ()),
            *LEFT_TO_DO,
        )


LEFT_TO_DO = (
    "Answers that were sealed need every key; with one key gone for good nobody can ever open them, nor the "
    "texts and marks of raters, nor requests for help.",
    "Now every holder destroys the printed sheet and every copy of key and sheet: on sticks, in mail, in "
    "backups. careload knows only the files named above.",
    "A file was overwritten before it was removed. Flash disks, snapshots and backups may keep an old copy "
    "all the same.",
    "Left as they are: the release, the rules, the log, and own results, which only their owners can open.",
)


def find_keys(study: Study, folder: Path, more: Iterable[Path] = ()) -> tuple[KeyFile, ...]:
    """Return the key files and sheets of `study` in `folder`, under their usual names, and those in `more`.

    Raises BadInput when there is none, or when one of them belongs to another study, KeyRefused for one that
    is damaged; nothing is changed.
    """
    usual = [
        folder / name
        for holder in study.setup().key_holders
        for name in key_names(study.setup().study, holder.role)
    ]
    paths = [path for path in usual if path.exists()] + list(more)
    found = {path.resolve(): KeyFile(path, _role(study, path)) for path in paths}
    if not found:
        raise BadInput(
            f"No key file of this study lies in “{folder.name}”.",
            "Name the folder with --key-dir, or each file with --key.",
        )
    return tuple(found.values())


def _role(study: Study, path: Path) -> str:
    look = role_of_key if path.suffix == ".key" else role_of_sheet
    return look(study, path)


LISTS_GO = (
    "The staff list and the supporters by name are removed with the keys, where the study has them; "
    "--keep-lists leaves them."
)


def warnings(study: Study, today: date) -> tuple[str, ...]:
    """Return what to know before the keys of `study` are destroyed on `today`."""
    header = _header(study)
    months = study.setup().retention_months
    if header is None:
        return ("The wave has no release. Every answer that was handed in will be lost, uncounted.",)
    end = _months_later(header.closed_on, months)
    if end is not None and today < end:
        return (f"Answers may be kept until {end.isoformat()}; destroying the keys earlier is allowed.",)
    return ()


def _header(study: Study) -> ReleaseHeader | None:
    if not study.is_open() or not study.is_released(study.public().policy.wave):
        return None
    return read_record(study.read_release(), Release, "the release").header


def _months_later(day: str, months: int) -> date | None:
    """Return the day `months` after the ISO date `day`, None where there is no date."""
    try:
        start = date.fromisoformat(day)
    except ValueError:
        return None
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, min(start.day, 28))


def check_time(study: Study, *, before_closing: bool) -> None:
    """Raise Refused when the keys were destroyed before, or when the wave is still to be closed."""
    if keys_are_destroyed(study.root):
        raise Refused(
            "The keys of this study were destroyed before; the log tells when.", "Nothing was done."
        )
    if before_closing or (study.is_open() and study.is_closed(study.public().policy.wave)):
        return
    raise Refused(
        "This study is not closed: without its keys it never can be, and every answer would be lost.",
        "Close it first with `careload close`; to end it without a release add --before-closing.",
    )


def shred(
    study: Study,
    keys: Sequence[KeyFile],
    today: date,
    *,
    before_closing: bool = False,
    keep_lists: bool = False,
    destroy_file: Callable[[Path], None] = destroy,
) -> Shredded:
    """Destroy `keys` and tell so in the log of openings; where the wave is open, nobody can hand in any more.

    Lists of people go, too, unless `keep_lists`.

    The log is written first: whatever happens then, it never says less than was done.
    """
    check_time(study, before_closing=before_closing)
    roles = tuple(dict.fromkeys(key.role for key in keys))
    with closing_alone(study.root):
        note_destruction(study, roles, today.isoformat())
        if study.is_open() and not study.public().closed_now():
            study.begin_closing()
        for key in keys:
            destroy_file(key.path)
        lists = () if keep_lists else remove_lists(study)
    everybody = (holder.role for holder in study.setup().key_holders)
    return Shredded(
        destroyed=tuple(key.path.name for key in keys),
        roles=roles,
        elsewhere=tuple(role for role in everybody if role not in roles),
        lists=lists,
    )
