"""Everything `doctor` looks at: the store's files, definitions of the study's own, and the release."""

from __future__ import annotations

from pathlib import Path

from instruments.battery import choose_tasks
from instruments.catalogue import load_definition
from instruments.errors import BadInput
from instruments.model import Instrument
from instruments.reading import read_record
from instruments.tasks.catalogue import is_task_file, read_own_task, shipped_tasks
from scoring.rating_records import RatingSummary
from scoring.records import Release
from store.checkup import Finding, check_study
from store.errors import StoreError, guarded
from store.files import read_bounded
from store.own import own_tasks
from tui.flows.rater_doubt import RATING_SUMMARY


def check_all(root: Path) -> tuple[Finding, ...]:
    """Return every finding of the study at `root`; empty when all is well."""
    return (
        *check_study(root),
        *_definitions(root),
        *_tasks(root),
        *_people(root),
        *_scenarios(root),
        *_release(root),
        *_ratings(root),
        *_keys_together(root),
    )


def _definitions(root: Path) -> list[Finding]:
    found = []
    for path in _files_in(root / "definitions"):
        try:
            _check_definition(path)
        except (BadInput, StoreError) as error:
            places = (error.faults if isinstance(error, BadInput) else ()) or (error.message,)
            found += [
                Finding(severity="wrong", path=f"definitions/{path.name}", found=str(place), todo=error.todo)
                for place in places
            ]
    return found


def _tasks(root: Path) -> list[Finding]:
    """Return whether every task that was chosen is there, when its file can be read at all."""
    from store.study import Study

    try:
        setup, own = Study.load(root).setup(), own_tasks(root)
    except (BadInput, StoreError):
        return []
    try:
        choose_tasks(setup.tasks, shipped_tasks(), own)
    except BadInput as error:
        return [Finding(severity="wrong", path="definitions", found=error.message, todo=error.todo)]
    return []


def _people(root: Path) -> list[Finding]:
    """Return whether every group and site that a list of people names is one of the study's."""
    from store.people import staff_in, supporters_in
    from store.study import Study
    from tui.flows.people import known_to

    try:
        study = Study.load(root)
        known, staff, supporters = known_to(study.setup()), staff_in(study), supporters_in(study)
    except (BadInput, StoreError):
        return []
    groups = {one.group for one in staff or ()} | {name for one in supporters or () for name in one.groups}
    sites = {one.site for one in staff or ()} | {one.site for one in supporters or ()}
    gone = sorted(
        (groups - {"", *known.groups} if known.groups else set())
        | (sites - {"", *known.sites} if known.sites else set())
    )
    found = f"A list of people names what is no group or site of the study: {', '.join(gone)}."
    todo = "Read the list again with `careload staff` or `careload supporters`."
    return [Finding(severity="wrong", path="private/study.json", found=found, todo=todo)] if gone else []


def _scenarios(root: Path) -> list[Finding]:
    """Return whether every kept scenario of the plan can be used."""
    from store.study import Study
    from tui.flows.scenarios import kept

    try:
        study = Study.load(root)
        study.setup()
    except (BadInput, StoreError):
        return []  # told beside its own place
    try:
        kept(study)
    except BadInput as error:
        return [Finding(severity="wrong", path="private/study.json", found=error.message, todo=error.todo)]
    return []


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in {".json", ".toml"})
    except OSError:
        return []


def _check_definition(path: Path) -> None:
    with guarded("The definition"):
        data = read_bounded(path)
    if path.suffix == ".toml" and is_task_file(data):
        read_own_task(data, path.stem)
        return
    if path.suffix == ".toml":
        found = load_definition(data, path.name).id
    else:
        found = read_record(data, Instrument, path.name).id
    if found != path.stem:
        raise BadInput(f"{path.name}: defines {found}.", "Name the file after its instrument.")


def _release(root: Path) -> list[Finding]:
    from store.study import Study

    try:
        data = Study.load(root).read_release()
    except (BadInput, StoreError):
        return []
    try:
        read_record(data, Release, "release")
    except BadInput as error:
        return [Finding(severity="wrong", path="private/releases", found=error.message, todo=error.todo)]
    return []


def _ratings(root: Path) -> list[Finding]:
    """Return whether the figures of double rating can be read; the marks themselves take the keys."""
    from store.ratings import read_summary
    from store.study import Study

    try:
        data = read_summary(Study.load(root))
    except (BadInput, StoreError):
        return []  # told beside its own place
    try:
        if data is not None:
            read_record(data, RatingSummary, RATING_SUMMARY)
    except BadInput as error:
        again = "`careload rate --summary` writes it anew."
        return [Finding(severity="wrong", path="private", found=error.message, todo=again)]
    return []


def _keys_together(root: Path) -> list[Finding]:
    """Return whether one account still holds what only several people together should have."""
    from store.study import Study
    from tui.flows.founding import key_names

    folder = root.parent / f"{root.name}-keys"
    try:
        study = Study.load(root)
        setup, is_open = study.setup(), study.is_open()
    except (BadInput, StoreError):
        return []
    if not is_open or setup.rehearsal or len(setup.key_holders) < 2:
        return []
    files = [key_names(setup.study, holder.role) for holder in setup.key_holders]
    sheets = [sheet for _, sheet in files if (folder / sheet).exists()]
    keys = [key for key, _ in files if (folder / key).exists()]
    if not sheets and len(keys) < 2:
        return []
    return [
        Finding(
            severity="notice",
            path=folder.name,
            found="Keys or recovery sheets of several holders still lie here: whoever reads them opens all "
            "answers alone.",
            todo="Give each holder their own, then remove the files.",
        )
    ]
