"""Read, tag, note and quit: all of it is in the TinyDB file, and the reader comes back to its place."""

from __future__ import annotations

from pathlib import Path

from pty_driver import (
    OWN_TEXT,
    OWN_TITLE,
    command,
    go_to_own_article,
    reader,
    seeds,
    stock_tables,
    wait_until,
)


def test_tags_and_notes_made_in_the_reader_are_in_the_file_after_quitting(tmp_path: Path) -> None:
    with reader(seeds(tmp_path)) as terminal:
        go_to_own_article(terminal)

        terminal.send("t")
        terminal.settle()
        terminal.send(*"japan kuriles", "enter")
        terminal.wait_for("japan")
        terminal.wait_for("saved")

        terminal.send("1")  # a number without a tag asks for one, once
        terminal.settle()
        terminal.send(*"summit", "enter")
        terminal.wait_for("1 summit")

        terminal.send("a")
        terminal.wait_for("save and close")
        terminal.send(*"Check the list with [Anna]")
        terminal.wait_for(r"with \[Anna\]")
        terminal.send("esc")
        terminal.wait_gone("save and close")

        terminal.send("q")
        terminal.wait_end()
        assert terminal.process.returncode == 0
        assert terminal.modes_left() == []
        assert terminal.left_behind() == []

    tables = stock_tables()
    (article,) = [row for row in tables["articles"] if row.get("tags")]
    assert set(article["tags"]) == {"japan", "kuriles", "summit"}
    assert article["title"].startswith(OWN_TITLE)
    (note,) = tables["notes"]
    assert note["body"] == "Check the list with [Anna]"


def test_a_digit_puts_its_tag_on_and_takes_it_off_again(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    with reader(folder) as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.send("1")
        terminal.settle()
        terminal.send(*"urgent", "enter")
        terminal.wait_for("1 urgent")
        wait_until(lambda: "urgent" in command("tags").stdout, "the tag is on the disk")
        terminal.settle()
        terminal.send("1")
        wait_until(lambda: "urgent" not in command("list", folder, "-q", "tag:urgent").stdout, "it is off")
        assert command("list", folder, "-q", "tag:urgent").returncode == 1
        terminal.send("u")
        wait_until(lambda: command("list", folder, "-q", "tag:urgent").returncode == 0, "undo puts it back")
        terminal.send("q")
        terminal.wait_end()


def test_a_second_start_comes_back_to_the_same_article(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    with reader(folder) as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.settle()
        first = terminal.text()
        go_to_own_article(terminal)
        terminal.send("enter")
        terminal.settle()
        terminal.send("q")
        terminal.wait_end()
    with reader(folder) as terminal:
        terminal.wait_for(OWN_TEXT)
        terminal.settle()
        assert terminal.text() != first
        terminal.send("q")
        terminal.wait_end()


def test_a_single_file_opens(tmp_path: Path) -> None:
    with reader(seeds(tmp_path) / "000_9df55ca59aaa8a9a.txt") as terminal:
        terminal.wait_for(OWN_TEXT)
        terminal.send("q")
        terminal.wait_end()
        assert terminal.process.returncode == 0


def test_every_width_shows_the_list_or_the_text(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    for columns, lines in ((120, 40), (80, 24), (50, 20)):
        with reader(folder, columns=columns, lines=lines) as terminal:
            terminal.wait_for(OWN_TITLE if columns > 76 else r"\S")
            terminal.settle()
            terminal.resize(100, 30)
            terminal.wait_for(OWN_TITLE)
            terminal.send("q")
            terminal.wait_end()
            assert terminal.modes_left() == []


def test_keys_typed_faster_than_a_prompt_opens_are_not_lost(tmp_path: Path) -> None:
    with reader(seeds(tmp_path)) as terminal:
        go_to_own_article(terminal)
        terminal.send("t", *"japan kuriles", "enter")
        terminal.wait_for("saved")
        terminal.send("a", *"written in one go")
        terminal.wait_for("written in one go")
        terminal.send("esc")
        terminal.wait_for("Note saved")
        terminal.send("q")
        terminal.wait_end()
    tables = stock_tables()
    assert [sorted(row["tags"]) for row in tables["articles"] if row.get("tags")] == [["japan", "kuriles"]]
    assert [note["body"] for note in tables["notes"]] == ["written in one go"]


def test_keys_typed_behind_a_choice_go_to_what_it_opens(tmp_path: Path) -> None:
    with reader(seeds(tmp_path)) as terminal:
        go_to_own_article(terminal)
        terminal.send("o")
        terminal.wait_for("type to narrow")
        terminal.send("unread\rs")
        terminal.wait_for("Unread · 12 articles")
        terminal.wait_for("★")
