"""A config or a file of own names that wants to steer the terminal is refused in words that steer nothing."""

from __future__ import annotations

import os
import time
import tomllib
from pathlib import Path

import pytest
from hostile_library import EVIL, FORGED, SHOWN
from pty_driver import COMMAND, command, environment, reader

from bench.leaks import leaks
from bench.terminal import Terminal

TOML = "".join(char if " " <= char < "\x7f" and char not in '"\\\\' else f"\\u{ord(char):04x}" for char in EVIL)
"""The same as a TOML string writes it."""
assert tomllib.loads(f'a = "{TOML}"')["a"] == EVIL
CONFIGS = (
    f'"{TOML}" = 1',
    f'theme = "{TOML}"',
    f'row = ["title", "{TOML}"]',
    f'names = "{TOML}"',
    f'[keys]\n"{TOML}" = "x"',
    f'[keys]\n"tag.edit" = "{TOML}"',
    f'[keys]\npreset = "{TOML}"',
    f"theme = {EVIL}",
)
OWN_NAMES = (f'["{TOML}"]\nnames = ["x"]', f'[PERSON]\n"{TOML}" = ["x"]', f"[PERSON]\nnames = {EVIL}")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the settings' file, beside a folder `articles` with one article in it."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "one.txt").write_text("Rome and Paris\n\nShinzo Abe went to Oslo.\n")
    assert command("index", articles).returncode == 0
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def said(words: list[str]) -> str:
    """Run a command in a terminal to its end, or the reader until its list is there; returns what came."""
    with Terminal([str(COMMAND), *words], environment(), 80, 24) as terminal:
        end = time.monotonic() + 30
        while terminal.process.poll() is None and "Rome" not in terminal.text():
            assert time.monotonic() < end, f"neither the list nor the end within 30 s. The screen:\n{terminal.text()}"
            terminal.read(0.2)
        if terminal.process.poll() is None:
            terminal.settle()
            terminal.send("q")
        terminal.wait_end(30)
        assert terminal.modes_left() == []
        return terminal.received.decode("utf-8", "replace")


def test_a_hostile_config_steers_nothing(config: Path, tmp_path: Path) -> None:
    told = ""
    for text in CONFIGS:
        config.write_text(text + "\n", encoding="utf-8")
        came = said([str(tmp_path / "articles")])
        assert "Traceback" not in came, came
        assert leaks(came.encode(), [FORGED], replacement=True) == [], text
        told += came
    assert told.count(SHOWN.removeprefix("\\")) >= len(CONFIGS) // 2, "it is told what is wrong, as it stands there"


def test_hostile_names_of_ones_own_are_told_of_and_steer_nothing(config: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.toml"
    config.write_text(f'names = "{names}"\n')
    names.write_text(OWN_NAMES[0], encoding="utf-8")
    with reader(tmp_path / "articles", columns=80, lines=24) as terminal:
        terminal.wait_for("Rome")
        for text in OWN_NAMES:
            names.write_text(text, encoding="utf-8")
            terminal.wait_for(r"names\.toml")
            terminal.send("j")
            terminal.wait_gone(r"names\.toml")
        names.write_text(f'[PERSON]\nnames = ["Shinzo Abe", "{TOML}"]\n', encoding="utf-8")
        terminal.send("enter", "?")
        terminal.wait_for("Keys: ")
        terminal.send("q", "q", "q")
        terminal.wait_end()
        assert terminal.process.returncode == 0
        assert leaks(bytes(terminal.received), [FORGED], replacement=True) == []
