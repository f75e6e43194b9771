"""Where a person takes part, as far as the sentences about coming back differ."""

from __future__ import annotations

from dataclasses import dataclass

from tui.cleaning import clean

_SEALED = "Under this code your answers are handed in already."


@dataclass(frozen=True, slots=True)
class Place:
    """What a person does there to go on, to see the own result again and to withdraw."""

    left: str
    already_sealed: str
    see_again: str
    take_back: str
    is_wiped: bool = False
    """Whether all that was shown is cleared behind the person."""


def own_computer(study: str) -> Place:
    """Return the place where a person types commands, with the name of the study."""
    name = clean(study)
    return Place(
        left=(
            f"Everything you answered is kept. To go on: careload take {name}, "
            "then “I have started before” and your personal code."
        ),
        already_sealed=f"{_SEALED} To see your own result again: careload result {name}.",
        see_again=f"careload result {name}",
        take_back=f"careload withdraw {name}",
    )


KIOSK = Place(
    left=(
        "Everything you answered is kept at this kiosk, locked with your personal code: nobody can read it "
        "without. To go on, come to this kiosk again, choose “I have started before” and type your personal "
        "code."
    ),
    already_sealed=_SEALED,
    see_again="here, as one who started before",
    take_back="here, as one who started before",
    is_wiped=True,
)
"""A terminal that many people use: there is no command to type."""
