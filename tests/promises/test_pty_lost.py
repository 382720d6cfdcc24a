"""A session that was killed goes on at the next start where it was: list, text, name, and what was being written."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from pty_driver import filter_by, indexed_seeds, reader, wait_until
from walking import saved

from bench.terminal import Terminal


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the samples, and the cache that holds their names already."""
    return indexed_seeds(tmp_path_factory.mktemp("lost"))


def kept(what: str = "session-*.running.json") -> dict[str, Any]:
    """Return the place as it is kept while the reader runs."""
    files = list((Path(os.environ["XDG_STATE_HOME"]) / "dateline").glob(what))
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    return json.loads(files[0].read_bytes()) if files else {}


def kill(terminal: Terminal) -> None:
    terminal.signal(signal.SIGKILL)
    terminal.wait_end()
    assert terminal.left_behind() == []


def panes(terminal: Terminal) -> list[str]:
    """Return what is shown, but for the line that tells what was done last."""
    terminal.settle(0.5)
    return terminal.text().split("\n")[:-2]


def test_a_killed_session_goes_on_in_the_very_place(indexed: tuple[Path, str]) -> None:
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache) as terminal:
        terminal.wait_for("newest first")
        filter_by(terminal, "abe")
        terminal.send("space", "space")
        terminal.wait_for("2 marked")
        terminal.send("enter")
        terminal.settle(0.3)
        terminal.send("ctrl+d")
        terminal.settle(0.3)
        terminal.send("w")
        terminal.settle(0.3)
        before = panes(terminal)
        wait_until(lambda: (place := kept()) and place["name"] >= 0 and len(place["marked"]) == 2, "the place is kept")
        kill(terminal)
    with reader(folder, XDG_CACHE_HOME=cache) as terminal:
        terminal.wait_for("here the last session was cut off")
        terminal.wait_for("2 marked")
        assert panes(terminal) == before
        terminal.send("q")
        terminal.wait_end()
    # Who leaves is done with the filter; the article stays.
    article = kept("session-*[0-9a-f].json")["article"]
    assert not kept()
    with reader(folder, XDG_CACHE_HOME=cache) as terminal:
        terminal.wait_for("newest first")
        terminal.settle(0.3)
        assert "“abe”" not in terminal.text() and "cut off" not in terminal.text()
        wait_until(lambda: kept().get("article") == article, "the article is the same")
        terminal.send("q")
        terminal.wait_end()


def test_a_killed_session_leaves_the_note_on_a_name_to_go_on_with(indexed: tuple[Path, str]) -> None:
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache) as terminal:
        terminal.wait_for("newest first")
        terminal.send("enter")
        terminal.settle(0.3)
        terminal.send("w", "enter")
        terminal.wait_for("APPEARS WITH")
        terminal.send("a")
        terminal.wait_for("note on:")
        terminal.send(*"half a thought")
        terminal.wait_for("draft kept")
        wait_until(lambda: kept().get("page"), "the place is kept")
        kill(terminal)
    with reader(folder, XDG_CACHE_HOME=cache) as terminal:
        terminal.wait_for("the note on this name was not finished; a goes on with it")
        terminal.send("a")
        terminal.wait_for("half a thought")
        terminal.send(*", whole", "esc")
        terminal.wait_gone("note on:")
        wait_until(lambda: entity_notes() == ["half a thought, whole"], "the draft became a note")


def entity_notes() -> list[str]:
    """Return the notes on names."""
    return [row["body"] for row in saved()["entities"]]
