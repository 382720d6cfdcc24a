"""JSON: articles under the names that people give to fields, whole or in lines, with a place of their own each."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.article import BlockKind
from store.formats.errand import Errand
from store.formats.limits import DEFAULT
from tests.store.json_articles import LONG, articles, blocks, lines

FEED = Path(__file__).parents[3] / "shared" / "corpus" / "articles" / "feedparser" / "json" / "example.json"
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
