"""The program runs no other program, loads no code from data, and never uses the network."""

from __future__ import annotations

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

HOUSE = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path for room in ("instruments", "store", "scoring", "tui") for path in (HOUSE / room).rglob("*.py")
)
CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN = {
    *("pickle", "cPickle", "dill", "joblib", "shelve", "marshal", "yaml", "ruamel", "subprocess", "pty"),
    *("socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "webbrowser"),
}
SHELLS = {"system", "popen", "spawnl", "spawnv", "execv", "execl", "execvp", "posix_spawn"}

RUN = """
import sys
def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind",
                 "socket.sendto", "subprocess.Popen", "os.system", "os.posix_spawn"}:
        print("USED", event, file=sys.stderr)
        raise RuntimeError(event)
sys.addaudithook(refuse)
from tui.cli import run
sys.exit(run(sys.argv[1:]))
"""


def faults_of(source: str) -> list[str]:
    """Return what `source` does that no module of the house may do."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            names = []
        found += [name for name in names if name.partition(".")[0] in FORBIDDEN]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            found.append(node.func.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            found += [node.attr] if node.attr in SHELLS else []
        if isinstance(node, ast.keyword) and node.arg == "shell":
            found.append("shell")
    return found


def test_no_module_evaluates_unpickles_or_starts_a_shell() -> None:
    """No YAML, pickle, eval, shell or network module is imported or called anywhere in the four rooms."""
    assert len(MODULES) > 200
    found = {str(path.relative_to(HOUSE)): faults_of(path.read_text("utf-8")) for path in MODULES}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "source",
    ["import pickle", "from yaml import load", "eval('1')", "import os\nos.system('x')", "f(shell=True)"],
)
def test_the_search_finds_what_it_looks_for(source: str) -> None:
    assert faults_of(source)


def test_the_suite_refuses_sockets() -> None:
    """Without this, a test that reached out would pass unnoticed."""
    with pytest.warns(UserWarning, match="tried to use socket"), pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def held(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command whose interpreter refuses connections, look-ups and other programs."""
    line = [sys.executable, "-c", RUN, *arguments]
    return subprocess.run(
        line, cwd=cwd, capture_output=True, text=True, timeout=120, env=dict(os.environ), check=False
    )


@pytest.mark.slow
def test_a_whole_rehearsal_and_its_exports_use_no_network_and_no_other_program(tmp_path: Path) -> None:
    """Made, opened, filled, closed, shown, planned, exported: nothing looks a name up or connects."""
    made = held("demo", "--people", "40", "--seed", "5", "--no-tui", "--dir", "made", cwd=tmp_path)
    assert made.returncode == 0, made.stderr[-500:]
    study = tmp_path / "made" / "study"
    for command in (("review", "--plain"), ("plan",), ("status",), ("doctor",), ("export", "--out", "out")):
        name, *flags = command
        done = held(name, str(study), *flags, cwd=tmp_path)
        assert done.returncode == 0, done.stderr[-500:]
        assert "USED" not in done.stderr


def test_the_refusal_bites(tmp_path: Path) -> None:
    """A program that connects, held the same way, fails."""
    line = RUN.replace("from tui.cli import run", "import socket; socket.getaddrinfo('localhost', 80)")
    done = subprocess.run(
        [sys.executable, "-c", line], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "USED socket.getaddrinfo" in done.stderr
