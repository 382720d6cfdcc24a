"""JSON: articles under the names that people give to fields, whole or in lines, with a place of their own each."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.article import Article, BlockKind, Problem
from store.formats import json_file
from store.formats.clean import is_clean
from store.formats.errand import Errand
from store.formats.limits import DEFAULT, Limits
from store.formats.registry import format_name, read

FEED = Path(__file__).parents[3] / "shared" / "corpus" / "articles" / "feedparser" / "json" / "example.json"
LONG = "The ministers met in Tokyo on Monday to talk about the treaty. " * 5


def outcome(data: object, name: str = "a.json", limits: Limits = DEFAULT) -> list[Article | Problem]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(read(io.BytesIO(raw), "/x/" + name, limits))


def articles(data: object, name: str = "a.json", limits: Limits = DEFAULT) -> list[Article]:
    found = outcome(data, name, limits)
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def lines(*records: object) -> bytes:
    return b"".join((one if isinstance(one, bytes) else json.dumps(one).encode()) + b"\n" for one in records)


def blocks(article: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


USUAL: list[tuple[dict[str, Any], str, str, date | None, str, str]] = [
    (
        {"title": "Summit", "text": LONG, "author": "Jane Doe", "date": "2017-03-04", "language": "en-GB",
         "url": "https://x.org/1"},
        "Summit", "Jane Doe", date(2017, 3, 4), "en", "https://x.org/1",
    ),
    (
        {"headline": "Summit", "body": LONG, "byline": "By Jane Doe", "published": "Sat, 04 Mar 2017 10:00:00 GMT",
         "source": "https://x.org/1"},
        "Summit", "Jane Doe", date(2017, 3, 4), "", "https://x.org/1",
    ),
    (
        {"Title": "Summit", "Content": LONG, "pubDate": "2017-03-04T23:59:00+09:00", "Authors": ["A. B.", "C. D."],
         "source": "The Daily", "link": "https://x.org/1"},
        "Summit", "A. B., C. D.", date(2017, 3, 4), "", "https://x.org/1",
    ),
    # A tweet, a comment: the first words are the title, the time counts seconds or milliseconds.
    (
        {"id": 7, "text": "The ministers met in Tokyo.", "created_at": 1488585600, "user": {"name": "jane"}},
        "The ministers met in Tokyo.", "jane", date(2017, 3, 4), "", "",
    ),
    ({"text": LONG, "timestamp": "1488585600000"}, LONG[:62], "", date(2017, 3, 4), "", ""),
    # WordPress
    (
        {"id": 12, "date": "2017-03-04T10:00:00", "link": "https://x.org/1",
         "title": {"rendered": "Jane&#8217;s <em>Summit</em>"},
         "content": {"rendered": f"<p>{LONG}</p>", "protected": False}},
        "Jane’s Summit", "", date(2017, 3, 4), "", "https://x.org/1",
    ),
    # The Guardian
    (
        {"id": "world/2017/x", "webTitle": "Summit", "webUrl": "https://x.org/1",
         "webPublicationDate": "2017-03-04T10:00:00Z", "fields": {"byline": "Jane Doe", "bodyText": LONG}},
        "Summit", "Jane Doe", date(2017, 3, 4), "", "https://x.org/1",
    ),
    # The New York Times, which has a summary only
    (
        {"_id": "nyt://1", "headline": {"main": "Summit"}, "byline": {"original": "By Jane Doe"},
         "pub_date": "2017-03-04", "web_url": "https://x.org/1", "abstract": "They met."},
        "Summit", "Jane Doe", date(2017, 3, 4), "", "https://x.org/1",
    ),
    # HuffPost's data set
    (
        {"category": "WORLD", "headline": "Summit", "authors": "Jane Doe", "link": "https://x.org/1",
         "short_description": "They met.", "date": "2017-03-04"},
        "Summit", "Jane Doe", date(2017, 3, 4), "", "https://x.org/1",
    ),
    # schema.org
    (
        {"@type": "NewsArticle", "headline": "Summit", "articleBody": LONG, "datePublished": "2017-03-04",
         "author": {"@type": "Person", "name": "Jane Doe"}, "inLanguage": "en"},
        "Summit", "Jane Doe", date(2017, 3, 4), "en", "",
    ),
    # Reddit
    (
        {"kind": "t3", "data": {"id": "x", "title": "Summit", "selftext": LONG, "author": "jane",
                                "created_utc": 1488585600.0, "url": "https://x.org/1"}},
        "Summit", "jane", date(2017, 3, 4), "", "https://x.org/1",
    ),
    (
        {"rank": 1, "article": {"title": "Summit", "body": LONG, "author": "Jane Doe", "date": "2017-03-04"}},
        "Summit", "Jane Doe", date(2017, 3, 4), "", "",
    ),
    # CORD-19
    (
        {"paper_id": "a1", "metadata": {"title": "Summit", "authors": [{"first": "Jane", "middle": [], "last": "Doe"}]},
         "body_text": [{"text": "They met.", "section": "1"}, {"text": "They left.", "section": "2"}]},
        "Summit", "Jane Doe", None, "", "",
    ),
    # Mastodon
    (
        {"type": "Create", "object": {"id": "https://x.org/1", "content": f"<p>{LONG}</p>", "summary": None,
                                      "published": "2017-03-04T10:00:00Z", "url": "https://x.org/1"}},
        LONG[:62], "", date(2017, 3, 4), "", "https://x.org/1",
    ),
    # Telegram, Slack
    (
        {"id": 1, "date": "2017-03-04T10:00:00", "from": "Jane Doe",
         "text": ["They ", {"type": "bold", "text": "met"}, " in Tokyo."]},
        "They met in Tokyo.", "Jane Doe", date(2017, 3, 4), "", "",
    ),
    ({"type": "message", "user": "U1", "text": "They met.", "ts": "1488585600.000200"},
     "They met.", "U1", date(2017, 3, 4), "", ""),
    # Paragraphs as a list, and as objects
    ({"title": "Summit", "paragraphs": ["They met.", "They left."]}, "Summit", "", None, "", ""),
    ({"title": "Summit", "content": [{"type": "p", "text": "They met."}, {"text": "They left."}]},
     "Summit", "", None, "", ""),
]  # fmt: skip


@pytest.mark.parametrize("record, title, byline, published, language, url", USUAL)
def test_the_usual_names_of_fields_are_known(
    record: dict[str, Any], title: str, byline: str, published: date | None, language: str, url: str
) -> None:
    for found in (articles([record]), articles(lines(record), "a.jsonl"), articles(record)):
        (one,) = found
        shown = (one.title, one.byline, one.published, one.language, one.url)
        assert shown == (title, byline, published, language, url)
        assert "<" not in one.text and "&" not in one.text


def test_title_and_byline_stand_in_front_of_the_text_which_stays_as_it_is() -> None:
    body = "First line\nsecond  line\n\n> quoted\n\n- a point\n"
    (one,) = articles([{"title": "Summit", "author": "Jane Doe", "text": body}])
    assert one.text == "Summit\n\nJane Doe\n\n" + body.rstrip("\n")
    assert blocks(one) == [
        (BlockKind.TITLE, "Summit"),
        (BlockKind.BYLINE, "Jane Doe"),
        (BlockKind.PARAGRAPH, "First line\nsecond  line"),
        (BlockKind.QUOTE, "> quoted"),
        (BlockKind.LIST_ITEM, "- a point"),
    ]


def test_a_text_that_begins_with_its_title_has_it_once() -> None:
    (one,) = articles([{"title": "Summit in Tokyo", "text": "SUMMIT IN TOKYO\n\nBy Jane Doe\n\nThey met."}])
    assert one.text == "Summit in Tokyo\n\nBy Jane Doe\n\nThey met."
    assert one.byline == "By Jane Doe"


def test_html_in_a_text_is_read_and_never_shown() -> None:
    page = "<h2>Talks</h2><p>They &amp; others met.</p><script>alert(1)</script><ul><li>One</li></ul>"
    for record in ({"title": "Summit", "content": page}, {"title": "Summit", "content_html": page}):
        (one,) = articles([record])
        assert blocks(one) == [
            (BlockKind.TITLE, "Summit"),
            (BlockKind.HEADING, "Talks"),
            (BlockKind.PARAGRAPH, "They & others met."),
            (BlockKind.LIST_ITEM, "• One"),
        ]
    (plain,) = articles([{"title": "Sums", "content": "If a < b and c > d, AT&amp;T wins."}])
    assert plain.text.endswith("If a < b and c > d, AT&T wins.")


def test_html_in_pieces_keeps_its_paragraphs() -> None:
    contents = [{"type": "sanitized_html", "content": f"They <b>met</b> {n}."} for n in (1, 2)]
    (one,) = articles([{"title": "Summit", "contents": contents}])
    assert one.text == "Summit\n\nThey met 1.\n\nThey met 2.\n"


def test_a_whole_page_in_a_field_is_read_like_a_page() -> None:
    page = (
        "<!doctype html><html lang=de><head><title>Gipfel</title></head><body><nav>Menu</nav><article>"
        f"<h1>Gipfel</h1><p>{LONG}</p><p>{LONG}</p></article></body></html>"
    )
    (one,) = articles([{"url": "https://x.org/1", "html": page}])
    assert (one.title, one.language, one.url) == ("Gipfel", "de", "https://x.org/1")
    assert "Menu" not in one.text


def test_markdown_is_read_where_the_field_says_so() -> None:
    (one,) = articles([{"title": "Summit", "content_markdown": "They *met*.\n\n## Later"}])
    assert blocks(one)[1:] == [(BlockKind.PARAGRAPH, "They met."), (BlockKind.HEADING, "Later")]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda records: records,
        lambda records: {"articles": records},
        lambda records: {"status": "ok", "totalResults": 2, "results": records},
        lambda records: {"hits": {"total": 2, "hits": [{"_id": r["id"], "_source": r} for r in records]}},
        lambda records: {"response": {"docs": records}, "status": "OK"},
        lambda records: {"data": {"posts": {"edges": [{"cursor": "x", "node": r} for r in records]}}},
        lambda records: {"posts": {r["id"]: r for r in records}},
        lambda records: {"days": [{"day": "Monday", "articles": records[:1]}, {"day": "x", "articles": records[1:]}]},
        lambda records: {"db": [{"meta": {"version": "2"}, "data": {"posts": records}}]},
        lambda records: [[records[0]], [records[1]]],
    ],
)  # fmt: skip
def test_articles_are_found_wherever_a_list_of_them_lies(wrap: Any) -> None:
    records = [{"id": f"n{n}", "title": f"Title {n}", "text": f"Text {n}."} for n in (1, 2)]
    wrapped = wrap(records)
    expected = [("n1", "Title 1"), ("n2", "Title 2")]
    assert [(one.member, one.title) for one in articles(wrapped)] == expected
    assert [(one.member, one.title) for one in articles(json.dumps(wrapped, indent=2).encode())] == expected
    # The same when it is too large to be held as a whole.
    small = DEFAULT.replace(raw=400)
    padded = {"padding": [0] * 300, "w": wrapped} if isinstance(wrapped, dict) else [0] * 300 + wrapped
    if not (isinstance(wrapped, list) and isinstance(wrapped[0], list)):
        assert [(one.member, one.title) for one in articles(padded, limits=small)] == expected


@pytest.mark.skipif(not FEED.is_file(), reason="the shared corpus is not beside the checkout")
def test_a_json_feed_is_read() -> None:
    second, first = articles(FEED.read_bytes())
    assert (second.member, second.title, second.url) == ("2", "post 2", "https://example.org/second-item")
    assert first.text == "you\n\nHello, world!\n"
    assert (first.member, first.byline) == ("1", "you")


def test_items_of_a_json_feed_have_its_authors_and_language_and_the_feed_itself_is_no_article() -> None:
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Harbour Journal",
        "description": "News of the harbour, every Monday.",
        "language": "en-GB",
        "items": [
            {"id": "https://x.org/1", "url": "https://x.org/1", "title": "A", "content_html": "<p>One.</p>",
             "content_text": "One", "date_published": "2020-05-01T23:30:00-07:00", "date_modified": "2021-01-01"},
            {"id": "2", "content_text": "Two words.\n\nA line.", "authors": [{"name": "Guest"}, {"name": "Other"}],
             "language": "de", "date_modified": "2021-01-02T00:00:00Z"},
        ],
    }  # fmt: skip
    for authors in ({"authors": [{"name": "Jane", "url": "https://x.org/jane"}]}, {"author": {"name": "Jane"}}):
        first, second = articles({**feed, **authors})
        assert (first.title, first.byline, first.published) == ("A", "Jane", date(2020, 5, 1))
        assert (first.member, first.language, first.url) == ("https://x.org/1", "en", "https://x.org/1")
        assert blocks(first)[-1] == (BlockKind.PARAGRAPH, "One.")
        assert (second.member, second.byline, second.language) == ("2", "Guest, Other", "de")
        assert (second.title, second.published) == ("Two words. A line.", date(2021, 1, 2))


def test_the_place_is_the_records_own_name_and_else_its_text() -> None:
    records = [
        {"guid": "tag:x.org,2017:1", "url": "https://x.org/1", "title": "A", "text": "One."},
        {"url": "https://x.org/2", "title": "B", "text": "Two."},
        {"title": "C", "text": "Three."},
        {"_id": {"$oid": "5f1e"}, "title": "D", "text": "Four."},
        {"id": 0, "title": "E", "text": "Five."},
        {"id": "x" * 1000, "title": "F", "text": "Six."},
        {"id": "two\nlines\x1b[31m", "title": "G", "text": "Seven."},
    ]
    found = articles(lines(*records), "a.jsonl")
    assert [one.member for one in found] == [
        "tag:x.org,2017:1",
        "https://x.org/2",
        found[2].id,
        "5f1e",
        "0",
        found[5].id,
        "two lines␛[31m",
    ]


def test_a_broken_line_is_named_by_its_number_and_the_rest_is_read() -> None:
    data = b"\xef\xbb\xbf" + lines(
        {"id": "a", "text": "One."},
        b"",
        b'{"id": "b", "text": "Two',
        b'{"id": "c", "text": oops}',
        b"[" * 100_000,
        b"\x00\x01\x02\x03" * 50,
        {"id": "d", "title": "No text", "text": " "},
        {"id": "e", "text": "Five."},
    )
    found = outcome(data, "a.jsonl")
    assert [(item.member, item.title if isinstance(item, Article) else item.reason) for item in found] == [
        ("a", "One."),
        ("line 3", "It is no valid JSON: it is cut short."),
        ("line 4", "It is no valid JSON: it breaks off at column 21."),
        ("line 5", "The markup is nested too deeply."),
        ("line 6", "It is no valid JSON: it breaks off at column 1."),
        ("e", "Five."),
        ("", "1 record has no text under a name that Dateline knows."),
    ]


def test_a_broken_first_line_does_not_hide_that_it_is_one_a_line() -> None:
    found = outcome(lines(b'{"text": "On', {"id": "b", "text": "Two."}, {"id": "c", "text": "Three."}), "a.jsonl")
    assert [item.member for item in found] == ["line 1", "b", "c"]


def test_a_line_that_is_too_long_is_passed_over() -> None:
    data = lines({"id": "a", "text": "One."}, {"id": "b", "text": "x" * 3000}, {"id": "c", "text": "Three."})
    found = outcome(data, "a.jsonl", DEFAULT.replace(raw=2000))
    assert [item.member for item in found] == ["a", "line 2", "c"]
    assert isinstance(found[1], Problem) and found[1].reason.startswith("The line is longer")


def test_a_text_that_is_too_long_is_named() -> None:
    found = outcome(lines({"id": "a", "text": "x " * 1000}, {"id": "b", "text": "Two."}), "a.jsonl",
                    DEFAULT.replace(text=1000))  # fmt: skip
    assert found[0] == Problem("/x/a.jsonl", "read", "The text is longer than 1,000 characters.", "line 1")
    assert found[1].member == "b"


def test_content_decides_what_a_file_is_and_not_its_name() -> None:
    records = [{"id": f"n{n}", "title": f"Title {n}", "text": "Text."} for n in (1, 2)]
    as_lines = [one.member for one in articles(lines(*records), "a.json")]
    as_list = [one.member for one in articles(json.dumps(records, indent=1).encode(), "a.jsonl")]
    in_a_row = b" ".join(json.dumps(one, indent=1).encode() for one in records)
    assert as_lines == as_list == [one.member for one in articles(in_a_row)] == ["n1", "n2"]
    assert [one.text for one in articles(lines({"text": "One."}), "a.jsonl")] == ["One."]
    assert format_name(io.BytesIO(lines(*records)), "noext") == "json_file"
    assert format_name(io.BytesIO(b"{curly} [brackets]"), "noext") == "text"


def test_other_encodings_are_found_out() -> None:
    record = {"title": "Sørlandet", "text": "Blåbær på Østlandet, æøå."}
    raw = json.dumps([record], ensure_ascii=False)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
        (one,) = articles(raw.encode(encoding))
        assert one.title == "Sørlandet", encoding
    (one,) = articles(raw[1:-1].encode("cp1252") + b"\n", "a.jsonl")
    assert one.title == "Sørlandet"


def test_a_broken_record_of_a_list_is_named_and_the_rest_is_read() -> None:
    texts = [f"Text {n}" + ' with {brackets]} and "quotes\\.' for n in range(3)]
    good = [json.dumps({"id": f"n{n}", "title": "T", "text": text}) for n, text in enumerate(texts)]
    broken = '{"id": "b", "text": oops}'
    for raw in (f"[{good[0]}, {broken}, {good[1]}]", f'{{"a": {{"items": [{good[0]}, {broken}, {good[1]}]}}}}'):
        found = outcome(raw.encode())
        assert [item.member for item in found] == ["n0", "record 2", "n1"]
    cut = outcome(f'{{"ok": true, "items": [{good[0]}, {good[1]}, {good[2][:40]}'.encode())
    assert [item.member for item in cut] == ["n0", "n1", ""]
    assert isinstance(cut[2], Problem)
    assert cut[2].reason == "The JSON ends too early; what comes before that is read."


def test_a_list_that_is_too_large_to_be_held_is_read_object_by_object() -> None:
    def pieces() -> Any:
        yield b'{"meta": {"x": "' + b"y" * 5000 + b'"}, "articles": ['
        for number in range(5000):
            text = f'Text {number} \\\\ "\\" ü'
            yield json.dumps({"id": number, "title": "T", "text": text}, ensure_ascii=False).encode() + b",\n"
        yield (
            b'{"id": "big", "text": "'
            + b"z" * 30_000
            + b'"}, {"id": "last", "text": "Last \\u00fc.", "url": "https://x"}]}'
        )

    found = outcome(b"".join(pieces()), limits=DEFAULT.replace(raw=20_000))
    assert [item.member for item in found[:5000]] == [str(number) for number in range(5000)]
    assert [item.member for item in found[5000:]] == ["record 5002", "last"]
    assert isinstance(found[4321], Article)
    assert found[4321].text == 'T\n\nText 4321 \\\\ "\\" ü'


@pytest.mark.parametrize(
    "data",
    [
        {"name": "left-pad", "version": "1.3.0", "description": "String left pad", "main": "index.js", "author": "azer",
         "scripts": {"test": "node test"}, "repository": {"url": "https://x.org"}, "keywords": ["pad"]},
        {"name": "x", "lockfileVersion": 3, "packages": {"": {"name": "x"}, "node_modules/a": {"version": "1"}}},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None, "properties": {
            "title": "M 5.1 - 10 km", "description": "Quake", "url": "https://x.org", "text": "x" * 500}}]},
        {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Person", "description": "P", "url": "x"},
        {"menu": {"title": "File", "items": [{"text": "Open"}, {"text": "Close", "id": "c"}]}},
        {"compilerOptions": {"target": "es6"}, "include": ["src"]},
        {}, [], 5, "text", None, [1, 2, 3], [[]],
    ],
)  # fmt: skip
def test_json_that_is_no_article_is_passed_over_with_a_sentence(data: object) -> None:
    (problem,) = outcome(data)
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("This JSON holds no articles")


def test_what_is_no_json_says_where_it_breaks() -> None:
    (problem,) = outcome(b'{"a": 1,\n oops}')
    assert problem == Problem("/x/a.json", "read", "This is no valid JSON: it breaks off at line 2, column 2.")
    (empty,) = outcome(b"\n \n")
    assert isinstance(empty, Problem) and empty.reason == "There is no text in this file."


def test_a_large_file_without_articles_is_given_up() -> None:
    (problem,) = outcome(lines(*({"level": "info", "n": n} for n in range(5000))), "log.jsonl")
    assert isinstance(problem, Problem)
    assert problem.reason.endswith("1,000 records were looked at.")


def test_a_log_that_begins_with_an_article_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.formats.json_file._WITHOUT_END", 3000)
    found = outcome(lines({"id": "a", "text": "One."}, *({"n": n} for n in range(5000)), {"text": "Two."}), "a.jsonl")
    assert [item.member for item in found] == ["a", ""]
    assert isinstance(found[1], Problem)
    assert found[1].reason == "There is no article in 3,000 records in a row; the rest is left out."


def test_nesting_costs_no_more_than_it_is_long() -> None:
    deep: Any = "Deep"
    for _ in range(300):
        deep = [deep, deep] if isinstance(deep, str) else [deep]
    record = {"title": deep, "author": deep, "url": deep, "date": deep, "text": "Text.", "id": "x"}
    (one,) = articles(lines(record), "a.jsonl")
    assert one.text == "Text."


class Endless(io.RawIOBase):
    """A file that is made while it is read, of so many records."""

    def __init__(self, before: bytes, records: int, between: bytes, after: bytes) -> None:
        self._parts = self._made(before, records, between, after)
        self._rest = b""

    @staticmethod
    def _made(before: bytes, records: int, between: bytes, after: bytes) -> Iterator[bytes]:
        if before:
            yield before
        for number in range(records):
            yield json.dumps({"id": number, "title": f"T {number}", "text": f"{LONG * 10}{number}"}).encode() + between
        yield b'{"id": "last", "text": "Last.", "url": "https://x.org"}' + after

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, at: int, whence: int = 0) -> int:
        return at

    def readinto(self, buffer: Any) -> int:
        while len(self._rest) < len(buffer) and (part := next(self._parts, b"")):
            self._rest += part
        data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize(
    ("before", "between", "after"),
    [(b"", b"\n", b"\n"), (b'{"ok": 1, "data": {"items": [', b", ", b"]}}"), (b"[", b",", b"]")],
)
def test_a_file_of_many_megabytes_is_read_in_little_memory(before: bytes, between: bytes, after: bytes) -> None:
    limits = DEFAULT.replace(raw=50_000)
    list(json_file.read(io.BytesIO(lines({"title": "What is loaded", "text": "at first"})), "/x/a.jsonl", limits))
    tracemalloc.start()
    try:
        stream = io.BufferedReader(Endless(before, 1_200, between, after))
        count = sum(isinstance(item, Article) for item in json_file.read(stream, "/x/a.json", limits))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 1_201
    assert peak < 1_000_000, "of 4 MB"


def test_the_users_names_lead_to_fields_anywhere() -> None:
    fields = (
        ("title", ("kopf.titel",)),
        ("text", ("leer", "absätze.0.satz", "absätze.satz")),
        ("author", ("von",)),
        ("date", ("am.tag",)),
        ("url", ("wo.a.b",)),
        ("id", ("kopf.nr",)),
        ("language", ("sprache",)),
    )
    record = {
        "kopf": {"titel": "Gipfel", "nr": 12},
        "leer": "",
        "absätze": [{"satz": "Eins."}, {"satz": "Zwei."}],
        "von": [{"name": "Jana"}],
        "am": {"tag": "4. März 2017"},
        "wo": {"a.b": "https://x.org/1"},
        "sprache": "de",
        "title": "not this",
        "text": "nor this",
    }
    (one,) = articles([record], limits=DEFAULT.replace(errand=Errand(fields)))
    assert (one.title, one.byline, one.published, one.url, one.member, one.language) == (
        "Gipfel",
        "Jana",
        date(2017, 3, 4),
        "https://x.org/1",
        "12",
        "de",
    )
    assert one.text.endswith("\n\nEins.")
    (listed,) = articles([record], limits=DEFAULT.replace(errand=Errand((("text", ("absätze.satz",)),))))
    assert listed.text.endswith("Eins.\n\nZwei.")


def test_compressed_lines_are_read_as_they_unpack() -> None:
    data = lines(*({"id": f"n{n}", "title": f"Title {n}", "text": LONG + str(n)} for n in range(3000)))
    found = articles(gzip.compress(data), "a.jsonl.gz")
    assert len(found) == 3000
    assert found[-1].member == "n2999"
    cut = outcome(gzip.compress(data)[:-2000], "a.jsonl.gz")
    assert len(cut) > 1000
    assert all(isinstance(item, Article) for item in cut[:-1])
    assert cut[-1] == Problem(
        "/x/a.jsonl.gz", "read", "The compressed data end too early; what comes before that is read."
    )


def test_nothing_dangerous_comes_out_of_a_string() -> None:
    record = {"id": "\ud800\x9b", "title": "T\x1b]52;c;x\x07\ud800", "text": "\x1b[2J\u202e\udfff", "author": "\x00a"}
    (one,) = articles(lines(record), "a.jsonl")
    assert all(map(is_clean, (one.title, one.text, one.byline, one.member)))
    one.text.encode()


def test_one_that_is_asked_for_is_found_without_reading_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    article = json_file.record.article

    def counted(record: Any, *rest: Any, **more: Any) -> Article | None:
        made.append(record["id"])
        return article(record, *rest, **more)

    monkeypatch.setattr(json_file.record, "article", counted)
    data = lines(*({"id": f"tag:x.org,2017/n-{n}", "text": f"Text {n}."} for n in range(2000)))
    data = data.replace(b"/", b"\\/")
    found = articles(data, "a.jsonl", DEFAULT.replace(errand=Errand(wanted="tag:x.org,2017/n-1234")))
    assert "tag:x.org,2017/n-1234" in [one.member for one in found]
    assert len(made) == 1
