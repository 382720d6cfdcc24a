"""Commands can be reached by keys alone at 80x24, do what they say, and what they save is in the TinyDB file."""

from __future__ import annotations

from pathlib import Path

import pytest
import walk_commands
import walk_library
import walk_list
import walk_map
import walk_reader
import walk_screens
import walk_texts
from pty_driver import reader, stock_tables
from walking import Part, walk

from bench.terminal import Terminal
from tui.commands.registry import BY_ID

WALKS = (walk_list, walk_reader, walk_screens, walk_commands, walk_texts, walk_map)
PARTS: tuple[Part, ...] = tuple(part for walked in WALKS for part in walked.PARTS)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folders of the library, with its names found."""
    found = tmp_path_factory.mktemp("walk")
    walk_library.make(found)
    return found


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_by_keys_alone(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: Part) -> None:
    for variable, folder in walk_library.fresh(base, tmp_path).items():
        monkeypatch.setenv(variable, folder)
    monkeypatch.chdir(tmp_path)
    with reader(base / "articles", columns=part.size[0], lines=part.size[1]) as terminal:
        terminal.wait_for(walk_library.TALKS)
        # It is told once, at any time soon after the start, where a key's answer would be looked for.
        terminal.wait_for(walk_library.NEWS)
        walk(terminal, part)
        quit_from(terminal)
    assert part.in_file(stock_tables())


def quit_from(terminal: Terminal) -> None:
    """Leave by keys, and in good order."""
    if terminal.process.poll() is None:
        terminal.send("q")
    terminal.wait_end()
    assert terminal.process.returncode == 0
    assert terminal.modes_left() == []


def test_no_command_is_left_out() -> None:
    walked = {step.command for part in PARTS for step in part.steps} - {""}
    assert walked <= set(BY_ID)
    assert not set(BY_ID) - walked, "give each new command a step in tests/promises/walk_*.py"


def test_each_step_presses_a_key_of_its_command() -> None:
    for part in PARTS:
        for step in part.steps:
            if step.command:
                assert step.key in (BY_ID[step.command].keys or ("",)), step
