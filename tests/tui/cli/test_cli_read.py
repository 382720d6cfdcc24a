"""`dateline read` reads a library line by line, changes it by words, and says what it did."""

from __future__ import annotations

import os
import re
from concurrent.futures import Future
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from store.annotations.store import AnnotationStore
from store.article import Article, Block, BlockKind, Mention
from store.errors import NotSaved, UsageError
from store.library import Change, Library, Note, Receipt, SaveDraft, SaveNote, Target
from tests.tui.cli.conftest import Dateline, Ran
from tui.commands.command import Context
from tui.commands.registry import BY_ID, COMMANDS
from tui.linear import left_out, run, words
from tui.linear.commands_in import CommandsIn
from tui.linear.text import Paragraphs
from tui.linear.voice import broken
from tui.render.safe import CONTROLS

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")


def read(dateline: Dateline, folder: Path, *commands: str, query: str = "") -> Ran:
    """Run some commands from a pipe."""
    return dateline("read", folder, "-q", query, stdin="".join(f"{one}\n" for one in commands))


# ---- reading ---------------------------------------------------------------------------------------------------------
def test_titles_are_read_ten_at_a_time_and_a_number_opens_one(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "list", "more", "more", "11")
    assert ran.code == 0 and ran.talk == ""
    assert ran.lines[0] == "12 articles, newest first."
    assert ran.lines[1].startswith("1. Ferry strike leaves Orkney")
    assert ran.lines[1].endswith("; 23 November 2024; 2 minutes; unread")
    assert "2 more; more reads on." in ran.lines and "That was the list." in ran.lines
    assert any(line.startswith("Article 11 of 12: ") for line in ran.lines)


def test_an_article_is_read_by_paragraphs_and_the_place_is_known_and_kept(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "open 10", "", "more 2", "back", "again", "where")
    assert ran.lines[1].startswith("Article 10 of 12: In Nemuro, a crab has two passports")
    assert ran.lines[3].startswith("NEMURO, Japan – From the cape")
    assert ran.out.count(ran.lines[6]) == 1, "the fourth paragraph once"
    assert ran.out.count(ran.lines[5]) == 3, "the third again by back and by again"
    assert ran.lines[-1] == "Paragraph 3 of 15, 20 percent, about 2 minutes left."
    again = read(dateline, seeds, "open 10")
    assert "You had read up to paragraph 3 of 15; top begins at the start." in again.lines
    assert again.lines[-1] == ran.lines[5]


def test_what_was_read_to_its_end_is_read(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "new", "more all", "more", "new", "previous", "unread", "more all", "list")
    assert "End of the article. next opens the next one." in ran.lines
    assert "Article 2 of 12" in ran.out, "the first is read by now"
    assert "Marked unread." in ran.lines
    assert re.search(r"^1\. Ferry.*; unread$", ran.out, re.MULTILINE)
    assert "; read" not in read(dateline, seeds, "list").lines[1], "what is marked unread by hand stays so"


def test_one_goes_on_where_one_is_in_another_list(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "open 3", "filter -lisbon", "next", "filter", "next", "filter lisbon", "next", "next")
    opened = [line.partition(":")[0] for line in ran.lines if line.startswith("Article ")]
    assert opened == ["Article 3 of 12", "Article 1 of 11", "Article 2 of 12", "Article 1 of 1"]
    assert ran.lines[-1] == "This is the last article of the list."


def test_the_list_is_filtered_by_the_one_query_language(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "filter person:lavrov", "open 1", "find", "filter colour:red", "filter", "filter zebra")
    assert re.search(r"^\d articles? with person:lavrov, newest first\.$", ran.out, re.MULTILINE)
    assert "There is no field colour" in ran.out
    assert "That is at character 1 of the query; the list is as it was." in ran.lines
    assert "No article matches zebra. filter alone brings all back." in ran.lines
    assert read(dateline, seeds, query="tokyo").lines[0].endswith("with tokyo, newest first.")


