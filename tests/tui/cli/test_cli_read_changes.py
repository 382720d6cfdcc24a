"""What `dateline read` can do to names, passages, searches, files and its own past: all by words, all told."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from store.errors import NotFoundError, UsageError
from tests.tui.cli.conftest import Dateline
from tests.tui.cli.test_cli_read import read
from tui.linear.correcting import label_of
from tui.linear.quoting import passage
from tui.linear.spoken import without_arrows
from tui.render.safe import CONTROLS

GRAVES = "open Former islanders"


# ---- names -----------------------------------------------------------------------------------------------------------
def test_a_name_is_put_right_by_its_number_or_its_words(dateline: Dateline, seeds: Path) -> None:
    ran = read(
        dateline, seeds, GRAVES, "names", "correct 2 as none", "correct Kimiko Arai as place", "names", "name 1",
        "correct Takeshi Mori to Takeshi", "correct graves of their families as group",
        "correct Moscow as none, here", "correct Sixty-eight people as group", "correct Tokyo as river, library",
    )  # fmt: skip
    for told in (
        "Not a name in this article: Sergei Lavrov, 1 mention.",
        "Kimiko Arai is a country, state or city in this article, 2 mentions.",
        "Takeshi Mori is Takeshi in this article, 1 mention.",
        "Added graves of their families, a nationality, religion, party, in this article, 1 mention.",
        "It is not in the paragraph that was read last; read on to it, or leave out here.",
        "Sixty-eight people overlaps a name; correct NAME to Sixty-eight people lets that reach so far.",
    ):  # fmt: skip
        assert told in ran.lines, told
    kept = json.loads(dateline("corrections", "--format", "json").out)["corrections"]
    assert {one["surface"] for one in kept} >= {"Sergei Lavrov", "Kimiko Arai", "Takeshi Mori", "Tokyo"}


def test_corrections_are_read_gone_to_and_withdrawn(dateline: Dateline, seeds: Path) -> None:
    ran = read(
        dateline, seeds, GRAVES, "correct Kimiko Arai as none", "correct Oleg Sorokin as organisation",
        "repeat Takeshi Mori", "corrections", "withdraw 3", "undo", "withdraw 9", "corrections", "open 1",
    )  # fmt: skip
    assert "1. Takeshi Mori: person to organisation; in an article; Former islanders" in ran.out
    assert "3. Kimiko Arai: no name, was person; in an article" in ran.out
    assert any(line.startswith("Undone: Withdrew") for line in ran.lines)
    assert "No correction that was read has the number 9. corrections reads them." in ran.lines


@pytest.mark.parametrize(
    ("written", "label"),
    [("place", "GPE"), ("loc", "LOC"), ("river", "LOC"), ("people", "PERSON"), ("org", "ORG"), ("no name", "")],
)
def test_a_kind_is_written_as_one_says_it(written: str, label: str) -> None:
    assert label_of(written) == label


def test_an_unknown_kind_tells_which_there_are() -> None:
    with pytest.raises(UsageError, match="There are people, organisations, places"):
        label_of("crowdy")


def test_names_are_joined_taken_apart_and_gone_through_in_pairs(dateline: Dateline, seeds: Path) -> None:
    ran = read(
        dateline, seeds, "join Fumio Kishida with Shinzo Abe", "name Shinzo Abe", "part Fumio Kishida",
        "join Abe with Shinzo Abe", "merge", "perhaps", "same", "undo", "merge", "stop", "tagname Tokyo +japan",
    )  # fmt: skip
    assert "Joined into Shinzo Abe: Fumio Kishida." in ran.lines
    assert "Joined with it: Fumio Kishida." in ran.lines
    assert re.search(r"^Split .*Fumio Kishida.*[.]$", ran.out, re.MULTILINE)
    assert "Abe could be person Shinzo Abe, place Aberdeen." in ran.out
    assert "1 pair. stop ends it, and undo then takes the last answer back." in ran.lines
    assert ran.lines.count("Same, different, unsure, later or stop:") == 3
    assert "Joined into Nairobi: Nairobi City County." in ran.lines
    assert "Tagged Tokyo: japan." in ran.lines


# ---- passages --------------------------------------------------------------------------------------------------------
def test_a_passage_is_quoted_and_noted_on_tagged_and_given_another_place(dateline: Dateline, seeds: Path) -> None:
    ran = read(
        dateline, seeds, GRAVES, "select sixty-eight people", "note who?", "select sentence 1", "mark",
        "select the graves ... families", "tag +family", "notes", "tagnote 1 +ask", "select nothing like this",
        "place 1 article", "notes", "select", "edit",
    )  # fmt: skip
    assert "Selected: “Sixty-eight people”" in ran.lines
    assert "1. Note on “Sixty-eight people”: who?" in ran.out
    assert "Selected: “the graves of their families”" in ran.lines
    assert "nothing like this: not in this article." in ran.lines
    assert "1. Note on the article: who? Tagged ask." in ran.out
    assert "Nothing is selected." in ran.lines, "what was done with it lets it go"
    assert "An editor needs a terminal." in ran.lines
    quotes = {one["quote"]: one["tags"] for one in json.loads(dateline("notes", "--format", "json").out)["notes"]}
    assert quotes["the graves of their families"] == ["family"]


def test_a_quotation_is_taken_near_the_reader_and_over_line_ends() -> None:
    text = "To be or not\nto be. To be, he said."
    assert passage(text, "to  be", (0, 0)) == (0, 5)
    assert passage(text, "to be", (20, 40)) == (20, 25)
    assert passage(text, "not to", (0, 0)) == (9, 15)
    assert passage(text, "or ... be", (0, 0)) == (6, 18)
    for wrong in ("o be", "said … not"):
        with pytest.raises(NotFoundError):
            passage(text, wrong, (0, 0))


def test_found_places_are_gone_through_from_where_one_is(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "open nemuro crab", "find crab", "hit", "hit", "hit", "hit", "hit back", "top", "hit")
    places = [line for line in ran.lines if line.startswith("Place ")]
    assert places == ["Place 2 of 4.", "Place 3 of 4.", "Place 4 of 4.", "Place 3 of 4.", "Place 2 of 4."]
    assert "This is the last place found." in ran.lines


def test_the_place_before_is_never_the_paragraph_that_was_just_heard(dateline: Dateline, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "A title\n\nFirst crab here.\n\nNothing two.\n\nThird crab here. And a crab again.\n\nNothing four.\n\n"
        "Fifth crab.\n"
    )
    ran = read(dateline, folder, "open 1", "find crab", "more 2", "hit back", "hit", "hit", "more 1", "hit back")
    assert ran.lines[ran.lines.index("Place 1 of 4.") + 1] == "First crab here.", "the third was heard just now"
    told = ran.lines[ran.lines.index("Place 2 of 4.") :]
    assert told == [
        "Place 2 of 4.", "Third crab here. And a crab again.",
        "Place 3 of 4, in this paragraph: And a crab again.",
        "Nothing four.",
        "Place 3 of 4.", "Third crab here. And a crab again.",
    ]  # fmt: skip


def test_what_changed_in_a_text_is_read_and_accepted(dateline: Dateline, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    file = folder / "ferry.txt"
    old = "Ferry strike in Orkney\n\nThe strike began in Kirkwall on Friday, the company said. Nobody was hurt.\n"
    file.write_text(old)
    read(dateline, folder, "open 1", "mark why")
    file.write_text(old.replace("Friday", "Monday").replace("Nobody was hurt.", "Two ships lie still."))
    ran = read(dateline, folder, "open 1", "compare", "accept", "compare")
    assert "It is: The strike began in Kirkwall on Monday, the company said." in ran.lines
    assert "Its text has changed since you noted on it." in ran.out
    assert ran.lines[-1] == "The text is as it was when you noted on it."


# ---- searches, files, the past ---------------------------------------------------------------------------------------
def test_a_filter_is_saved_taken_again_renamed_and_deleted(dateline: Dateline, seeds: Path) -> None:
    ran = read(
        dateline, seeds, "save x", "filter fish", "save sea life", "clear", "searches", "open 1", "save Sea Life", "no",
        "searches rename sea life to fishing", "searches tag fishing: +sea", "rules", "searches delete fishing",
        "searches", "views",
    )  # fmt: skip
    assert "There is no filter to save. filter and a query makes one, then save NAME saves it." in ran.lines
    assert "1. sea life: fish" in ran.lines
    assert ran.lines.count("2 articles with fish, newest first.") == 2
    assert "sea life is saved already, as fish. Replace it? yes or no:" in ran.lines
    assert "Renamed the search sea life to fishing." in ran.lines
    assert "Nothing is new to your rules." in ran.lines
    assert ran.lines[-1] == "You have saved no searches. save NAME saves the filter under a name."


def test_what_was_noted_is_exported_with_the_words_of_the_shell(
    dateline: Dateline, seeds: Path, tmp_path: Path
) -> None:
    one, all_ = tmp_path / "one.md", tmp_path / "all.jsonl"
    ran = read(
        dateline, seeds, "open 1", "mark first", "next", "mark second", f"export article -o {one}",
        f"export --format jsonl -o {all_}", f"export -o {one}", "no", "export", "export --format odd -o x",
    )  # fmt: skip
    assert ran.code == 0
    assert "second" in one.read_text() and "first" not in one.read_text()
    assert "first" in all_.read_text()
    assert "one.md exists. Replace it? yes or no:" in ran.lines
    assert "Nothing was exported; the file is as it was." in ran.lines
    assert any(line.startswith("Where to? ") for line in ran.lines)
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    ran = read(dateline, seeds, "export --format csv", f"export -o {pipe}", f"export -o {folder}", "export -o no/x.md")
    assert ran.lines[-4:] == [
        "-o FILE says where to, as in -o notes.md",
        f"{pipe} is no regular file; name one that is, or one that is not there yet.",
        f"{folder} is a folder; name a file in it.",
        "no/x.md was not written: its folder is not there.",
    ]


def test_changes_are_taken_back_alone_and_made_again_elsewhere(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "open 1", "tag +a", "star", "changes", "undo 2", "changes", "undo 2", "undo 9", "next",
               "repeat", "return", "where")  # fmt: skip
    assert "Undone: Tagged: a." in ran.lines
    assert any(line.startswith("2. Tagged: a; ") and line.endswith("; undone") for line in ran.lines)
    assert "No change that was read has the number 9. changes reads them." in ran.lines
    assert ran.lines.count("Starred.") == 2
    assert ran.lines[-2].startswith("Article 1 of 12: ")


def test_a_number_is_that_of_what_was_read_last(dateline: Dateline, seeds: Path, tmp_path: Path) -> None:
    ran = read(dateline, seeds, "open 1", "star", "list", "changes", "1", "9", "list", "2")
    assert "This is a change: undo 1 takes it back alone, or does it again." in ran.lines
    assert "No change that was read has the number 9. list reads the articles." in ran.lines
    opened = [line.partition(":")[0] for line in ran.lines if line.startswith("Article ")]
    assert opened == ["Article 1 of 12", "Article 2 of 12"]
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "a.txt").write_text("A title\n\nAnd words.\n")
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    odd = read(dateline, folder, "list", "problems", "1")
    assert odd.lines[-1] == "These are files that could not be shown. list reads the articles, which a number opens."


def test_the_date_that_is_read_is_the_one_after_an_undo(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "open 1", "date 2001-02-03", "undo", "date", "redo", "date",
               "open 2", "date 2002-02-03", "undo", "date", "repeat", "date")  # fmt: skip
    days = [line for line in ran.lines if re.fullmatch(r"\d+ \w+ \d{4}\.", line)]
    assert days[:2] == ["23 November 2024.", "3 February 2001."]
    assert days[2:] == [days[2], "3 February 2002."] and days[2] != days[3]


def test_tags_are_renamed_and_deleted_as_in_the_shell(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "open 1", "tag +a +b", "tags rename a c", "tags merge b c", "tags", "tags delete c",
               "yes", "tags", "tags rename a", "tags delete a")  # fmt: skip
    assert "1. c: 1 article" in ran.lines
    assert "Take c off 1 article? yes or no:" in ran.lines
    assert "You have no tags yet. tag japan tags the article with japan." in ran.lines
    assert ran.lines[-1] == "Nothing bears the tag a."
    missing = read(dateline, seeds, "open 1", "tag +a", "tags merge a b", "tags")
    assert missing.lines[-2:] == ["There is no tag b to merge into; tags rename a b calls a so.", "1. a: 1 article"]


def test_dates_orders_and_the_whole_list(dateline: Dateline, seeds: Path) -> None:
    ran = read(dateline, seeds, "open 1", "date 2001-02-03", "date", "date none", "date 1/2/3", "order title",
               "order odd", "fold", "fold", "catch-up", "yes", "filter is:unread", "clear", "cite", "problems",
               "correct x as place", "refresh")  # fmt: skip
    assert "3 February 2001." in ran.lines and "12 articles, A to Z." in ran.lines
    assert "odd is no order." in ran.out and "Near copies are folded: " in ran.out
    assert "Mark 12 articles read? yes or no:" in ran.lines
    assert "No article matches is:unread. filter alone brings all back." in ran.lines


def test_an_arrow_is_said_as_a_word() -> None:
    assert without_arrows("Renamed a → b") == "Renamed a to b"


HOSTILE = "x\x1b[31m\x07\u202e"


def test_no_answer_lets_foreign_text_through(dateline: Dateline, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    link = f"<a href='https://e.org/\x1b'>li{HOSTILE}nk</a>"
    (folder / "a.html").write_text(f"<title>T {HOSTILE}</title><p>See {link} in Oslo.")
    (folder / "b\x1b[2J.pdf").write_bytes(b"%PDF-1.4 broken")
    ran = read(
        dateline, folder, "open 1", "links", f"select {HOSTILE}", f"correct Oslo as {HOSTILE}",
        f"tags rename {HOSTILE} y",
        f"searches delete {HOSTILE}", f"export -o {HOSTILE}/y", f"join {HOSTILE} with y", f"date {HOSTILE}", "cite",
        f"order {HOSTILE}", f"open {HOSTILE}", "problems", f"save {HOSTILE}", "filter oslo", f"save {HOSTILE}",
        "changes", "corrections", f"place {HOSTILE}", f"{HOSTILE}",
    )  # fmt: skip
    assert ran.code == 0 and "Oslo" in ran.out
    assert not CONTROLS.search((ran.out + ran.talk).replace("\n", ""))
