"""`dateline list` finds what a query asks for, in every format, and says in its exit code whether it did."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Dateline


def test_the_table_has_one_line_an_article_newest_first(dateline: Dateline, articles: Path) -> None:
    ran = dateline("list", articles)
    assert ran.code == 0
    assert len(ran.lines) == 3
    assert "2024-11-23  Ferry strike in Orkney" in ran.lines[0]
    assert "\x1b" not in ran.out


def test_json_has_the_documented_shape(dateline: Dateline, articles: Path) -> None:
    found = json.loads(dateline("list", articles, "-q", "ferry", "--format", "json").out)
    assert found["schema"] == 1
    (article,) = found["articles"]
    assert len(article.pop("id")) == 32
    path = str(articles / "ferry.txt")
    assert article == {
        "path": path,
        "sources": [{"path": path, "member": ""}],
        "title": "Ferry strike in Orkney",
        "byline": "",
        "published": "2024-11-23",
        "published_by": "file",
        "language": "",
        "url": None,
        "words": 12,
        "tags": [],
        "starred": False,
        "read": False,
        "changed": False,
        "gone": False,
        "notes": [],
    }


def test_every_json_line_stands_alone(dateline: Dateline, articles: Path) -> None:
    lines = [json.loads(line) for line in dateline("list", articles, "--format", "jsonl").lines]
    assert len(lines) == 3
    assert all(line["schema"] == 1 and line["title"] for line in lines)


def test_a_spreadsheet_runs_no_title(dateline: Dateline, articles: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(dateline("list", articles, "--format", "csv").out)))
    assert rows[0]["published"] == "2024-11-23"
    assert {row["title"][:2] for row in rows} == {"Fe", "Co", "'="}


def test_paths_are_the_bytes_of_the_file_system(dateline: Dateline, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    name = os.fsencode(folder) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_text("Coffee in Trieste\n\nThe coffee houses of Trieste are full again.\n")
    except OSError:
        pytest.skip("this file system takes no such names")
    assert dateline("list", folder, "--format", "paths").data == name + b"\n"
    (article,) = json.loads(dateline("list", folder, "--format", "json").out)["articles"]
    assert article["path"].endswith("caf\ufffd.txt")
    assert article["sources"][0]["uri"].endswith("caf%E9.txt"), "exact where the path cannot be"


def test_nothing_found_is_exit_code_1(dateline: Dateline, articles: Path) -> None:
    ran = dateline("list", articles, "-q", "submarine")
    assert (ran.code, ran.out) == (1, "")
    ran = dateline("list", articles, "-q", "submarine", "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out) == {"schema": 1, "articles": []}


def test_a_wrong_query_is_shown_where_it_is_wrong(dateline: Dateline, articles: Path) -> None:
    ran = dateline("list", articles, "-q", "ferry (strike")
    assert ran.code == 2
    assert ran.out == ""
    lines = ran.talk.splitlines()
    assert lines[1:3] == ["  ferry (strike", "        ^"]


def test_a_query_may_begin_with_a_dash(dateline: Dateline, articles: Path) -> None:
    assert len(dateline("list", articles, "-q", "-ferry").lines) == 2
    assert len(dateline("list", "--query", "-ferry", articles).lines) == 2


def test_a_forgotten_query_does_not_swallow_an_option(dateline: Dateline, articles: Path) -> None:
    ran = dateline("list", articles, "-q", "--format", "json")
    assert ran.code == 2
    assert "-q/--query" in ran.talk


def test_a_limit_takes_the_first(dateline: Dateline, articles: Path) -> None:
    assert len(dateline("list", "--limit", "2", articles).lines) == 2
    assert dateline("list", "--limit", "0", articles).code == 2


def test_a_path_that_is_not_there_is_named(dateline: Dateline, tmp_path: Path) -> None:
    ran = dateline("list", tmp_path / "nowhere")
    assert ran.code == 1
    assert "nowhere: there is no such file or folder" in ran.talk


def test_files_are_listed_for_themselves(dateline: Dateline, articles: Path) -> None:
    ran = dateline("list", articles / "ferry.txt", articles / "court.txt")
    assert len(ran.lines) == 2
    assert "formula" not in ran.out
    assert not list(articles.parent.glob("**/library-*.sqlite3")), "their folder need not be indexed for that"


def test_a_file_or_folder_of_an_indexed_library_is_a_part_of_it(dateline: Dateline, articles: Path) -> None:
    (articles / "sub").mkdir()
    (articles / "sub" / "deep.txt").write_text("Deep water port opens\n\nThe port of Gwadar has opened.\n")
    assert len(dateline("list", articles).lines) == 4
    assert len(dateline("list", articles / "sub").lines) == 1
    assert len(dateline("list", articles / "sub" / "deep.txt", articles / "ferry.txt").lines) == 2


def test_without_a_path_the_last_library_is_listed(dateline: Dateline, articles: Path) -> None:
    ran = dateline("list")
    assert ran.code == 2
    assert "which folder?" in ran.talk
    dateline("list", articles)
    assert len(dateline("list").lines) == 3


def test_in_a_folder_of_a_library_that_folder_is_listed(
    dateline: Dateline, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (articles / "sub").mkdir()
    (articles / "sub" / "deep.txt").write_text("Deep water port opens\n\nThe port of Gwadar has opened.\n")
    other = tmp_path / "other"
    other.mkdir()
    dateline("list", articles)
    dateline("list", other)
    assert dateline("list").out == ""
    monkeypatch.chdir(articles / "sub")
    assert len(dateline("list").lines) == 1


def test_an_edited_file_keeps_its_tags(dateline: Dateline, articles: Path) -> None:
    dateline("list", articles)
    assert dateline("tag", articles / "ferry.txt", "--", "+isles").code == 0
    text = (articles / "ferry.txt").read_text()
    (articles / "ferry.txt").write_text(text + "\nOn Saturday it ended, after talks.\n")
    ran = dateline("list", articles, "-q", "tag:isles")
    assert ran.code == 0
    assert "[isles]" in ran.out


def test_a_query_about_names_tells_of_how_many_articles_they_are_known(dateline: Dateline, articles: Path) -> None:
    dateline("list", articles)
    ran = dateline("list", articles, "-q", "ferry OR -(person:abe)")
    assert "names are known of 0 of" in ran.talk and "`dateline index` finds the rest" in ran.talk
    assert "names are known" not in dateline("list", articles, "-q", "ferry").talk


@pytest.mark.parametrize(("words", "says"), [
    (("list", "articles", "-q", "xyzzy"), "no article matches."),
    (("list", "empty"), "no articles in"),
    (("tags",), "no tags yet; `dateline tag"),
    (("notes",), "no notes and highlights yet; `dateline note"),
    (("searches",), "no saved searches yet; `dateline searches save"),
    (("corrections",), "no corrections of names yet; in the reader"),
    (("keys", "xyzzy"), "no command has these words; `dateline keys` lists all."),
])  # fmt: skip
def test_a_list_of_nothing_says_so_beside_the_data(
    dateline: Dateline, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words, says
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(articles.parent)
    places = {"articles": articles, "empty": tmp_path / "empty"}
    ran = dateline(*(places.get(word, word) for word in words))
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.talk


def test_files_that_could_not_be_read_are_counted_where_nothing_else_is(dateline: Dateline, tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans/a.txt").write_bytes(bytes(range(32)) * 20)
    ran = dateline("list", tmp_path / "scans")
    assert ran.code == 1
    assert "1 could not be read, `dateline doctor PATH` tells why." in ran.talk