def test_words_are_found_in_their_sentences_and_gone_to(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "open 10", "find nemuro", "open 2", "find zebra")
    found = [line for line in ran.lines if re.match(r"\d+\. Paragraph \d+: ", line)]
    assert len(found) >= 2 and all("nemuro" in line.casefold() for line in found)
    sentence = found[1].partition(": ")[2]
    assert any(sentence in line and not line.startswith("2. ") for line in ran.lines)
    assert ran.lines[-1] == "zebra: not in this article."


# ---- names -----------------------------------------------------------------------------------------------------------
def test_names_are_told_in_plain_words_and_lead_through_the_library(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "filter kishida", "open 1", "names", "name kishida", "open 2", "where", "names crowd")
    assert re.search(r"^\d+\. person: Fumio Kishida, \d times?$", ran.out, re.MULTILINE)
    assert re.search(r"^person: Fumio Kishida\. \d+ mentions in 3 articles, from ", ran.out, re.MULTILINE)
    assert re.search(r"^2\. In Nemuro, a crab has two passports, 12 May 2017: .*Kishida", ran.out, re.MULTILINE)
    assert "Article 2 of 3, filtered by kishida: In Nemuro, a crab has two passports." in ran.lines
    assert "crowd is no kind of name." in ran.out
    library = read(dateline, seeds, "names library", "more", "name 1", "names library kish")
    assert re.search(r"^11\. \w+: .*, in \d+ articles?$", library.out, re.MULTILINE)
    assert "1. person: Fumio Kishida, in 3 articles" in library.lines


def test_names_that_are_not_found_yet_are_waited_for_when_asked(dateline: Dateline, articles: Path) -> None:
    ran = read(dateline, articles, "filter nairobi", "open 1", "names", "wait", "filter place:nairobi")
    assert "Names are being looked for; one moment." in ran.lines
    assert "1. place: Nairobi, 1 time" in ran.lines
    assert "Names are known of 3 of 3 articles." in ran.lines
    assert ran.lines[-2] == "1 article with place:nairobi, newest first."


def test_names_can_be_marked_in_the_text() -> None:
    text = "Headline\n\nAbe met  Merkel in Berlin.\n\nx = 1\n  y"
    blocks = (Block(BlockKind.TITLE, 0, 8), Block(BlockKind.PARAGRAPH, 10, 36), Block(BlockKind.CODE, 38, 47))
    paragraphs = Paragraphs(Article("Headline", text, blocks))
    names = [Mention(10, 13, "PERSON", "Shinzo Abe"), Mention(19, 25, "PERSON"), Mention(19, 22, "ORG"),
             Mention(29, 35, "GPE")]  # fmt: skip
    assert paragraphs.said(0, names) == "[person Abe] met [person Merkel] in [place Berlin]."
    assert paragraphs.said(0) == "Abe met Merkel in Berlin."
    assert paragraphs.said(1) == "Code:\nx = 1\n  y"
    assert len(paragraphs) == 2 and paragraphs.at(37) == 0


# ---- changing --------------------------------------------------------------------------------------------------------
def test_changes_are_told_in_words_and_are_in_the_file(dateline: Dateline, seeds: Path) -> None:
    ran = read(
        dateline, seeds, "open 9", "tag +japan kuriles", "tag -kuriles", "star", "note Ask *her* about it", "mark why?",
        "note", "two", "", "lines", ".", "notes", "open 3", "top", "delete 2", "undo", "redo", "tags", "tag",
    )  # fmt: skip
    for told in (
        "Tagged: japan, kuriles.", "Untagged: kuriles.", "Starred.", "Note saved.",
        "1. Note on the article: Ask *her* about it",
        "1. japan: 1 article", "Tagged japan.",
    ):  # fmt: skip
        assert told in ran.lines, told
    assert re.search(r"^Your note on “Sixty-eight people .*”: why\?$", ran.out, re.MULTILINE), "read with its paragraph"
    assert "3. Note on the article: two\n\nlines" in ran.out
    assert len(dateline("list", "-q", "tag:japan is:starred has:note").lines) == 1
    notes = dateline("notes", "--format", "json").out
    assert "Ask *her*" in notes and "two\\n\\nlines" in notes and "why?" not in notes


