"""What was written on an article is in reach while its file is gone, and with it again when it comes back."""

from __future__ import annotations

from pathlib import Path

from pty_driver import command, reader, seeds

from bench.terminal import Terminal, TerminalError


def run_again_until(terminal: Terminal, words: str) -> None:
    """Press R, which looks at the folder and runs the list, until the screen shows something."""
    for _ in range(20):
        terminal.send("R")
        try:
            terminal.wait_for(words, 1.0)
        except TerminalError:
            assert terminal.process.poll() is None
        else:
            return
    terminal.wait_for(words, 0.1)


def test_a_file_goes_and_comes_back_while_dateline_runs(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    file = folder / "lisbon-trams.md"
    text = file.read_bytes()
    assert command("tag", "-q", "title:lisbon", folder, "--", "+trams").returncode == 0
    assert command("note", file, "--text", "Ask the mayor again").returncode == 0
    with reader(folder) as terminal:
        terminal.wait_for("Lisbon mayor")
        file.unlink()
        terminal.send("f")
        terminal.wait_for("filter:")
        terminal.send("is:gone")
        terminal.wait_for("“is:gone”")
        terminal.send("\r")
        terminal.wait_gone("filter:")
        run_again_until(terminal, "“is:gone” · 1 article")
        terminal.send("o")
        terminal.wait_for("Gone")
        terminal.send("gone\r")
        terminal.wait_for("the file is gone: last at lisbon-trams.md")
        terminal.wait_for("Ask the mayor")
        terminal.send("s")
        terminal.wait_for("Starred.*saved")
        (folder / "found again.md").write_bytes(text)
        run_again_until(terminal, "Nothing in Gone")
        terminal.send("q")
        terminal.wait_end()
        assert terminal.process.returncode == 0
    listed = command("list", folder, "-q", "tag:trams is:starred note:mayor", "--format", "paths")
    assert listed.stdout.splitlines() == [str(folder / "found again.md")]


def test_a_noted_article_is_still_counted_when_its_file_was_edited(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    file = folder / "lisbon-trams.md"
    assert command("note", file, "--text", "Ask the mayor again").returncode == 0
    with reader(folder) as terminal:
        terminal.wait_for(r"With notes +1\b")
        file.write_text(file.read_text().replace("tram", "bus"))
        run_again_until(terminal, "~ ✎")
        terminal.wait_for(r"With notes +1\b")


def test_a_start_says_what_became_of_annotated_articles(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    assert command("tag", "-q", "title:lisbon OR title:nairobi", folder, "--", "+cities").returncode == 0
    (folder / "lisbon-trams.md").unlink()
    (folder / "nairobi-court-eviction.txt").unlink()
    with reader(folder) as terminal:
        terminal.wait_for("2 articles are gone: o shows", 20)
        terminal.send("j")
        terminal.settle()
        assert "are gone" not in terminal.text()
        terminal.send("q")
        terminal.wait_end()
