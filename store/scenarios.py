"""Named scenarios of the plan, kept in the study's private file as the plan gave them."""

from __future__ import annotations

from typing import Any

from instruments.errors import BadInput
from store.study import STUDY_FILE, Study

SCHEMA = 1
TABLE = "scenarios"


def save_scenario(study: Study, name: str, options: dict[str, Any]) -> None:
    """Keep `options` under `name`, in place of what stood there."""
    study.about()
    with study.private.transaction() as db:
        table = db.table(TABLE)
        old = [row.doc_id for row in table.all() if row.get("name") == name]
        table.remove(doc_ids=old)
        table.insert({"schema": SCHEMA, "name": name, "options": options})


def scenarios_in(study: Study) -> dict[str, dict[str, Any]]:
    """Return the options of every scenario by name, oldest first; BadInput when they are not as written."""
    found: dict[str, dict[str, Any]] = {}
    for row in study.private.snapshot().table(TABLE).all():
        name, options = row.get("name"), row.get("options")
        if row.get("schema") != SCHEMA or not isinstance(name, str) or not isinstance(options, dict):
            raise BadInput(
                f"{STUDY_FILE}: a scenario is not as careload wrote it, or of a later careload.",
                "Use the newer careload, or put back your copy of the file.",
            )
        found[name] = options
    return found


def remove_scenario(study: Study, name: str) -> bool:
    """Remove what is kept under `name` and say whether there was something."""
    study.about()
    with study.private.transaction() as db:
        table = db.table(TABLE)
        old = [row.doc_id for row in table.all() if row.get("name") == name]
        table.remove(doc_ids=old)
    return bool(old)
