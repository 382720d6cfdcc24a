"""`dateline completions` lets shells complete commands, options, choices and files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Dateline
from tui.cli import NAMES

ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_shtab_dateline
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def offered(dateline: Dateline, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Return a function that tells what bash offers for a command line."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    script = tmp_path / "dateline.bash"
    script.write_text(dateline("completions", "bash").out)

    def ask(*words: str) -> set[str]:
        command = ["bash", "-c", ASK, "bash", script, "dateline", *words]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
        assert ran.stderr == ""
        return set(ran.stdout.split())

    return ask


def test_bash_completes_commands_options_and_choices(offered) -> None:  # type: ignore[no-untyped-def]
    assert set(NAMES) <= offered("")
    assert offered("sea") == {"searches"}
    assert offered("list", "--li") == {"--limit"}
    assert offered("list", "--format", "json") == {"json", "jsonl"}


def test_bash_completes_files_where_a_command_takes_files(offered, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "articles").mkdir()
    assert offered("list", "art") == {"articles"}
    assert offered("export", "-o", "art") == {"articles"}


@pytest.mark.parametrize("shell", ["zsh", "fish", "tcsh"])
def test_the_other_shells_accept_theirs(dateline: Dateline, tmp_path: Path, shell: str) -> None:
    script = tmp_path / "script"
    script.write_text(dateline("completions", shell).out)
    assert all(name in script.read_text() for name in NAMES)
    if shutil.which(shell) is not None:
        subprocess.run([shell, "-n", script], check=True, capture_output=True)


def test_a_shell_that_is_not_known_is_refused_with_those_that_are(dateline: Dateline) -> None:
    ran = dateline("completions", "ksh")
    assert ran.code == 2 and "bash" in ran.talk
