"""Walks through commands by keys alone: each key has to bring something to the screen, and to the file where it saves.

A step names the command, the key that is pressed for it, and what must then stand on the screen that did not stand
there before. Nothing waits for a time.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pty_driver import wait_until

from bench.terminal import Terminal
from store.annotations.store import AnnotationStore
from store.paths import annotations_file
from tui.commands.registry import BY_ID

PATIENCE = float(os.environ.get("WALK_PATIENCE", "30"))
"""Seconds that a step may take, on however busy a machine."""

SETTLED = 3.0
"""Seconds after which what a step left on the screen is not on its way any more."""

Tables = dict[str, list[dict[str, Any]]]
"""The rows of each table of the annotation file."""


@dataclass(frozen=True)
class Step:
    """One key, and what it must do."""

    command: str
    """The id of the command; empty for what only leads to the next one."""
    key: str
    """As the command declares it: `g g`, `ctrl+d`. Empty where the command has no key and is chosen by its name."""
    shows: str = ""
    """A regular expression that the screen must show in the end, and did not show before the key."""
    gone: str = ""
    """One that it must show before, and no longer then."""
    then: tuple[str, ...] = ()
    """Keys and words that follow, such as what is typed into a prompt. `~` begins a regular expression to wait for."""
    meanwhile: Callable[[Terminal], None] | None = None
    """What happens outside before the screen is looked at."""
    ends: bool = False
    """Whether the program ends by it."""
    saved: Callable[[Tables], object] | None = None
    """What must be true of the annotation file then, with its journal."""


@dataclass(frozen=True)
class Part:
    """One session of the walk."""

    name: str
    steps: tuple[Step, ...]
    in_file: Callable[[Tables], object]
    """What must be true of the plain TinyDB file once the session has ended."""
    size: tuple[int, int] = (80, 24)


def walk(terminal: Terminal, part: Part) -> None:
    """Take all steps of a part."""
    for number, step in enumerate(part.steps):
        try:
            _take(terminal, step)
        except AssertionError as error:
            error.add_note(f"step {number + 1} of “{part.name}”: {step.command} by {step.key!r}")
            raise


def _take(terminal: Terminal, step: Step) -> None:
    # The step before may need a frame more until all its lines are as they will be.
    if step.shows:
        terminal.wait_gone(step.shows, SETTLED)
    if step.gone:
        terminal.wait_for(step.gone, SETTLED)
    terminal.send(*step.key.split())
    if step.meanwhile is not None:
        step.meanwhile(terminal)
    if step.ends:
        terminal.wait_end(PATIENCE)
        assert terminal.process.returncode == 0
        assert terminal.modes_left() == []
    for one in step.then:
        if one.startswith("~"):
            terminal.wait_for(one[1:], PATIENCE)
        else:
            terminal.send(one)
    if step.shows:
        terminal.wait_for(step.shows, PATIENCE)
    if step.gone:
        terminal.wait_gone(step.gone, PATIENCE)
    if step.saved is not None:
        wait_until(lambda: step.saved(saved()), f"saved by {step.command}:\n{terminal.text()}", PATIENCE)


def by_name(command: str) -> tuple[str, ...]:
    """Return the keys that choose a command without a key, after those of its step."""
    return (":", "~Command ", BY_ID[command].title[:30], f"~> *{BY_ID[command].title[:20]}", "enter")


def tagged(tables: Tables, tag: str) -> set[str]:
    """Return the titles of the articles that bear a tag."""
    return {row["title"] for row in tables["articles"] if tag in row["tags"]}


def untouched(tables: Tables) -> bool:
    """Tell whether nothing was changed since the session began."""
    return not tables.get("undo")


def kept(habit: str) -> object:
    """Return a habit as it is kept for all libraries; None where it is not."""
    file = Path(os.environ["XDG_STATE_HOME"]) / "dateline" / "looks.json"
    return json.loads(file.read_text(encoding="utf-8")).get(habit) if file.exists() else None


def saved() -> Tables:
    """Return what counts as saved: the annotation file and its journal."""
    store = AnnotationStore(annotations_file(), session="looking")
    # A table is there once something is in it.
    tables: Tables = defaultdict(list)
    tables.update((name, [dict(row) for row in rows.values()]) for name, rows in store.snapshot().items())
    store.close(fold=False)
    return tables
