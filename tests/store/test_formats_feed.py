"""Feed files: each entry is an article with what the feed says of it; lists of feeds say what they are for."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.article import Article, Problem, Unchanged
from store.formats.feed_entries import Entry
from store.formats.limits import DEFAULT, Limits
from store.formats.registry import format_name, read
from store.formats.source import Damaged

FIXTURES = Path(__file__).parents[1] / "fixtures" / "formats"


def items(path: Path) -> list[object]:
    with path.open("rb") as stream:
        return list(read(stream, str(path)))


def made(tmp_path: Path, text: str, name: str = "a.xml") -> list[object]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return items(tmp_path / name)


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom"])
def test_every_entry_is_an_article_with_its_facts(name: str) -> None:
    articles = items(FIXTURES / name)
    assert all(isinstance(one, Article) for one in articles) and len(articles) >= 2
    first = articles[0]
    assert isinstance(first, Article)
    assert (first.title, first.byline, first.published) == ("Hello, world! We are 18F", "18F", date(2014, 3, 19))
    assert first.url == "https://18f.gsa.gov/2014-03-19/"
    assert len({one.member for one in articles}) == len(articles)  # type: ignore[attr-defined]
    assert "<" not in first.text and first.text.count("\n") > 5


def test_a_feed_is_known_by_its_content_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("feed.xml", "feed.txt", "feed"):
        (tmp_path / name).write_bytes((FIXTURES / "feed.rss").read_bytes())
        with (tmp_path / name).open("rb") as stream:
            assert format_name(stream, name) == "feed"
        assert len(items(tmp_path / name)) == 3


def test_the_same_entry_twice_is_read_once_and_entries_without_a_text_are_passed_over(tmp_path: Path) -> None:
    entry = "<item><guid>urn:1</guid><title>One</title><description>Some words of it.</description></item>"
    bare = "<item><guid>urn:2</guid><title>A link</title><link>https://example.org/</link></item>"
    found = made(tmp_path, f"<rss version='2.0'><channel>{entry}{entry}{bare}</channel></rss>")
    assert [one.member for one in found] == ["urn:1"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<?xml version='1.0'?><note><to>you</to></note>", "no feed that could be understood"),
        ("<rss version='2.0'><channel></channel></rss>", "no article in this feed"),
        ("<rss version='2.0'>" + "<a>" * 2000, "nested too deeply"),
        (
            "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
            "<rss version='2.0'><channel><title>&b;</title></channel></rss>",
            "no article in this feed",
        ),
        ("<opml version='2.0'><body><outline xmlUrl='https://example.org/f'/></body></opml>", "a list of 1 feed;"),
    ],
)
def test_what_holds_no_article_says_why(tmp_path: Path, text: str, said: str) -> None:
    (problem,) = made(tmp_path, text)
    assert isinstance(problem, Problem)
    assert said in problem.reason


def test_no_file_is_read_through_a_feed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    text = (
        f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{tmp_path}/secret'>]><rss version='2.0'>"
        "<channel><item><guid>urn:1</guid><title>t</title><description>before &x; after</description></item>"
        "</channel></rss>"
    )
    assert "the secret" not in str(made(tmp_path, text))


def test_real_feeds_of_all_kinds_are_read_or_refused_in_words(shared: Path) -> None:
    folder = shared / "corpus" / "articles" / "feedparser"
    found = [item for path in sorted(folder.rglob("*.xml"))[::12] for item in items(path)]
    assert sum(isinstance(item, Article) for item in found) > 20
    assert not [item for item in found if isinstance(item, Problem) and "defeats" in item.reason]


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom", "feed.json"])
def test_of_a_feed_that_has_grown_only_what_is_new_or_other_is_read(name: str) -> None:
    known: set[int] = set()
    limits = DEFAULT.replace(errand=DEFAULT.errand.replace(keep=known.__contains__))
    data = (FIXTURES / name).read_bytes()
    first = [one for one in read(io.BytesIO(data), "/x/" + name, limits) if isinstance(one, Article)]
    known |= {one.raw for one in first}
    assert 0 not in known and len(known) == len(first) >= 2
    assert {type(one) for one in read(io.BytesIO(data), "/x/" + name, limits)} == {Unchanged}
    known.discard(first[1].raw)
    again = list(read(io.BytesIO(data), "/x/" + name, limits))
    assert [one for one in again if not isinstance(one, Unchanged)] == [first[1]]
    known.add(first[1].raw)
    title = first[0].title.encode()
    edited = list(read(io.BytesIO(data.replace(title, title + b"s", 1)), "/x/" + name, limits))
    assert [one.title for one in edited if isinstance(one, Article)] == [first[0].title + "s"]


def kept_of(limits: Limits = DEFAULT) -> Limits:
    """Return limits with which each entry has a fingerprint, and none is known."""
    return limits.replace(errand=limits.errand.replace(keep=lambda raw: False))


def fails_for(title: str, work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def failing(thing: Any) -> Any:
        if title in (thing["title"] if isinstance(thing, dict) else thing.title):
            raise ValueError("too odd")
        return work(thing)

    return failing


def test_an_entry_that_cannot_be_told_apart_is_named_and_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [{"id": str(n), "title": f"Title {n}", "content_text": "Ministers met on Monday. " * 9} for n in range(3)]
    written = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": entries})
    monkeypatch.setattr(json, "dumps", fails_for("Title 1", json.dumps))
    monkeypatch.setattr(Entry, "__repr__", fails_for("Title 1", Entry.__repr__))
    texts = "".join(f"<item><guid>{one['id']}</guid><title>{one['title']}</title><description>{one['content_text']}"
                    "</description></item>" for one in entries)  # fmt: skip
    for data in (written, f"<rss version='2.0'><channel><title>F</title>{texts}</channel></rss>"):
        found = list(read(io.BytesIO(data.encode()), "/x/feed", kept_of()))
        assert [type(one) for one in found] == [Article, Problem, Article]
        assert isinstance(found[1], Problem) and found[1].member in ("1", "record 2")
        # Where nobody keeps what was read, nothing has to be told apart.
        assert [type(one) for one in read(io.BytesIO(data.encode()), "/x/feed")] == [Article] * 3


def test_an_entry_that_brought_the_reader_down_is_left_out_alone() -> None:
    entered: list[str] = []

    def enter(member: str) -> None:
        entered.append(member)
        if len(entered) == 1:
            raise Damaged("It has brought the reader down.")

    limits = DEFAULT.replace(errand=DEFAULT.errand.replace(enter=enter))
    found = list(read(io.BytesIO((FIXTURES / "feed.rss").read_bytes()), "/x/feed.rss", limits))
    assert [one.member for one in found if isinstance(one, Problem)] == entered[:1]
    assert [one.member for one in found if isinstance(one, Article)] == entered[1:] != []
