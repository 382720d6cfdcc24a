"""`dateline show` prints an article for a person, for a pipe, for a program and for a browser."""

from __future__ import annotations

import json
import re
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from store.article import Article, Block, BlockKind, Mention
from tests.tui.cli.conftest import Dateline
from tui.cli.documents import to_html, to_markdown
from tui.cli.page import page

OWN = "000_9df55ca59aaa8a9a.txt"


def test_a_pipe_gets_the_text_and_nothing_else(dateline: Dateline, articles: Path) -> None:
    ran = dateline("show", articles / "ferry.txt")
    assert ran.code == 0
    assert ran.out == (articles / "ferry.txt").read_text()


def test_json_has_the_text_and_every_name_at_its_place(dateline: Dateline, seeds: Path) -> None:
    found = json.loads(dateline("show", seeds / OWN, "--format", "json").out)
    assert found["schema"] == 1
    assert {"id", "path", "title", "byline", "published", "language", "words", "tags", "starred", "read"} < set(found)
    assert found["byline"] == "Special to Radio Free Europe / Radio Liberty"
    assert [one for one in found["blocks"] if one["kind"] == "caption"]
    assert len(found["entities"]) > 30
    for one in found["entities"]:
        assert found["text"][one["start"] : one["end"]] == one["text"]
    assert {"Shinzo Abe"} == {one["entity"] for one in found["entities"] if one["text"] == "Abe"}


def test_json_without_entities_says_null(dateline: Dateline, articles: Path) -> None:
    found = json.loads(dateline("show", articles / "ferry.txt", "--format", "json", "--no-entities").out)
    assert found["entities"] is None


def test_the_beginning_of_an_id_names_an_article(dateline: Dateline, articles: Path) -> None:
    row = next(line for line in dateline("list", articles).lines if "Ferry" in line)
    (article,) = [word for word in row.split() if re.fullmatch("[0-9a-f]{8}", word)]
    assert dateline("show", article).out.startswith("Ferry strike in Orkney")
    assert dateline("show", article[:5]).code == 1, "six digits at least"


def test_a_folder_is_no_article(dateline: Dateline, articles: Path) -> None:
    ran = dateline("show", articles)
    assert ran.code == 2
    assert "could be any of 3 articles" in ran.talk


def test_what_cannot_be_shown_is_explained(dateline: Dateline, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    ran = dateline("show", tmp_path / "picture.txt")
    assert ran.code == 1
    assert "picture.txt: " in ran.talk
    assert "no article of this library" not in ran.talk


def test_a_width_wraps_in_a_pipe_too(dateline: Dateline, seeds: Path) -> None:
    lines = dateline("show", seeds / OWN, "--width", "50").lines
    assert max(map(len, lines)) <= 50
    assert len(lines) > 40


def test_names_are_listed_below_a_text_that_is_asked_for_them(dateline: Dateline, seeds: Path) -> None:
    last = dateline("show", seeds / OWN, "--entities").out.partition("\n\npeople: ")[2]
    assert "Shinzo Abe (2)" in last
    assert "\nplaces: " in last


# ---- for a person ----------------------------------------------------------------------------------------------
ARTICLE = Article("Talks in Tokyo", "Talks in Tokyo\n\nMr Abe met the IMF.", (
    Block(BlockKind.TITLE, 0, 14), Block(BlockKind.PARAGRAPH, 16, 35)))  # fmt: skip
MENTIONS = (Mention(9, 14, "GPE"), Mention(19, 22, "PERSON"), Mention(31, 34, "ORG"))


def printed(looks: str) -> list[str]:
    return list(page(ARTICLE, MENTIONS, width=60, measure=50, looks=looks, ascii_only=False))


def test_names_have_their_colours_at_a_terminal() -> None:
    lines = printed("colour")
    assert "\x1b[1;32mTokyo\x1b[0m" in lines[0]
    assert lines[-1] == "Mr \x1b[4;35mAbe\x1b[0m met the \x1b[36mIMF\x1b[0m."


def test_without_colours_names_are_told_apart_all_the_same() -> None:
    lines = printed("mono")
    assert "Tokyo°" in lines[0]
    assert lines[-1] == "Mr \x1b[4mAbe\x1b[0m met the \x1b[1;4mIMF\x1b[0m."
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", "".join(lines))


def test_a_dumb_terminal_gets_no_escape_sequence() -> None:
    assert "\x1b" not in "".join(printed("none"))


# ---- as a document of its own ----------------------------------------------------------------------------------
HOSTILE = '<script>alert(1)</script> & "Abe" [x](javascript:1) *b* `c` # h\n1. no list\n- no item\n<img src=x>'


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert all(not name.startswith("on") and name not in ("href", "src") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_shows_foreign_markup_as_text() -> None:
    at = HOSTILE.index("Abe")
    article = Article("</title><script>", HOSTILE, ())
    mentions = [Mention(at, at + 3, '"><script>', 'Shinzo "><script>'), Mention(at, at + 2, "ORG")]
    parser = Tags()
    parser.feed("".join(to_html(article, mentions)))
    assert "script" not in parser.tags
    assert "img" not in parser.tags
    assert parser.tags.count("span") == 1
    assert HOSTILE in parser.text


def test_markdown_shows_foreign_markup_as_text() -> None:
    article = Article("A *title*", HOSTILE, ())
    html = MarkdownIt().render("".join(to_markdown(article, ())))
    parser = Tags()
    parser.feed(html)
    assert set(parser.tags) <= {"h1", "p"}
    assert "A *title*" in parser.text
    assert all(line in parser.text for line in HOSTILE.split("\n"))


def test_the_other_places_of_a_text_are_told(
    dateline: Dateline, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(articles / "ferry.txt", articles / "a-ferry.txt")
    dateline("list", articles)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ran = dateline("show", articles / "ferry.txt")
    assert "Ferry strike" in ran.out and f"also at {articles / 'ferry.txt'}" in ran.talk
    shown = json.loads(dateline("show", articles / "ferry.txt", "--format", "json").out)
    assert [Path(one["path"]).name for one in shown["sources"]] == ["a-ferry.txt", "ferry.txt"]
