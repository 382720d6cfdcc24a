"""A session that was killed goes on at the next start where it was: list, text, name, and what was being written."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

from pty_driver import COMMAND, environment, filter_by, reader, wait_until
from walking import saved

from bench.terminal import Terminal


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


def test_a_session_that_is_killed_while_a_query_is_typed_hides_nothing(indexed: tuple[Path, str]) -> None:
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache) as terminal:
        terminal.wait_for("12 articles")
        terminal.send("f")
        terminal.wait_for("filter:")
        terminal.send(*"has:nnote abe")
        terminal.wait_for("Did you mean has:note")
        # It may be of the letters that were right when they were typed.
        assert "nnote" not in terminal.text().split("\n")[0], "the list is of no such filter"
        wait_until(lambda: kept().get("filter") == "has:nnote abe", "the place is kept")
        kill(terminal)
    with reader(folder, XDG_CACHE_HOME=cache) as terminal:
        terminal.wait_for("Did you mean has:note")
        terminal.wait_for("All · 12 articles")
        terminal.wait_for("Ferry strike")
        terminal.send("q")
        terminal.wait_end()


def test_a_query_that_is_wrong_on_the_command_line_opens_nothing(indexed: tuple[Path, str]) -> None:
    with Terminal([str(COMMAND), "-q", "abe colour:red", str(indexed[0])], environment()) as terminal:
        terminal.wait_end()
        said = terminal.received.decode()
        assert "There is no field colour." in said and "?1049h" not in said
        assert "  abe colour:red\r\n      ^\r\n" in said
        assert terminal.process.returncode == 2


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
