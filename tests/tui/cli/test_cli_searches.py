"""`dateline searches` keeps queries under names, and any command takes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Dateline


def test_a_saved_search_is_listed_and_used_in_queries(dateline: Dateline, articles: Path) -> None:
    ran = dateline("searches", "save", "the north", "ferry OR court", "--pin", "--tag", "north")
    assert (ran.code, ran.talk.strip()) == (0, "Saved the search the north: ferry OR court")
    assert dateline("searches").out == "* the north  ferry OR court  [north]\n"
    (shape,) = json.loads(dateline("searches", "--format", "json").out)["searches"]
    assert (shape["name"], shape["query"], shape["pinned"], shape["tags"]) == (
        "the north", "ferry OR court", True, ["north"],
    )  # fmt: skip
    assert shape["ran"] is not None
    assert len(dateline("list", articles, "-q", 'search:"The North"').lines) == 2
    assert len(dateline("list", articles, "-q", 'court search:"the north"').lines) == 1


def test_a_search_is_renamed_and_deleted(dateline: Dateline) -> None:
    dateline("searches", "save", "a", "ferry")
    assert "Renamed the search a → b" in dateline("searches", "rename", "a", "b").talk
    assert dateline("searches").lines == ["  b  ferry"]
    assert "Deleted the search b" in dateline("searches", "delete", "B").talk
    assert dateline("searches").code == 1


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("save", "a", "tga:x"), 2, "tag"),
        (("save", "a", "search:a"), 2, "leads back to itself"),
        (("save", "a"), 2, "`save NAME QUERY`"),
        (("rename", "a", "b"), 1, "no saved search a"),
        (("delete", "a"), 1, "no search a"),
        (("--pin",), 2, "go with `save NAME QUERY`"),
    ],
)
def test_wrong_use_is_said_and_changes_nothing(
    dateline: Dateline, words: tuple[str, ...], code: int, message: str
) -> None:
    ran = dateline("searches", *words)
    assert ran.code == code
    assert message in ran.talk
    assert dateline("searches").code == 1


def test_an_export_of_everything_has_the_searches_and_brings_them_back(
    dateline: Dateline, articles: Path, tmp_path: Path
) -> None:
    dateline("searches", "save", "a", "ferry")
    dateline("tag", articles, "--", "+x")
    dateline("export", "--format", "jsonl", "-o", tmp_path / "all.jsonl")
    assert dateline("searches", "delete", "a").code == 0
    assert "1 saved search" in dateline("import", tmp_path / "all.jsonl").talk
    assert dateline("searches").lines == ["  a  ferry"]
    assert "Nothing new" in dateline("import", tmp_path / "all.jsonl").talk


def test_an_export_without_a_search_line_is_still_read(dateline: Dateline, articles: Path, tmp_path: Path) -> None:
    dateline("tag", articles, "--", "+x")
    dateline("export", "--format", "jsonl", "-o", tmp_path / "all.jsonl")
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    first = json.loads(lines[0])
    del first["searches"]
    (tmp_path / "older.jsonl").write_text("\n".join([json.dumps(first), *lines[1:]]))
    assert dateline("import", tmp_path / "older.jsonl").code == 0


def test_a_renamed_tag_goes_on_being_found_by_saved_searches(dateline: Dateline, articles: Path) -> None:
    dateline("tag", articles, "--", "+draft", "+draft/late", "+drafts")
    dateline("searches", "save", "open", "ferry -tag:draft/late (tag:DRAFT OR tag:drafts)")
    dateline("searches", "save", "other", "tag:drafts  ferry")
    dateline("tags", "rename", "draft", "open")
    assert dateline("searches").lines == [
        "  open   ferry -tag:open/late (tag:open OR tag:drafts)",
        "  other  tag:drafts  ferry",
    ]