def test_a_change_of_an_earlier_session_is_undone_only_when_asked_twice(dateline: Dateline, seeds: Path) -> None:
    read(dateline, seeds, "open 1", "star")
    ran = read(dateline, seeds, "undo", "undo", "undo")
    assert re.fullmatch("undo again takes back “Starred”, .*[.]", ran.lines[1])
    assert ran.lines[2:] == ["Undone: Starred.", "There is nothing to undo."]


def test_what_is_wrong_is_said_and_nothing_is_lost(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "star", "open 99", "open x", "tga +x", "delete 1", "more", "note unfinished")
    assert ran.code == 0
    assert "No article is open. list reads their titles, open 1 opens the first." in ran.lines
    assert "Nothing that was read has the number 99." in ran.lines
    assert "There is no command tga; did you mean tag? help lists them." in ran.lines
    assert ran.lines.count("No article is open. list reads their titles, open 1 opens the first.") == 3
    ended = read(dateline, seeds, "open 1", "note", "cut off by the end")
    assert "Note saved." in ended.lines, "an end of input ends the note"


# ---- what the disk does not take -------------------------------------------------------------------------------------
def noted(dateline: Dateline, seeds: Path) -> tuple[Path, Target, Note]:
    """Write a note; returns the annotation file, its article and it."""
    read(dateline, seeds, "open 1", "note as it was")
    path = Path(os.environ["XDG_DATA_HOME"]) / "dateline" / "annotations.json"
    store = AnnotationStore(path)
    ((target, (note,)),) = store.noted()
    store.close()
    return path, target, note


def test_a_note_that_is_gone_on_with_stays_beside_what_another_session_saved(dateline: Dateline, seeds: Path) -> None:
    path, target, note = noted(dateline, seeds)
    for change in (
        SaveDraft(target, "as it was, and", note.id, None, note.revision),
        SaveNote(target, "theirs", note.id, note.revision),
    ):
        store = AnnotationStore(path)
        store.apply(change)
        store.close()
    ran = read(dateline, seeds, "open 1", "note in words", "note", "more", ".", "notes")
    assert "You were writing:" in ran.lines, "a note in words does not put the draft away"
    store = AnnotationStore(path)
    assert {one.body for one in store.notes(target)} == {"theirs", "in words", "as it was, and\nmore"}
    assert store.draft(target) is None
    store.close()


def test_a_file_that_takes_nothing_refuses_a_note_before_its_first_line(
    dateline: Dateline, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "read_only", property(lambda _: "its folder cannot be written to."))
    ran = read(dateline, seeds, "open 1", "note", "star", "where")
    # The line after it is a command again.
    assert ran.lines.count("Not saved: its folder cannot be written to.") == 2


