"""One line out, one line in: the only way that plain mode speaks and listens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from tui import output
from tui.cleaning import clean
from tui.plain import words

LONGEST = 10_000
"""Characters of a line that is taken; no answer is that long."""

Listen = Callable[[str], str | None]
"""Returns the next line with its end, or None when no more comes; a prompt given to it is for a secret."""


class Left(Exception):
    """The person leaves, or nothing more can be read."""


class Talk:
    """Tells whole lines and asks for one; what is typed loses its control characters.

    Parameters
    ----------
    listen
        Reads one line; called with a prompt where it must not be shown while it is typed.
    put
        Writes one line; on a terminal it may break it between words.
    """

    def __init__(self, listen: Listen, put: Callable[[str], None] = output.put_line) -> None:
        self._listen, self._put = listen, put

    def tell(self, *lines: str) -> None:
        """Tell `lines`; what is empty is not said, and no line holds another character to obey."""
        for text in lines:
            for line in clean(text).split("\n"):
                if line.strip():
                    self._put(said(line))

    def pause(self) -> None:
        """Leave a line empty before something new begins."""
        self._put("")

    def ask(
        self,
        prompt: str,
        helps: Sequence[str],
        code: str = "",
        known: Collection[str] = (),
        *,
        is_hidden: bool = False,
    ) -> str:
        """Ask until something else than help, code or quit is typed; Left when the person leaves.

        Words in `known` are taken as they are: a word of a personal code may be called “quit”.
        """
        while True:
            line = self.line(prompt, is_hidden=is_hidden)
            if line.lower() in known or not self.serve(line, helps, code):
                return line

    def serve(self, line: str, helps: Sequence[str], code: str = "") -> bool:
        """Do what help, code or quit says; False for any other line."""
        match line.lower():
            case "quit" | "q":
                raise Left
            case "help" | "?":
                self.tell(*helps)
            case "code" if code:
                self.tell(f"Your personal code: {code}")
            case _:
                return False
        return True

    def line(self, prompt: str, *, is_hidden: bool = False, is_verbatim: bool = False) -> str:
        """Return one typed line without spaces around it; inside they become single unless verbatim."""
        while True:
            if not is_hidden:
                self.tell(prompt)
            typed = self._listen(said(clean(prompt)) if is_hidden else "")
            if typed is None:
                raise Left
            if len(typed) <= LONGEST:
                text = clean(typed).encode("utf-8", "ignore").decode("utf-8").replace("\t", " ").strip()
                return text if is_verbatim else " ".join(text.split())
            self.tell(words.TOO_LONG.format(LONGEST))


def said(line: str) -> str:
    """Return `line` as it is said: no tab, no dots between words, no ticks drawn with brackets."""
    for drawn, meant in (
        ("\t", " "),
        (" · ", ", "),
        ("·", ","),
        (" …", " ..."),
        ("…", "..."),
        ("[x] ", "ticked: "),
        ("[ ] ", "not ticked: "),
    ):
        line = line.replace(drawn, meant)
    return line.rstrip()
