"""HTML: the main text of a page, without its furniture; nothing is fetched and nothing hangs."""

from __future__ import annotations

import io
import socket
from datetime import date

import pytest

from store.article import Article, BlockKind
from store.formats import html
from store.formats.clean import is_clean
from store.formats.limits import DEFAULT
from store.formats.source import NoText

WORDS = "The ferries stood still on Thursday after crews walked out, for the third time in as many weeks. "
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Ferry strike | The Post</title>
<meta name="author" content="Anna Lind">
<meta property="article:published_time" content="2024-05-06T23:30:00-05:00">
<meta property="og:title" content="Ferry strike leaves islands waiting">
<link rel="canonical" href="https://post.example/ferry"><style>p {{}}</style></head><body>
<header><nav><a href="/">Home</a> <a href="/w">World</a></nav></header>
<article><h1>Ferry strike leaves islands waiting</h1>
<p>{WORDS * 3}</p><h2>What the crews want</h2>
<figure><img src="https://evil.example/x.jpg">
<figcaption>A ferry in Kirkwall. Photo: Anna Lind</figcaption></figure>
<p>{WORDS * 3}</p><blockquote><p>We never agreed to this plan and will not.</p></blockquote>
<ul><li>More pay<ul><li>at once</li></ul></li><li>More rest</li></ul><pre>a = 1
b = 2</pre><p>{WORDS * 2}<br>The end.</p></article>
<aside>Related: other news</aside><footer>Copyright The Post</footer><script>steal()</script></body></html>"""


def read(page: str | bytes, path: str = "/x/page.html") -> Article:
    data = page if isinstance(page, bytes) else page.encode()
    (article,) = html.read(io.BytesIO(data), path, DEFAULT)
    assert isinstance(article, Article)
    return article


def test_the_main_text_is_found_and_the_furniture_is_not() -> None:
    article = read(PAGE)
    for gone in ("Home", "Related", "Copyright", "steal", "{}"):
        assert gone not in article.text
    found = [(block.kind, block.level) for block in article.blocks]
    assert found == [
        (BlockKind.TITLE, 0),
        (BlockKind.BYLINE, 0),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.HEADING, 2),
        (BlockKind.CAPTION, 0),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.QUOTE, 1),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.LIST_ITEM, 2),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.CODE, 0),
        (BlockKind.PARAGRAPH, 0),
    ]
    assert article.text.count("Ferry strike leaves islands waiting") == 1


def test_a_page_says_title_author_day_language_and_address() -> None:
    article = read(PAGE)
    assert article.title == "Ferry strike leaves islands waiting"
    assert article.byline == "Anna Lind"
    assert article.published == date(2024, 5, 6)
    assert article.language == "en"
    assert article.url == "https://post.example/ferry"


@pytest.mark.parametrize(
    "mark",
    [
        '<meta property="og:locale" content="de_DE">',
        '<meta http-equiv="Content-Language" content="de">',
        '<meta name="DC.language" content="de-AT">',
        '<meta itemprop=inLanguage content=de>',
        '<script type="application/ld+json">{"@type": "Article", "inLanguage": "de"}</script>',
    ],
)
def test_a_language_is_found_where_it_is_marked(mark: str) -> None:
    assert read(f"<!doctype html><html><head>{mark}</head><body><article><p>{WORDS * 4}</p></article>").language == "de"


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "author": [{"name": "Anna Lind"}], "datePublished": "2024-05-06"}',
        '[{"@type": "Organization", "name": "Post"}, {"@type": ["BlogPosting"], "author": "By Anna Lind",'
        ' "datePublished": "2024-05-06T23:00:00-05:00"}]',
        '<!--{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {"@type": "ReportageNewsArticle",'
        '"author": {"name": "Anna\nLind"}, "dateCreated": "2024-05-06"}]};-->',
    ],
)
def test_what_search_engines_are_told_is_read(block: str) -> None:
    head = f'<title>Strike</title><script type="application/ld+json">{block}</script>'
    article = read(f"<!doctype html><html><head>{head}</head><body><article><p>{WORDS * 4}</p></article>")
    assert (article.title, article.byline, article.published) == ("Strike", "Anna Lind", date(2024, 5, 6))


@pytest.mark.parametrize(
    "block", ["", "{", "[" * 5000, "null", '{"@type": "Article", "author": 7}', '{"@graph": [[[[{}]]]]}']
)
def test_what_they_are_told_wrongly_costs_nothing(block: str) -> None:
    head = f'<title>Strike</title><script type="application/ld+json">{block}</script>'
    article = read(f"<!doctype html><html><head>{head}</head><body><article><p>{WORDS * 4}</p></article>")
    assert article.title == "Strike"


def test_a_date_that_merely_stands_on_the_page_is_not_its_date() -> None:
    page = (
        f"<html><body><article><h1>Ferries</h1><p>{WORDS * 5}</p></article><footer>© 2019 The Post</footer>"
    )
    assert read(page).published is None


def test_a_byline_under_the_headline_is_read() -> None:
    page = f"<title>Ferries</title><h1>Ferries</h1><p>By Clara Osei · 19 February 2018</p><p>{WORDS * 4}</p>"
    article = read(page)
    assert article.published == date(2018, 2, 19)
    assert "Clara Osei" in article.byline


def test_a_short_page_is_read_as_it_stands() -> None:
    article = read("<h1>Notice</h1><p>Tokyo is <b>closed</b>.</p><ul><li>one</li></ul><script>x</script>")
    assert article.title == "Notice"
    assert "Tokyo is closed." in article.text
    assert "x" not in article.text.split()


def test_character_references_to_controls_are_cleaned() -> None:
    article = read("<p>&#27;[2J&#155;31m &#7; &#0; &#x202e; &#55296; &bogus; Tokyo</p>")
    assert is_clean(article.text)
    assert "Tokyo" in article.text


def test_soft_hyphens_leave_whole_words() -> None:
    assert "Donaudampfschiff" in read("<p>Donau&shy;dampf&shy;schiff und mehr</p>").text


def test_a_page_with_only_a_title_shows_it() -> None:
    assert read("<title>only title Tokyo</title>").title == "only title Tokyo"


def test_a_page_without_text_is_said_to_be_one() -> None:
    with pytest.raises(NoText):
        read("<html><head></head><body><script>x()</script></body></html>")


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 20_000 + "Tokyo" + "</div>" * 20_000,
        "<p>Tokyo</p>" + "<b><i>" * 100_000,
        "<p>Tokyo</p>" + "<!--" * 200_000,
        "<p>Tokyo</p>" + "<a href='" * 100_000,
        "<p>Tokyo</p>" + "&" * 500_000,
        "<ul><li>Tokyo" * 3_000,
        "<p>Tokyo</p>" + "<![CDATA[" * 100_000,
        "<table>" * 3_000 + "<tr><td>Tokyo",
        "<p>Tokyo</p>" + "<script>" * 50_000,
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">Tokyo",
        "<table>" + "<tr><td>Tokyo<td>Moscow" * 30_000,
    ],
    ids=range(11),
)
@pytest.mark.timeout(20)
def test_nested_and_broken_markup_ends_and_keeps_its_words(bomb: str) -> None:
    assert "Tokyo" in read(bomb).text


@pytest.mark.timeout(30)
def test_five_megabytes_of_nested_tags_end() -> None:
    assert "Tokyo" in read("<div><p>" * 300_000 + "Tokyo" + "</p></div>" * 300_000).text


def test_reading_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page asked for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    read(PAGE)
    read('<!DOCTYPE html SYSTEM "http://evil.example/x.dtd"><html><body><p>Tokyo &x;</p></body></html>')
