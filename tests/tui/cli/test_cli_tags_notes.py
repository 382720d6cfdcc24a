"""`tag`, `tags`, `note` and `notes` keep what the user adds, in the file that stock TinyDB reads."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.tui.cli.conftest import Dateline


@pytest.fixture
def ferry(articles: Path) -> Path:
    return articles / "ferry.txt"


def annotations() -> TinyDB:
    return TinyDB(Path(os.environ["XDG_DATA_HOME"]) / "dateline" / "annotations.json", access_mode="r")


def test_a_file_is_tagged_without_an_index(dateline: Dateline, ferry: Path, own_home: Path) -> None:
    ran = dateline("tag", ferry, "--", "+isles", "+strike")
    assert (ran.code, ran.out) == (0, "")
    assert "isles" in ran.talk
    (document,) = annotations().table("articles").all()
    assert document["tags"] == ["isles", "strike"]
    assert not list(own_home.rglob("*.sqlite3"))


def test_everything_that_matches_is_tagged_and_untagged(dateline: Dateline, articles: Path) -> None:
    assert dateline("tag", articles, "-q", "ferry OR court", "--", "+news").code == 0
    assert len(dateline("list", "-q", "tag:news").lines) == 2
    ran = dateline("tag", "-q", "tag:news court", "--", "-news", "+law")
    assert ran.code == 0
    assert [line.split("  ")[-1] for line in dateline("list", "-q", "tag:news").lines] == ["[news]"]
    assert len(dateline("list", "-q", "tag:law").lines) == 1


def test_a_dry_run_changes_nothing(dateline: Dateline, articles: Path) -> None:
    ran = dateline("tag", "--dry-run", articles, "--", "+news")
    assert (ran.code, len(ran.lines)) == (0, 3)
    assert "3 articles would be changed" in ran.talk
    assert dateline("tags").code == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-q", "ferry"], "which tags?"),
        (["-q", "ferry", "--"], "which tags?"),
        (["-q", "ferry", "--", "news"], "every word after -- begins with + "),
        (["-q", "ferry", "--", "+"], "every word after -- begins with + "),
        (["--", "+news"], "which articles?"),
        (["FERRY", "--", "+two words"], "has a space in it"),
    ],
)
def test_a_wrong_command_is_explained(dateline: Dateline, ferry: Path, words: list[str], message: str) -> None:
    ran = dateline("tag", *(ferry if word == "FERRY" else word for word in words))
    assert ran.code == 2
    assert message in ran.talk


def test_nothing_to_tag_is_exit_code_1(dateline: Dateline, articles: Path) -> None:
    assert dateline("tag", articles, "-q", "submarine", "--", "+x").code == 1


def test_tags_are_listed_and_renamed(dateline: Dateline, ferry: Path) -> None:
    dateline("tag", ferry, "--", "+isles")
    (line,) = dateline("tags").lines
    assert line.split()[0] == "1"
    assert line.endswith("  isles")
    assert dateline("tags", "rename", "isles", "islands").code == 0
    (tag,) = json.loads(dateline("tags", "--format", "json").out)["tags"]
    assert (tag["name"], tag["articles"], tag["digit"]) == ("islands", 1, None)
    assert dateline("tags", "rename", "isles", "x").code == 1
    assert dateline("tags", "rename", "isles").code == 2


def test_the_tags_below_go_along_and_a_dry_run_only_says_so(dateline: Dateline, ferry: Path) -> None:
    dateline("tag", ferry, "--", "+asia/japan", "+asia", "+far-east")
    before = dateline("tags", "--format", "json").out
    said = dateline("tags", "rename", "asia", "far-east", "--dry-run")
    assert said.code == 0 and "1 article would be changed: asia → far-east" in said.talk
    assert "become one with far-east" in said.talk and said.lines == ["asia/japan"]
    assert dateline("tags", "delete", "asia", "--dry-run").code == 0
    assert dateline("tags", "--format", "json").out == before
    assert "Merged the tag on 1 article: asia → far-east (with 1 below)" in dateline(
        "tags", "merge", "asia", "far-east"
    ).talk
    assert {line.split()[-1] for line in dateline("tags").lines} == {"far-east", "far-east/japan"}
    assert dateline("tags", "delete", "far-east").code == 0
    assert dateline("tags").code == 1


def test_merging_wants_a_tag_that_is_there(dateline: Dateline, ferry: Path) -> None:
    dateline("tag", ferry, "--", "+isles")
    ran = dateline("tags", "merge", "isles", "nowhere")
    assert ran.code == 1 and "There is no tag nowhere" in ran.talk
    assert dateline("tags", "delete", "nowhere").code == 1
    assert dateline("tags", "rename", "isles", "two words").code == 2
    assert dateline("tags", "--dry-run").code == 2


def test_notes_that_bear_a_tag_are_counted(dateline: Dateline, ferry: Path) -> None:
    dateline("tag", ferry, "--", "+isles")
    (tag,) = json.loads(dateline("tags", "--format", "json").out)["tags"]
    assert list(tag) == ["name", "articles", "notes", "last_used", "digit", "entities"]
    assert tag["notes"] == 0


def test_a_note_is_written_in_three_ways(
    dateline: Dateline, ferry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\necho "from $1" > "$2"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", f'"{editor}" vim')
    assert dateline("note", ferry, "--text", "from the command").code == 0
    assert dateline("note", ferry, stdin="from stdin\nsecond line\n").code == 0
    assert dateline("note", ferry, "--edit").code == 0
    notes = json.loads(dateline("notes", "--format", "json").out)["notes"]
    assert [note["body"].strip() for note in notes] == ["from the command", "from stdin\nsecond line", "from vim"]
    assert {note["path"] for note in notes} == {str(ferry)}
    assert {"id", "body", "quote", "start", "end", "tags", "created", "updated", "article", "title"} < set(notes[0])


def test_a_note_is_written_on_a_passage(dateline: Dateline, ferry: Path) -> None:
    ran = dateline("note", ferry, "--quote", "began in\nKirkwall", "--text", "who says so?", "--tag", "isles/orkney")
    assert (ran.code, ran.out) == (0, "")
    (note,) = json.loads(dateline("notes", "--format", "json").out)["notes"]
    assert (note["quote"], note["body"], note["tags"]) == ("began in Kirkwall", "who says so?", ["isles/orkney"])
    assert (note["lost"], note["gone"], note["was"]) == (False, False, None)
    shown = dateline("notes")
    assert "  “began in Kirkwall”" in shown.lines
    assert "  #isles/orkney" in shown.lines


def test_a_highlight_is_a_passage_without_words(dateline: Dateline, ferry: Path) -> None:
    assert dateline("note", ferry, "--quote", "Kirkwall", "--text", "").code == 0
    (note,) = json.loads(dateline("notes", "--format", "json").out)["notes"]
    assert (note["quote"], note["body"]) == ("Kirkwall", "")


@pytest.mark.parametrize(
    ("quote", "code", "message"),
    [
        ("Stromness", 1, "does not hold this passage"),
        ("strike", 2, "2 times"),
        ("  ", 2, "holds no words"),
        ("-no option", 1, "does not hold"),
    ],
)
def test_a_passage_that_is_not_there_or_twice_gets_no_note(
    dateline: Dateline, ferry: Path, quote: str, code: int, message: str
) -> None:
    ran = dateline("note", ferry, "--quote", quote, "--text", "x")
    assert message in ran.talk
    assert ran.code == code
    assert dateline("notes").code == 1


def test_notes_whose_article_is_gone_are_listed_and_say_so(dateline: Dateline, articles: Path) -> None:
    dateline("note", articles / "ferry.txt", "--text", "the only source")
    dateline("note", articles / "court.txt", "--text", "which judge?")
    (articles / "ferry.txt").unlink()
    assert len(json.loads(dateline("notes", "--format", "json").out)["notes"]) == 2
    (note,) = json.loads(dateline("notes", "--lost", "--format", "json").out)["notes"]
    assert (note["body"], note["gone"]) == ("the only source", True)
    assert "(article gone)" in dateline("notes").out
    assert dateline("notes", "--lost", "--format", "csv").lines[0].endswith("was,lost,gone")


def test_an_empty_note_is_not_saved(dateline: Dateline, ferry: Path) -> None:
    ran = dateline("note", ferry, stdin="\n \n")
    assert ran.code == 1
    assert "empty" in ran.talk
    assert dateline("notes").code == 1


def test_an_editor_that_fails_saves_nothing(dateline: Dateline, ferry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "false")
    assert dateline("note", ferry, "--edit").code == 3
    assert dateline("notes").code == 1


def test_notes_are_found_by_a_query(dateline: Dateline, articles: Path) -> None:
    dateline("note", articles / "ferry.txt", "--text", "call the harbour master")
    dateline("note", articles / "court.txt", "--text", "which judge?")
    ran = dateline("notes", articles, "-q", "note:harbour")
    assert ran.code == 0
    assert "  call the harbour master" in ran.lines
    assert "judge" not in ran.out
    assert len([line for line in dateline("notes").lines if line.startswith("  ")]) == 2


def test_a_note_that_looks_like_a_command_to_the_terminal_is_only_text(dateline: Dateline, ferry: Path) -> None:
    dateline("note", ferry, "--text", "\x1b]52;c;UFdORUQ=\x07 \x9b31m [@click=app.quit]x")
    for words in (["notes"], ["notes", "--format", "json"], ["notes", "--format", "csv"]):
        ran = dateline(*words)
        assert "\x1b" not in ran.out
        assert "\x9b" not in ran.out


def test_another_annotation_file_can_be_used(dateline: Dateline, ferry: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    assert dateline("tag", "--db", other, ferry, "--", "+isles").code == 0
    assert dateline("tags").code == 1
    assert dateline("tags", "--db", other).code == 0


def test_an_annotation_file_that_cannot_be_read_is_left_alone(dateline: Dateline, ferry: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"articles": {"1": {"id"')
    ran = dateline("tag", "--db", broken, ferry, "--", "+isles")
    assert ran.code == 3
    assert str(broken) in ran.talk
    assert broken.read_text() == '{"articles": {"1": {"id"'