def test_a_draft_that_the_disk_refuses_is_told_of_and_tried_again(
    dateline: Dateline, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Library.change
    lines: list[str] = []

    def full(library: Library, asked: Change) -> Future[Receipt]:
        if not isinstance(asked, SaveDraft):
            return change(library, asked)
        lines.append(asked.body)
        answer: Future[Receipt] = Future()
        if len(lines) < 3:
            answer.set_exception(NotSaved("Not saved: no space left on device."))
        else:
            answer.set_result(Receipt(""))
        return answer

    monkeypatch.setattr(Library, "change", full)
    ran = read(dateline, seeds, "open 1", "note", "one", "two", "three", "four", ".")
    assert ran.out.count("Not saved: no space left on device. What you write is not kept yet") == 1, "once is enough"
    assert "What you write is kept again." in ran.lines
    assert "Note saved." in ran.lines and lines[-1] == "one\ntwo\nthree\nfour"


def test_what_could_not_be_put_aside_is_said_so_that_it_is_not_lost(
    dateline: Dateline, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer: Future[Receipt] = Future()
    answer.set_exception(NotSaved("Not saved: no space left on device."))
    monkeypatch.setattr(Library, "change", lambda *_: answer)
    reads = CommandsIn.read

    def interrupted(commands: CommandsIn, prompt: str, *, remember: bool = True) -> str | None:
        line = reads(commands, prompt, remember=remember)
        if line == "(ctrl+c)":
            raise KeyboardInterrupt
        return line

    monkeypatch.setattr(CommandsIn, "read", interrupted)
    ran = read(dateline, seeds, "open 1", "note", "months of", "thought", "(ctrl+c)")
    assert "The note is not put aside. Not saved: no space left on device." in ran.lines
    assert "The note was:\nmonths of\nthought" in ran.out and "is put aside" not in ran.out


# ---- what is promised of every command -------------------------------------------------------------------------------
def test_the_beginning_of_a_word_will_do_where_it_is_clear() -> None:
    assert run.PARTS and words.find("tag").name == "tag" and words.find("L").name == "list"
    assert words.find("prev").name == "previous"
    with pytest.raises(UsageError, match="did you mean star"):
        words.find("starr")
    with pytest.raises(UsageError, match="could be"):
        words.find("no")


def test_every_command_is_in_the_help_and_in_the_readme(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "help", "help all", "help names")
    table = README.partition("### Line by line")[2].partition("### JSON")[0]
    for one in words.WORDS.values():
        assert re.search(rf"\b{one.name}\b", ran.lines[1 + list(words.GROUPS).index(group_of(one))])
        assert any(line.startswith(one.name) and one.help in line for line in ran.lines)
        assert f"`{one.name}" in table, f"{one.name} is not in the README"
    short = [one.short for one in words.WORDS.values() if one.short]
    assert len(short) == len(set(short)) and not set(short) & set(words.WORDS)


def test_every_command_of_the_screen_has_a_word_here_or_is_left_out_by_name() -> None:
    stood_for = {id for one in words.WORDS.values() for id in one.does}
    assert stood_for <= BY_ID.keys(), "a word stands for a command that there is not"
    for command in COMMANDS:
        reasons = [why for why, ids in left_out.LEFT_OUT.items() if any(fnmatchcase(command.id, one) for one in ids)]
        assert (command.id in stood_for) + len(reasons) == 1, (
            f"{command.id}: give it a word in tui/linear (does=...), or name it in tui/linear/left_out.py, once"
        )
        if command.words and not reasons and {Context.MAIN, Context.READER} & set(command.contexts):
            assert words.find(command.words[0]), f"{command.words[0]} of the command line is not understood"
    patterns = [one for each in left_out.LEFT_OUT.values() for one in each]
    assert [one for one in patterns if not any(fnmatchcase(id, one) for id in BY_ID)] == [], "these fit no command"
    assert left_out.written() in README
    known = [name for one in words.WORDS.values() for name in (one.name, one.short, *one.also) if name]
    assert len(known) == len(set(known))


def group_of(one: words.Word) -> str:
    return next(name for name, members in words.GROUPS.items() if one in members)


HOSTILE = "Oslo \x1b]52;c;eA==\x07 \x1b[31m \u009b5m \u202eevil \x08 [bold]x[/] after"


def test_foreign_text_cannot_steer_the_terminal(dateline: Dateline, tmp_path: Path) -> None:
    folder = tmp_path / "articles\x1b[31m"
    folder.mkdir()
    (folder / "a\x1b]0;x\x07.txt").write_text(f"{HOSTILE}\n\nA paragraph. {HOSTILE}\n\nThe end {HOSTILE}.\n")
    ran = read(
        dateline, folder, "list", "open 1", "more all", f"tag {HOSTILE.split()[1]}", f"note {HOSTILE}",
        f"mark {HOSTILE}", "notes", "tags", "find oslo", f"filter {HOSTILE}", HOSTILE, f"name {HOSTILE}", "where",
        "notes all", "marks on", "top", "list",
    )  # fmt: skip
    assert ran.code == 0
    assert "Oslo" in ran.out and "[bold]x[/]" in ran.out
    assert not CONTROLS.search((ran.out + ran.talk).replace("\n", ""))


@pytest.mark.parametrize(
    ("line", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 0, ["one two three"]),
        ("", 10, [""]),
        ("東京 東京 東京", 9, ["東京 東京", "東京"]),
        ("a-word-wider-than-that x", 6, ["a-word-wider-than-that", "x"]),
    ],
)
def test_lines_are_broken_between_words(line: str, width: int, lines: list[str]) -> None:
    assert broken(line, width) == lines
