"""A start of the reader that is held where a module is to be loaded, so that things can happen right there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pty_driver import reader, wait_until

from bench.terminal import Terminal

_GATE = """
import os, sys, time

class Gate:
    def find_spec(self, name, *_):
        if name == os.environ["GATE_AT"]:
            open(os.environ["GATE"] + ".reached", "w").close()
            while not os.path.exists(os.environ["GATE"]):
                time.sleep(0.01)
            with open(os.environ["GATE"]) as gate:
                if gate.read() == "broken":
                    raise ImportError(f"{name} is broken")

sys.meta_path.insert(0, Gate())
"""
"""Lets nobody load a module before a file is there."""


class Start:
    """A start that waits."""

    def __init__(self, terminal: Terminal, gate: Path) -> None:
        self.terminal, self.gate = terminal, gate

    def reach(self) -> list[str]:
        """Wait until the module is to be loaded; returns what the terminal shows by then."""
        reached = self.gate.with_suffix(".reached")
        wait_until(lambda: (self.terminal.read(0.01), reached.exists())[1], "the gate")
        self.terminal.settle(0.1)
        return self.terminal.text().split("\n")

    def go_on(self, how: str = "") -> None:
        """Let the module be loaded."""
        written = self.gate.with_suffix(".written")
        written.write_text(how)
        written.rename(self.gate)


@contextmanager
def held_start(base: Path, module: str, folder: Path, **variables: str) -> Iterator[Start]:
    """Open a folder, held where the `module` is to be loaded; `base` is a folder for the gate."""
    site, gate = base / "site", base / "gate"
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(_GATE)
    for file in base.glob("gate*"):
        file.unlink()
    with reader(folder, **({"PYTHONPATH": str(site), "GATE": str(gate), "GATE_AT": module} | variables)) as terminal:
        yield Start(terminal, gate)
