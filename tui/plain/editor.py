"""Own words, typed and changed a paragraph at a time; each change is on disk before the next prompt."""

from __future__ import annotations

import re

from instruments.answers import Text, why_not
from instruments.model import TextFormat
from tui.asking import words_used
from tui.plain import words
from tui.plain.paragraphs import Paragraphs
from tui.plain.turn import Turn

_EDIT = re.compile(r"(change|replace|insert|delete) (\d{1,4})")


class Editor:
    """Asks for one text.

    Parameters
    ----------
    turn
        The question's turn.
    fmt
        How long the text may be.
    draft
        What the text begins with where nothing was answered before.
    most_words
        How many words a task asks for at most, 0 where it does not say.
    """

    def __init__(self, turn: Turn, fmt: TextFormat, draft: str = "", most_words: int = 0) -> None:
        self._turn, self._fmt, self._most_words = turn, fmt, most_words
        self._has_draft = bool(draft)
        begun = turn.earlier.value if isinstance(turn.earlier, Text) else draft
        self._text = Paragraphs.of(begun)

    def run(self) -> None:
        """Ask until the turn is over."""
        if self._text.count:
            self._show()
        while True:
            if not self._text.count:
                self._add()
                continue
            self._edit(self._turn.ask(words.EDIT_PROMPT, words.EDIT_HELP))

    def _edit(self, line: str) -> None:
        match line.lower():
            case "done":
                self._done()
            case "show":
                self._show()
            case "add":
                self._add()
            case other if found := _EDIT.fullmatch(other):
                self._change(found[1], int(found[2]))
            case _ if not self._turn.command(line):
                self._turn.talk.tell(words.NOT_AN_EDIT)

    def _show(self) -> None:
        self._turn.talk.tell(*self._text.numbered, self._used())

    def _add(self) -> None:
        """Take lines until “done” or “show” stands alone on one; a text that had no draft is done then.

        An empty line ends nothing: what is pasted may have some, and the next paragraph is no answer.
        """
        prompt, is_apart = words.TYPE_PROMPT, False
        while True:
            line = self._turn.talk.line(prompt, is_verbatim=True)
            if line.lower() in _ENDS:
                break
            if line.lower() in _BARE:
                if not self._turn.serve(line, words.EDIT_HELP):
                    self._turn.command(line)
            elif not line:
                is_apart = True
            elif self._take(self._text.added(line, is_apart=is_apart)):
                prompt, is_apart = words.MORE_PROMPT, False
        if line.lower() == "show" or self._has_draft:
            self._show() if line.lower() == "show" else self._turn.talk.tell(self._used())
        else:
            self._done()

    def _change(self, what: str, number: int) -> None:
        if not 1 <= number <= self._text.count:
            self._turn.talk.tell(words.NO_PARAGRAPH.format(number))
            return
        match what:
            case "delete":
                self._keep(self._text.deleted(number))
            case "change":
                self._change_words(number)
            case "replace":
                if line := self._typed(words.REPLACE_PROMPT.format(number)):
                    self._keep(self._text.replaced(number, line))
            case _:
                if line := self._typed(words.INSERT_PROMPT.format(number)):
                    self._keep(self._text.inserted(number, line))

    def _change_words(self, number: int) -> None:
        """Put other words in place of some, where they stand first in the paragraph."""
        old = self._typed(words.CHANGE_OLD.format(number))
        if not old:
            return
        changed = self._text.changed(number, old, "")
        if changed is None:
            self._turn.talk.tell(words.NO_WORDS.format(number))
            return
        new = self._typed(words.CHANGE_NEW)
        self._keep(self._text.changed(number, old, new) or changed)

    def _typed(self, prompt: str) -> str:
        return self._turn.talk.line(prompt, is_verbatim=True)

    def _keep(self, text: Paragraphs) -> None:
        """Take a changed text and say so."""
        if self._take(text):
            self._turn.talk.tell(f"{words.KEPT}: {self._used()}")

    def _take(self, text: Paragraphs) -> bool:
        """Take a changed text, once it is on disk; False, and said why, where it is not."""
        problem = why_not(Text(value=text.text), self._fmt)
        self._turn.talk.tell(problem)
        is_kept = not problem and self._turn.hold(Text(value=text.text))
        self._text = text if is_kept else self._text
        return is_kept

    def _done(self) -> None:
        if self._text.count:
            self._turn.give(Text(value=self._text.text))
        else:
            self._turn.talk.tell(words.NOTHING_TYPED)

    def _used(self) -> str:
        paragraphs = f"{self._text.count} paragraph{'' if self._text.count == 1 else 's'}"
        if self._has_draft:
            return f"{paragraphs}, {words_used(self._text.text, self._most_words)}."
        return f"{paragraphs}, {len(self._text.text)} of {self._fmt.max_length} characters."


_ENDS = {"done", "show"}
_BARE = {"back", "skip", "why", "again", "code", "text", "quit", "help", "leave out"}
"""Words that are commands also while text is typed, when they stand alone on a line."""
