"""The bytes that a key costs on the line at 120x40, and that the screen is right however little is sent."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest
from pty_driver import COMMAND, command, environment, reader

from bench.distance import DistantTerminal, answers, line_time
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
        terminal.send("esc", "esc", "h", "g", "g")
        terminal.settle(0.6)
        terminal.send("1")
        terminal.wait_for("tag for 1")
        terminal.send(*"one", "enter")
        terminal.wait_for("saved")
        terminal.settle(0.8)
        found["tag"] = sizes(terminal, ["1"] * 6, quiet=0.3)
        assert "tag for 1" not in terminal.text()
        terminal.send("f")
        terminal.settle(0.5)
        found["filter"] = sizes(terminal, [*"ministry"], quiet=0.4)
        assert "117" not in terminal.text().split("\n")[0], "nothing was filtered"
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
    # Beside a list a line of text cannot be had for less than the text that is in sight, or than list and names, which
    # have to be written again where all of the screen is moved.
    budgets = BUDGETS | {"line of text": 2_600}
    found = medians(library, margins=False, SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22")
    assert {key: size for key, size in found.items() if size > budgets[key]} == {}, found


def distant(library: tuple[Path, str], **line: float) -> DistantTerminal:
    folder, cache = library
    variables = environment() | {"XDG_CACHE_HOME": cache, "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
    return DistantTerminal([str(COMMAND), str(folder)], variables, **line)  # type: ignore[arg-type]


def test_a_key_on_a_slow_line_waits_for_the_line_alone(library: tuple[Path, str]) -> None:
    with distant(library, round_trip=0.2, bits=56_000) as terminal:
        terminal.wait_for("newest first")
        terminal.settle(1.0)
        found = {"j": answers(terminal, ["j"] * 3)}
        terminal.send("enter")
        terminal.settle(0.8)
        found["line of text"] = answers(terminal, ["j"] * 2)
        found["page of text"] = answers(terminal, ["space"] * 3)
        terminal.send("w")
        terminal.settle(0.6)
        found["next name"] = answers(terminal, ["w"] * 3)
        terminal.send("esc", "esc", "h", "g", "g", *"j" * 34)
        terminal.settle(1.5)
        found["j scrolling"] = answers(terminal, ["j"] * 3)
        terminal.send("1")
        terminal.wait_for("tag for 1")
        terminal.send(*"one", "enter")
        terminal.wait_for("saved")
        terminal.settle(1.5)
        found["tag"] = answers(terminal, ["1"] * 3)
        assert "tag for 1" not in terminal.text()
        terminal.send("f")
        terminal.settle(1.0)
        found["filter"] = answers(terminal, [*"mini"])
        # Beyond the line, the fastest of each: a machine that does other things is no slow line.
        own = {kind: min(one.last - line_time(terminal, one) for one in keys) for kind, keys in found.items()}
        assert {kind: beyond for kind, beyond in own.items() if not -0.01 < beyond <= 0.06} == {}


def test_a_held_key_does_not_run_behind(library: tuple[Path, str]) -> None:
    with distant(library, round_trip=0.1, bits=1_000_000) as terminal:
        terminal.wait_for("newest first")
        terminal.settle(1.0)
        behind = []
        for _ in range(3):
            behind.append(terminal.hold("j", 2))
            if behind[-1] <= 0.2:
                break
            terminal.send("g", "g")
            terminal.settle(0.6)
        assert min(behind) <= 0.2


def test_a_held_key_on_a_slow_line_leaves_frames_out_and_not_the_last(library: tuple[Path, str]) -> None:
    with distant(library, round_trip=0.2, bits=28_000) as terminal:
        terminal.wait_for("newest first")
        terminal.settle(1.0)
        before, at = len(terminal.received), terminal.text()
        terminal.hold("j", 2, rate=60)
        terminal.settle(2.5)
        frames = bytes(terminal.received[before:]).count(b"\x1b[?2026h")
        assert frames < 80, "a frame for every key"
        assert terminal.text() != at
        assert frames > 3
        shown = terminal.screen.looks()
        terminal.send("ctrl+l")
        terminal.settle(2.5)
        terminal.text()
        assert terminal.screen.looks() == shown
