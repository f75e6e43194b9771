"""Texts that their authors allow people to read, and what leaves with them: the form of the task, no more."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.answers import Choice, Text
from instruments.questions import Battery
from instruments.records import Submission
from instruments.tasks.asking import CONSENT, TEXT, YES
from instruments.tasks.writing import AdaptTask, SummariseTask


def allowed_texts(battery: Battery, submission: Submission) -> Iterator[tuple[str, str]]:
    """Yield (form, text) of each text typed in `submission` that its author lets raters read.

    A consent that was passed over is none. Imported answers give none: nobody was asked on a page of ours.
    """
    if submission.origin == "import":
        return
    for one in map(battery.drawn, submission.drawn):
        if not isinstance(one.task, SummariseTask | AdaptTask):
            continue
        text = submission.answers.get(f"{one.prefix}/{TEXT}")
        may = submission.answers.get(f"{one.prefix}/{CONSENT}")
        if isinstance(text, Text) and text.value.strip() and may == Choice(code=YES):
            yield one.prefix, text.value
