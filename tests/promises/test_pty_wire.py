"""The bytes that a key costs on the line at 120x40, and that the screen is right however little is sent."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest
from pty_driver import command, reader

from bench.make_library import samples
from bench.terminal import Terminal

BUDGETS = {
    "start": 8_000,
    "j": 400,
    "j scrolling": 600,
    "line of text": 300,
    "page of text": 3_500,
    "next name": 700,
    "tag": 700,
    "filter": 3_000,
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return made articles, the newest of them long, and a cache that holds their names."""
    base = tmp_path_factory.mktemp("wire")
    folder, cache = base / "articles", base / "cache"
    folder.mkdir()
    cache.mkdir()
    made = [one for one in samples(120) if len(one.text) < 5_000]
    for number, one in enumerate(made):
        text = "\n\n".join(other.text for other in made[:8]) if not number else one.text
        head = f'---\ntitle: "{one.title}"\ndate: {one.published}\n---\n\n'
        (folder / f"{number:03}.md").write_text(f"{head}{text}\n", encoding="utf-8")
    done = command("index", folder, XDG_CACHE_HOME=str(cache))
    assert done.returncode == 0, done.stderr
    return folder, str(cache)


def medians(library: tuple[Path, str], margins: bool, **variables: str) -> dict[str, float]:
    """Press every kind of key and return how many bytes each brought."""
    folder, cache = library
    with reader(folder, XDG_CACHE_HOME=cache, **variables) as terminal:
        terminal.margins = margins
        terminal.wait_for("newest first")
        terminal.settle(1.0)
        found = {"start": float(len(terminal.received))}
        found["j"] = sizes(terminal, ["j"] * 9)
        for _ in range(25):
            terminal.press("j", quiet=0.02, limit=1)
        terminal.settle(0.6)
        found["j scrolling"] = sizes(terminal, ["j"] * 21)
        terminal.send("g", "g", "enter")
        terminal.settle(0.6)
        found["line of text"] = sizes(terminal, ["j"] * 15)
        found["page of text"] = sizes(terminal, ["space"] * 7)
        terminal.send("w")
        terminal.settle(0.3)
        found["next name"] = sizes(terminal, ["w"] * 9)
        terminal.send("t")
        terminal.settle(0.3)
        terminal.send(*"one", "enter")
        terminal.wait_for("saved")
        terminal.settle(0.3)
        found["tag"] = sizes(terminal, ["1"] * 6, quiet=0.3)
        terminal.send("f")
        terminal.settle(0.3)
        found["filter"] = sizes(terminal, [*"ministry"], quiet=0.4)
        terminal.send("esc")
        terminal.settle(0.3)
        terminal.send("q")
        terminal.settle(0.3)
        if terminal.process.poll() is None:
            terminal.send("q")
        terminal.wait_end()
    return found


def sizes(terminal: Terminal, keys: list[str], quiet: float = 0.08) -> float:
    return statistics.median(terminal.press(key, quiet=quiet, limit=1.5).size for key in keys)


def test_keys_keep_within_their_bytes(library: tuple[Path, str]) -> None:
    found = medians(library, margins=True)
    assert {key: size for key, size in found.items() if size > BUDGETS[key]} == {}, found
    assert all(found.values()), found


def test_keys_keep_within_their_bytes_where_panes_cannot_be_moved(library: tuple[Path, str]) -> None:
    # Beside a list a line of text cannot be had for less than the text that is in sight.
    budgets = BUDGETS | {"line of text": 3_500}
    found = medians(library, margins=False, SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22")
    assert {key: size for key, size in found.items() if size > budgets[key]} == {}, found
