"""The registry: content decides, then the name; whatever the bytes, the outcome is articles or problems."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article, BlockKind, Problem
from store.formats.clean import is_clean
from store.formats.limits import Limits
from store.formats.registry import Outlook, format_name, outlook, read

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "articles" / "18f"


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (b"Tokyo talks", "a.txt", "text"),
        (b"Tokyo talks", "README", "text"),
        (b"Tokyo talks", "Mr. Smith resigns", "text"),
        (b"# Tokyo", "a.MD", "markdown"),
        (b"---\ntitle: x\n---\ntext\n", "noext", "markdown"),
        (b"---\ntitle: x\n---\ntext\n", "a.txt", "text"),
        (b"<!doctype html><p>x", "noext", "html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- c --><html><p>x", "a.txt", "html"),
        (b"<p>Tokyo", "a.htm", "html"),
        (b"<b>Tokyo</b> is a text", "a.txt", "text"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", ""),
        (b"<?xml version='1.0'?><rss>", "noext", "feed"),
        (b"{}", "a.json", "json_file"),
        (b"{}", "a.odt", ""),
        (b"print()", "a.py", "text"),
    ],
)
def test_content_decides_and_then_the_name(data: bytes, name: str, format: str) -> None:
    assert format_name(io.BytesIO(data), "/x/" + name) == format


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", Outlook.READ),
        ("noext", Outlook.READ),
        ("minutes.2017", Outlook.READ),
        ("dots...txt", Outlook.READ),
        ("a.odt", Outlook.NOT_YET),
        ("a.JSON", Outlook.READ),
        ("a.py", Outlook.IGNORED),
        ("a.png", Outlook.IGNORED),
    ],
)
def test_a_name_promises_something(name: str, expected: Outlook) -> None:
    assert outlook(name) is expected


def test_a_file_over_the_limit_is_a_problem_with_a_sentence() -> None:
    (problem,) = read(io.BytesIO(b"x" * 2000), "/x/a.txt", Limits(raw=1000))
    assert problem == Problem("/x/a.txt", "read", "The file is larger than 0 MB.")


def test_a_disk_error_is_a_problem() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    (problem,) = read(Broken(b"x"), "/x/a.txt")
    assert isinstance(problem, Problem)
    assert problem.stage == "read"
    assert problem.reason.endswith(".")


SUFFIXES = st.sampled_from(["a.txt", "a.md", "a.html", "noext", "a.json"])
PIECES = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [
            b"<p>",
            b"<html>",
            b"</div>",
            b"---\n",
            b"title: x\n",
            b"# ",
            b"> ",
            b"\n\n",
            b"<!--",
            b"&#27;",
            b"\xff\xfe",
            b"\0",
        ]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map(b"".join), SUFFIXES)
def test_any_bytes_give_articles_or_problems_and_sound_blocks(data: bytes, name: str) -> None:
    outcome = list(read(io.BytesIO(data), "/x/" + name))
    assert len(outcome) == 1
    for found in outcome:
        if isinstance(found, Problem):
            assert found.reason.endswith(".")
            assert "defeats" not in found.reason, found
            continue
        assert found.title.strip()
        assert "\n" not in found.title
        assert all(map(is_clean, (found.title, found.text, found.byline, found.url)))
        end = 0
        for block in found.blocks:
            assert end <= block.start < block.end
            assert not found.text[end : block.start].strip()
            end = block.end
        assert not found.text[end:].strip()


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the checkout")
def test_every_post_of_a_real_blog_has_title_byline_and_date() -> None:
    posts = sorted(CORPUS.glob("*.md"))
    assert len(posts) == 509
    for post in posts:
        with post.open("rb") as stream:
            (article,) = read(stream, str(post))
        assert isinstance(article, Article), article
        assert article.title, post
        assert article.byline, post
        assert article.published, post
        shown = [article.text[b.start : b.end] for b in article.blocks if b.kind is not BlockKind.CODE]
        assert not any("{%" in words for words in shown), post
