"""A program that no shell looks after is never stopped: nothing would bring it back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tui.job import has_shell

ASK = f"{sys.executable} -c 'from tui.job import has_shell; print(has_shell())'"


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        (["sh", "-c", f"exec {ASK}"], False),  # as ssh and mosh run a command
        (["sh", "-c", f"{ASK}; true"], False),  # a script, which stops together with it
        (["bash", "-c", f"set -m; {ASK}; true"], True),  # a job
        (["bash", "-c", f"set -m; sh -c {ASK!r}; true"], True),
    ],
)
def test_whether_a_shell_could_bring_it_back(shell: list[str], expected: bool) -> None:
    if shutil.which(shell[0]) is None:
        pytest.skip(f"needs {shell[0]}")
    done = subprocess.run(shell, capture_output=True, text=True, start_new_session=True, check=True, env=os.environ)
    assert done.stdout.strip() == str(expected)


def test_the_first_process_of_a_container_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getppid", lambda: 0)
    assert not has_shell()
