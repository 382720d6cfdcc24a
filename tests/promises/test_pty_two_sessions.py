"""Two Datelines on one file: an edit of the same note in both keeps both texts."""

from __future__ import annotations

from pathlib import Path

from pty_driver import OWN_ARTICLE, command, go_to_own_article, reader, seeds, stock_tables, wait_until

from bench.terminal import Terminal

QUOTE = "The one-day meeting of foreign and defense ministers in Tokyo"


def edit(terminal: Terminal, words: str) -> None:
    terminal.send("]")
    terminal.send("n")
    terminal.wait_for("note 1 of 1")
    terminal.send("\r")
    terminal.wait_for("save and close")
    terminal.send(words)
    terminal.wait_for(words)


def test_an_edit_of_one_note_in_two_sessions_keeps_both_texts(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    file = folder / OWN_ARTICLE
    assert command("note", file, "--quote", QUOTE, "--text", "Ask").returncode == 0
    with reader(folder) as one, reader(folder) as two:
        for terminal in (one, two):
            go_to_own_article(terminal)
            terminal.send("\r")
            terminal.wait_for("h list")
        edit(one, " Anna")
        edit(two, " Boris")
        one.send("\x1b")
        one.wait_for("Note saved")
        two.send("\x1b")
        two.wait_for("both texts are kept")
        one.wait_for("Boris")
        for terminal in (one, two):
            terminal.send("q")
            terminal.wait_end()
    wait_until(lambda: len(stock_tables()["notes"]) == 2, "both are in the file")
    notes = stock_tables()["notes"]
    assert sorted(note["body"] for note in notes) == ["Ask Anna", "Ask Boris"]
    assert {note["anchor"]["quote"] for note in notes} == {QUOTE}
    assert sum(note["conflict_of"] is not None for note in notes) == 1
