"""Notes, quotes, tags and titles that came from elsewhere steer the terminal as little as articles do."""

from __future__ import annotations

import json
import os
from pathlib import Path

from pty_driver import reader
from test_pty_hostile import ESC, FORGED, TEXTS, assert_only_our_own

from bench.terminal import Terminal
from store.article import ArticleId, Source
from store.config import Config
from store.library import Library, SaveNote, Target, make_anchor

ENTITIES = "&#27;]0;forged&#7; &#x9b;38;5;9m &#8238;turned"
"""What a Markdown parser makes control characters of."""

MARKDOWN = f"# {ENTITIES}\n\n> {ENTITIES}\n\n- [{ENTITIES}](http://x/{ENTITIES})\n- `{ENTITIES}`\n\n![{ENTITIES}](x)"


def hostile_library(folder: Path) -> None:
    """Write an article, and notes on it and on one that is gone, with everything that a terminal obeys."""
    folder.mkdir()
    text = "Rome and Paris\n\n" + "\n\n".join(f"A paragraph: {text}" for text in TEXTS.values()) + "\n"
    (folder / "article.txt").write_text(text, encoding="utf-8")
    with Library.open([folder], Config()) as library:
        library.bring_up_to_date()
        library.load_annotations().result()
        (key,) = [row.key for row in library.first_page()]
        here = library.target(key)
        stored = library.article(key)
        assert stored is not None
        for number, hostile in enumerate([*TEXTS.values(), MARKDOWN]):
            gone = Target(ArticleId(f"{number:032}"), f"Gone {hostile}", (Source(f"/nowhere/{hostile}.txt"),))
            quote = make_anchor(f"before {hostile} after {hostile}", 7, 7 + len(hostile))
            library.change(SaveNote(gone, f"lost: {hostile}", anchor=quote, tags=("tagged",))).result()
            whole = make_anchor(stored.article.text, 0, 40 + number)
            library.change(SaveNote(here, hostile, anchor=whole, tags=("tagged", f"t{number}"))).result()
        note = library.change(SaveNote(here, f"first {TEXTS['clipboard']}", tags=("tagged",))).result().note
        library.change(SaveNote(here, f"mine {TEXTS['title']}", note, 1)).result()
        assert library.change(SaveNote(here, f"yours {TEXTS['c1']}", note, 1)).result().conflict
    # A tag like this cannot be typed; a file that was made elsewhere may hold it.
    file = Path(os.environ["XDG_DATA_HOME"]) / "dateline" / "annotations.json"
    tag = json.dumps(f"tag{ESC}]0;forged\x07{ESC}[{FORGED}m\u202e")
    file.write_text(file.read_text(encoding="utf-8").replace('"tagged"', tag), encoding="utf-8")


def press(terminal: Terminal, *keys: str) -> None:
    """Press keys one by one, and let the screen answer each."""
    for key in keys:
        terminal.send(key)
        terminal.settle(0.2 if key == "esc" else 0.04, limit=2)  # an escape waits for what may follow it
        assert terminal.process.poll() is None, terminal.text()


def test_notes_and_tags_cannot_steer_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    hostile_library(folder)
    with reader(folder) as terminal:
        terminal.wait_for("Rome and Paris")
        terminal.settle()
        press(terminal, "B")
        terminal.wait_for("kept twice")
        press(terminal, "=", "j", "esc", "L")
        for _ in range(2 * len(TEXTS) + 4):
            press(terminal, "j")
        press(terminal, "tab", "G", "tab", "P")
        terminal.wait_for("Where does this note belong")
        press(terminal, "q", "o", "esc", "/", "#", "t", "enter", "esc", "t", "t", "esc", "s", "y", "a", "esc")
        press(terminal, "?", "q", "q")
        press(terminal, "ctrl+t", "j", "q", "U", "q", "o", "esc", "e")
        terminal.settle()
        assert_only_our_own(terminal, copies=1)
        terminal.send("q")
        terminal.wait_end()
        assert terminal.process.returncode == 0
