"""The command line: which commands there are; each lives in a module of its own."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from types import ModuleType
from typing import NoReturn

from instruments.errors import CareloadError
from tui.cleaning import clean
from tui.exits import Exit, exit_for

COMMANDS: dict[str, tuple[tuple[str, str], ...]] = {
    "Anyone": (
        ("demo", "a made-up organisation through the whole way"),
        ("verify", "does the study keep its promise; was I counted?"),
        ("privacy", "threat model and legal drafts with the study's settings"),
        ("score", "the arithmetic of a scale on made-up answers"),
    ),
    "Employees": (
        ("take", "the assessment: a ticket starts it, your code goes on"),
        ("result", "your own result again"),
        ("withdraw", "take your answers back, until the round closes"),
        ("ask", "ask for help by name, with or without taking part"),
    ),
    "Facilitators, before people answer": (
        ("init", "set a study up: people, battery, keys, supporters"),
        ("wording", "put published wording in, checked item by item"),
        ("reference", "a local reference from a calibration sample"),
        ("open", "freeze the policy and open the wave"),
        ("invite", "make tickets to hand out by lot"),
    ),
    "Facilitators, later": (
        ("import", "answers from LimeSurvey, REDCap, or a plain table"),
        ("status", "how many have answered"),
        ("review", "the desk: segments, wording, care plan"),
        ("staff", "the staff list, from which cohorts are formed"),
        ("supporters", "who gives support, by name, and how many hours"),
        ("plan", "the care-load plan; calendars, report, what if"),
        ("pledge", "what became of the promises made before opening"),
        ("doctor", "check every file of a study"),
    ),
    "Supporters": (("log", "help that you gave, in two keys; it holds no names"),),
    "Raters": (("rate", "texts whose authors allow it, read by two, blind"),),
    "HR": (("export", "the release as csv, xlsx, sav, parquet; a codebook"),),
    "Key holders, together": (
        ("close", "close the wave: score, check and write the release"),
        ("requests", "who asked for help by name, once the wave is closed"),
        ("shred", "destroy the keys: no answer can be opened any more"),
    ),
}


def _names() -> tuple[tuple[str, str], ...]:
    return tuple(entry for entries in COMMANDS.values() for entry in entries)


def _overview() -> str:
    lines = ["careload asks before AI tools are rolled out, and plans the care that follows.", ""]
    for role, entries in COMMANDS.items():
        lines.append(role)
        lines += [f"  careload {name:<11} {text}" for name, text in entries]
        lines.append("")
    lines.append("HR has a desk of its own: careload review STUDY --role hr.")
    lines.append("careload COMMAND --help tells more about one command.")
    lines.append("Exit codes: 0 done, 2 wrong usage, 3 bad input, 4 key, code or passphrase,")
    lines.append("5 refused for privacy, 6 store unavailable.")
    return "\n".join(lines)


def _module(command: str) -> ModuleType:
    """Return the module of `command`; one whose name is a keyword of Python has an underscore after it."""
    return import_module(f"tui.commands.{command}_" if iskeyword(command) else f"tui.commands.{command}")


class _Parser(argparse.ArgumentParser):
    """Complains like argparse, without repeating control characters to the terminal."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the arguments and leave with exit code 2."""
        self.exit(Exit.USAGE, clean(f"{self.format_usage()}{self.prog}: error: {message}\n"))


def build_parser(command: str | None) -> argparse.ArgumentParser:
    """Return the parser; only the module of `command` is loaded: an employee waits for nothing else."""
    parser = _Parser(
        prog="careload",
        usage="careload COMMAND ...",
        description=_overview(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", help=argparse.SUPPRESS)
    for name, text in _names():
        sub = commands.add_parser(
            name,
            prog=f"careload {name}",
            description=text[0].upper() + text[1:] + ".",
            allow_abbrev=False,
        )
        if name == command:
            _module(name).configure(sub)
    return parser


def program_version() -> str:
    """Return the installed version."""
    from importlib.metadata import version

    return version("careload")


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; errors become sentences, never tracebacks."""
    from tui import output
    from tui.streams import let_go_of_output

    try:
        return _run(arguments)
    except CareloadError as error:
        output.say_error(error)
        return exit_for(error)
    except KeyboardInterrupt:
        output.say("\nStopped. Nothing was lost.")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        let_go_of_output()
        return Exit.DONE
    except OSError as error:
        let_go_of_output()
        output.say(f"The system refused: {error.strerror or 'input or output failed'}.")
        output.say("Check the disk and the rights on the study folder, then try again.")
        return Exit.STORE


def _run(arguments: Sequence[str]) -> int:
    from tui import output

    command = next((word for word in arguments if not word.startswith("-")), None)
    given = build_parser(command).parse_args(arguments)
    if given.version:
        output.put(f"careload {program_version()}")
        return Exit.DONE
    if not given.command:
        output.put(_overview())
        return Exit.USAGE if arguments else Exit.DONE
    return int(_module(given.command).run(given))
