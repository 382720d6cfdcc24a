"""The README's ten minutes: every key of it is pressed on the samples, and all that it says one sees is seen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pty_driver import command, reader, seeds, wait_until

from bench.keystrokes import KEYS
from bench.terminal import Terminal

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<keys>`[^|]*`) \| (?P<seen>.*) \|$", re.MULTILINE)
SEQUENCE = re.compile(r"\S \S")


def test_the_tutorial_of_the_readme_is_what_happens(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    # Whoever follows it has never been here before.
    (Path(os.environ["XDG_STATE_HOME"]) / "dateline" / "looks.json").unlink(missing_ok=True)
    tutorial = section("Ten minutes")
    # Names are there before one presses a key for them.
    assert command("index", folder).returncode == 0
    rows = list(ROW.finditer(tutorial))
    assert len(rows) > 25 and rows[0]["keys"] == "`dateline seeds/`"
    with reader(folder) as terminal:
        for row in rows:
            for key in pressed(row["keys"]):
                terminal.settle(0.05, limit=2)
                before = terminal.text()
                terminal.send(key)
                if key == "esc":
                    # What follows at once would be one key with it, as alt and a letter are.
                    wait_until(partial(differs, terminal, before), "esc shows")
            for words in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", row["seen"]):
                terminal.wait_for(r"\s+".join(map(re.escape, words.split())), 20)
            print(row["keys"], "was pressed, and all was seen")
        terminal.wait_end()
        assert terminal.process.returncode == 0


def differs(terminal: Terminal, before: str) -> bool:
    """Tell whether the screen shows something else by now."""
    terminal.read(0.05)
    return terminal.text() != before


def pressed(keys: str) -> Iterator[str]:
    """Yield each key of a row; what is no key's name is typed."""
    for one in re.findall("`([^`]+)`", keys):
        if one.startswith("dateline "):
            continue
        if one in KEYS or one.startswith("ctrl+") or len(one) == 1:
            yield one
        elif SEQUENCE.fullmatch(one):
            yield from one.split()
        else:
            yield from one


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## )", README, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]
