"""What has to hold in a `withhold` file: six situations in which every question of the policy counts."""

from __future__ import annotations

from typing import Any

from instruments.checking import Misfits
from instruments.format_rules import repeated
from instruments.locate import Path
from instruments.tasks.model import TOPICS, Vignette
from instruments.tasks.rules import check_ids, check_languages, rows_of

VIGNETTES = 6
OUTCOMES = ("code", "records")
"""Topics on which the policy itself says whether a check is needed."""


def check_withhold(raw: dict[str, Any], misfits: Misfits) -> None:
    """Note what is wrong in the vignettes of a `withhold`."""
    vignettes: list[tuple[Path, Vignette]] = rows_of(raw, "vignettes", Vignette, misfits)
    check_ids(raw, "vignettes", misfits)
    for path, vignette in vignettes:
        _check_vignette(raw, vignette, path, misfits)
    values = raw.get("vignettes")
    if isinstance(values, list) and len(values) != VIGNETTES:
        misfits.add(("vignettes",), f"{len(values)} vignettes", f"{VIGNETTES} vignettes")
    elif len(vignettes) == VIGNETTES:
        _check_spread([one for _, one in vignettes], misfits)


def _check_vignette(raw: dict[str, Any], vignette: Vignette, path: Path, misfits: Misfits) -> None:
    for key, texts in (("text", vignette.text), ("reason", vignette.reason)):
        if not texts:
            misfits.add((*path, key), "nothing", "a text")
        check_languages(raw, texts, (*path, key), misfits)
    for index, topic in repeated(vignette.concerns):
        misfits.add((*path, "concerns", index), f"{topic!r} a second time", "each topic once")
    if vignette.least != "as-is" and set(vignette.concerns) & set(OUTCOMES):
        expected = "'as-is': on code and records the policy itself says whether to check"
        misfits.add((*path, "least"), repr(vignette.least), expected)


def _check_spread(vignettes: list[Vignette], misfits: Misfits) -> None:
    for topic in TOPICS:
        if not any(topic in one.concerns for one in vignettes):
            misfits.add(
                ("vignettes",), f"none that concerns {topic!r}", "each topic in at least one vignette"
            )
    if not any(one.tool == "unapproved" for one in vignettes):
        misfits.add(
            ("vignettes",), "none with an unapproved tool", "at least one: the policy says which tools"
        )
