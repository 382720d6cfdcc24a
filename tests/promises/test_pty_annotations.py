"""Annotations through the real program: ended at work, killed while typing, two sessions on one file."""

from __future__ import annotations

import shutil
from pathlib import Path

from fault_suites import run
from pty_driver import OWN_ARTICLE, OWN_TEXT, OWN_TITLE, command, reader, stock_tables, wait_until

OTHERS_ARE_SEEN = 10.0
"""Seconds; it takes at most two, but a test machine may be busy."""


def one_article(folder: Path) -> Path:
    """Make a library that is read and analysed in no time."""
    articles = folder / "articles"
    articles.mkdir()
    shutil.copy(Path(__file__).parents[2] / "seeds" / OWN_ARTICLE, articles)
    return articles


def test_an_end_at_work_and_a_kill_while_typing_lose_nothing_that_was_promised() -> None:
    ended, typed = run("endings")
    assert ended["ends"] >= 3
    assert ended["lost"] == 0
    assert typed["kills"] >= 1
    assert typed["keys typed"] > 10


def test_two_sessions_show_each_others_changes_without_a_key(tmp_path: Path) -> None:
    folder = one_article(tmp_path)
    with reader(folder) as one, reader(folder) as two:
        for session in (one, two):
            session.wait_for(OWN_TEXT)
            session.settle()
        one.send("t")
        one.settle()
        one.send(*"from-one", "enter")
        one.wait_for("Tagged: from-one")
        two.wait_for("changed by another session.*from-one", OTHERS_ARE_SEEN)
        two.send("t")
        two.settle()
        two.send(*"from-two", "enter")
        two.wait_for("Tagged: from-two")
        one.wait_for("changed by another session.*from-two", OTHERS_ARE_SEEN)
        one.send("a")
        one.wait_for("save and close")
        one.send(*"a thought of one", "esc")
        one.wait_for("Note saved")
        two.send("a")
        two.wait_for("save and close")
        two.send(*"a thought of two", "esc")
        two.wait_for("Note saved")
        for session in (one, two):
            session.send("q")
            session.wait_end()
    assert command("list", folder, "-q", "tag:from-one tag:from-two").stdout.count(OWN_TITLE) == 1
    notes = command("notes").stdout
    assert "a thought of one" in notes
    assert "a thought of two" in notes


def test_after_two_idle_seconds_stock_tinydb_reads_what_was_done(tmp_path: Path) -> None:
    with reader(one_article(tmp_path)) as session:
        session.wait_for(OWN_TEXT)
        session.settle()
        session.send("t")
        session.settle()
        session.send(*"plain", "enter")
        session.wait_for("Tagged: plain")
        wait_until(lambda: any("plain" in row["tags"] for row in stock_tables().get("articles", ())), "it was folded")
        session.send("q")
        session.wait_end()
