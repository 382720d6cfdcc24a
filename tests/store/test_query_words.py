"""Names, notes and found words are compared as a reader compares them, and completed as they are typed."""

from __future__ import annotations

import pytest

from store.query.complete import Completion, Name, complete
from store.query.fold import fold, pattern, worded, words
from store.query.found import close_by, spans


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Café", "cafe"),
        ("Wałęsa", "WALESA"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("ＮＨＫ", "nhk"),
        ("Ώρα", "ωρα"),
        ("Cafe\u0301", "café"),
        ("مَرحبا", "مرحبا"),
        ("ガ", "か\u3099".replace("か", "カ")),
    ],
)
def test_case_accents_and_width_make_no_difference(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


def test_marks_that_make_another_letter_stay() -> None:
    assert fold("が") != fold("か")


def test_initials_close_up_and_symbols_stay() -> None:
    assert words("U.N. chief; J. R. R. Tolkien's C++ 🙂 (end.)") == [
        "un", "chief", "j", "r", "r", "tolkien", "s", "c", "+", "+", "🙂", "end",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "prefix", "text", "found"),
    [
        ("abe", False, "Shinzo Abe", True),
        ("abe", False, "Abel", False),
        ("abe", True, "Abel", True),
        ("un", False, "U.N. Security Council", True),
        ("U.S.", False, "US", True),
        ("shinzo abe", False, "Prime Minister Shinzo Abe", True),
        ("abe shinzo", False, "Shinzo Abe", False),
        ("安倍", False, "安倍晋三", True),
        ("!", False, "!", False),
        ("", True, "", True),
    ],
)
def test_names_are_found_by_whole_words(value: str, prefix: bool, text: str, found: bool) -> None:
    wanted = pattern(value, prefix)
    assert (bool(wanted) and wanted in worded(text)) is found


@pytest.mark.parametrize(
    ("text", "sought", "marked"),
    [
        ("Abe met Abel, ABE said", ["abe"], ["Abe", "ABE"]),
        ("Abe met Abel", ["abe*"], ["Abe", "Abel"]),
        ("the north-\nKorea talks", ["north korea"], ["north-\nKorea"]),
        ("Le Café, cafe\u0301 et cafés", ["cafe"], ["Café", "cafe\u0301"]),
        ("東京都の", ["東京"], ["東京"]),
        ("a & b", ["&"], ["&"]),
        ("İstanbul straße", ["strasse", "istanbul"], ["İstanbul", "straße"]),
        ("x", [], []),
    ],
)
def test_found_words_are_marked_where_they_stand(text: str, sought: list[str], marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, sought)] == marked


def test_words_are_close_by_counted_words_between() -> None:
    text = "the missile test and then a launch"
    assert close_by(text, 4, "missile", "laun*")
    assert not close_by(text, 3, "missile", "launch")
    assert close_by("東京で桜が咲いた", 1, "東京", "桜")
    assert not close_by("東京の春の桜", 0, "東京", "桜")
    assert not close_by("東京", 9, "東京", "桜")


NAMES = {
    "tag": [Name("japan", 3), Name("japan/tokyo", 1), Name("done", 9), Name("to read", 5), Name('a"b', 1)],
    "person": [Name("Shinzo Abe", 4), Name("Abel Café", 1), Name("Sergei Lavrov", 7)],
}


def names(field: str, _: str) -> list[Name]:
    return NAMES.get(field, [])


def shown(completion: Completion) -> list[str]:
    return [option.insert for option in completion.options]


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("ta", ["tag:"]),
        ("abe -ti", ["title:"]),
        ("(no", ["note:"]),
        ("tag:", ["done", '"to read"', "japan", "'a\"b'".replace("'a\"b'", '"a""b"'), "japan/tokyo"]),
        ("tag:ja", ["japan", "japan/tokyo"]),
        ("-tag:TOK", ["japan/tokyo"]),
        ('tag:"to r', ['"to read"']),
        ("person:abe", ['"Abel Café"', '"Shinzo Abe"']),
        ("person:cafe", ['"Abel Café"']),
        ("is:un", ["unread", "undated"]),
        ("has:n", ["note"]),
        ("date:last", ["last-week", "last-month", "last-year"]),
        ("sort:-t", ["-title"]),
        ("org:x", []),
        ("abe ", []),
        ('"ta', []),
        ("", []),
    ],
)
def test_what_can_stand_at_the_cursor_is_offered(query: str, offered: list[str]) -> None:
    assert shown(complete(query, len(query), names)) == offered


def test_a_completion_replaces_the_whole_term_under_the_cursor() -> None:
    found = complete("a tag:japXX b", 9, names)
    assert (found.start, found.end, shown(found)) == (6, 11, ["japan", "japan/tokyo"])
    assert found.options[0].count == 3
