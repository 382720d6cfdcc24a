"""Addresses, robots.txt, names of files, heads of files: what needs no net."""

from __future__ import annotations

import io
import os
import signal
import time
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.article import Article
from store.errors import FetchError, UsageError
from store.fetching.address import is_private, joined, target, web_address
from store.fetching.deadline import deadline
from store.fetching.entries import entries
from store.fetching.names import file_names, folder_name
from store.fetching.robots import parse
from store.formats import registry
from store.formats.opml import feeds
from store.formats.saved import HEAD, Saved, read_head, split, with_head
from store.formats.source import NoText


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("HTTPS://Example.org", "https://example.org/"),
        ("http://example.org/a b?q=ä#part", "http://example.org/a%20b?q=%C3%A4"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/%C3%BC"),
        ("http://example.org/a/../b/./c", "http://example.org/b/c"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("https://example.org:443/x", "https://example.org/x"),
        ("  https://example.org/\x1b]52;c;x  ", "https://example.org/%1B%5D52;c;x"),
    ],
)
def test_one_address_is_written_in_one_way(written: str, asked: str) -> None:
    assert web_address(written) == asked
    assert web_address(asked) == asked


@pytest.mark.parametrize(
    "written",
    [
        "", "example.org", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "http://", "http:///x",
        "http://user:pass@example.org/", "http://exa mple.org/", "http://[::1/", "http://example.org:99999/",
        "https://example.org/" + "a" * 3_000,
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_in_words(written: str) -> None:
    with pytest.raises(UsageError):
        web_address(written)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_link_on_any_page_leads_somewhere_or_is_refused(base: str, link: str) -> None:
    try:
        found = joined(f"https://example.org/{base}", link)
    except UsageError:
        return
    assert found.startswith(("http://", "https://")) and found.isascii() and found.isprintable()
    assert web_address(found) == found


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1%eth0", "fd00::1"],
)
def test_addresses_of_ones_own_network_are_known(address: str) -> None:
    assert is_private(address) and not is_private("93.184.215.14")


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: Dateline/1.0\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: dateline\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: a\nUser-agent: *\nDisallow: /x", "/x/y", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdfs", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a-b-c-d", False),
        ("User-agent: *\nDisallow: /fish\nAllow: /fish/x", "/fish/x/1", True),
        ("User-agent: *\nAllow: /p\nDisallow: /p", "/p", True),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe/x", False),
        ("User-agent: *\nDisallow: /ä", "/%C3%A4", False),
        ("User-agent: *\nDisallow: /?q=", "/?q=1", False),
        ("Disallow: /\nrubbish\n: :\nUser-agent", "/a", True),
    ],
)  # fmt: skip
def test_robots_txt_is_read_as_rfc_9309_has_it(rules: str, path: str, allowed: bool) -> None:
    assert parse(rules).allows(target(f"http://example.org{path}")) is allowed


@given(st.text(alphabet="*$/ab\n:#", max_size=200), st.text(alphabet="/ab*", max_size=200))
def test_any_rules_are_answered(pattern: str, path: str) -> None:
    assert parse(f"User-agent: *\nDisallow: {pattern}").allows("/" + path) in (True, False)


def test_a_rule_of_many_stars_takes_no_time_to_speak_of() -> None:
    assert parse("User-agent: *\nDisallow: /" + "*a" * 5_000 + "b$").allows("/" + "a" * 20_000)


@given(st.text(max_size=300), st.sampled_from(["", "2017-03-01"]), st.text(max_size=40))
def test_any_title_makes_a_short_safe_name(title: str, published: str, identity: str) -> None:
    names = list(file_names(title, published, identity))
    assert names == list(file_names(title, published, identity))
    for name in names:
        assert name == Path(name).name and name[0] not in ".-#~" and len(os.fsencode(name)) < 200
        assert name.isprintable() and name.endswith(".html") and not registry.is_leftover(name)
        assert registry.outlook(name) is registry.Outlook.READ


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ferry strike in Orkney!", "2017-03-01-ferry-strike-in-orkney.html"),
        ("../../etc/passwd", "2017-03-01-etc-passwd.html"),
        ("Über Élan: “straße”", "2017-03-01-uber-elan-strasse.html"),
        ("北京的雨", "2017-03-01-北京的雨.html"),
        ("\x1b]52;c;x\x07\u202e", "2017-03-01-52-c-x.html"),
        ("…", "2017-03-01-untitled.html"),
    ],
)
def test_a_name_says_day_and_title(title: str, name: str) -> None:
    assert next(file_names(title, "2017-03-01", "x")) == name


@pytest.mark.parametrize("host", ["www.example.org", "[::1]", "xn--bcher-kva.example", "..", ".", "a" * 300])
def test_any_site_makes_the_name_of_a_folder(host: str) -> None:
    name = folder_name(host)
    assert name and name[0] not in ".-" and "/" not in name and len(name) < 100
    assert folder_name("www.example.org") == "example.org"


PAGE = "<html lang=en><head><title>Its own title</title></head><body><p>" + "Words of the page. " * 30 + "</p></body>"


@given(st.text(max_size=60), st.text(max_size=60), st.dates(), st.text(max_size=40))
def test_what_a_head_says_is_read_back(title: str, byline: str, day: object, guid: str) -> None:
    saved = Saved(
        'https://example.org/a?b=1&c="2"',
        "2026-11-27T18:40:00+00:00",
        title=title,
        byline=byline,
        published=str(day),
        guid=guid,
    )
    data = with_head(saved, b"<p>text")
    found, rest = split(data.decode())
    assert found is not None and rest == "<p>text"
    assert found.url == saved.url and found.retrieved == saved.retrieved and found.published == str(day)
    again, _ = split(with_head(found, b"").decode())
    assert again == found and read_head(data[:HEAD]) == found


def test_a_saved_page_is_read_with_what_its_head_says(tmp_path: Path) -> None:
    saved = Saved(
        "https://example.org/a",
        "2026-11-27T18:40:00+00:00",
        title="Title <b> & “feed”",
        byline="A. Reporter",
        published="2017-03-01",
    )
    data = with_head(saved, PAGE.encode())
    (article,) = registry.read(io.BytesIO(data), "2014-01-01-x.html")
    assert isinstance(article, Article)
    assert (article.title, article.byline, str(article.published)) == (
        "Title <b> & “feed”",
        "A. Reporter",
        "2017-03-01",
    )
    assert (article.url, article.language) == ("https://example.org/a", "en")
    assert "Words of the page." in article.text and "dateline" not in article.text.lower()
    assert data.endswith(PAGE.encode())


def test_the_day_of_fetching_is_never_the_day_of_publication() -> None:
    data = with_head(Saved("https://example.org/a", "2026-11-27T18:40:00+00:00"), PAGE.encode())
    (article,) = registry.read(io.BytesIO(data), "2026-11-27-page.html")
    assert isinstance(article, Article) and article.published is None


@pytest.mark.parametrize(
    "text", ["<!doctype html>\n<p>x", '<!doctype html>\n<meta name="dateline:url" content="x">\n', ""]
)
def test_what_has_no_head_is_read_as_ever(text: str) -> None:
    assert split(text) == (None, text)


def test_a_list_of_feeds_is_read_whatever_its_nesting() -> None:
    data = b"""<?xml version="1.0"?><opml version="2.0"><body>
    <outline text="News"><outline text="One" xmlUrl="https://one.example/feed"/>
    <outline title="Two" XMLURL=" https://two.example/feed "/></outline>
    <outline text="One again" xmlUrl="https://one.example/feed"/><outline text="no feed"/></body></opml>"""
    assert [(one.title, one.url) for one in feeds(data)] == [
        ("One", "https://one.example/feed"), ("Two", "https://two.example/feed"),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"plain", b"<rss/>", b"\x00\xff", b"<html><body>"])
def test_what_is_no_list_of_feeds_is_refused(data: bytes) -> None:
    with pytest.raises(NoText):
        feeds(data)


def test_a_list_of_feeds_opens_no_file() -> None:
    data = (
        b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><outline xmlUrl="https://a.example/&x;"/></opml>'
    )
    assert not any("root:" in one.url for one in feeds(data))


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><author><name>The Desk</name></author>{}</feed>"""


def test_an_entry_says_title_people_day_link_and_text() -> None:
    data = ATOM.format("""<entry><id>tag:x,1</id><title type="html">Rain &lt;b&gt;again&lt;/b&gt;</title>
        <link href="/rain"/><published>2017-03-01T23:30:00-05:00</published>
        <author><name>A. Reporter</name></author>
        <content type="html">&lt;p&gt;It rained.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</content></entry>""")
    (one,) = entries(data.encode(), "https://example.org/feed")
    assert (one.title, one.byline, one.published) == ("Rain again", "A. Reporter", "2017-03-01")
    assert one.link == "https://example.org/rain" and one.whole
    assert "It rained." in one.content and "script" not in one.content


def test_an_entry_that_ends_in_three_dots_is_not_whole() -> None:
    item = "<item><title>T</title><link>https://example.org/{}</link><description>{}</description></item>"
    data = "<rss version='2.0'><channel><title>F</title>" + item.format(1, "Short.") + item.format(2, "Long. " * 400)
    data += item.format(3, "Long. " * 400 + "[…]") + "</channel></rss>"
    assert [one.whole for one in entries(data.encode(), "https://example.org/feed")] == [False, True, False]


def test_a_page_in_the_place_of_a_feed_names_its_feeds() -> None:
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>x</body></html>'
    with pytest.raises(FetchError, match=r"it names https://example.org/rss"):
        entries(page, "https://example.org/")


@pytest.mark.parametrize("data", [b"", b"plain", b"\x00\xff\x01", b"{}", b"<a>" * 100_000])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(FetchError):
        entries(data, "https://example.org/")


def test_a_feed_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    data = f'<!DOCTYPE f [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + ATOM.format(
        "<entry><id>1</id><title>&x;</title><content>&x;</content></entry>"
    )
    assert not any("secret words" in one.title + one.content for one in entries(data.encode(), "https://a.example/"))
    with pytest.raises(FetchError):
        entries(os.fsencode(secret), "https://a.example/")


def test_a_feed_that_was_made_to_be_read_for_hours_is_given_up() -> None:
    attributes = " ".join(f"a{n}='x'" for n in range(100_000))
    data = f"<rss version='2.0'><channel><item {attributes}/></channel></rss>".encode()
    with pytest.raises(FetchError, match="was given up"), deadline(0.2):
        feedparser.parse(io.BytesIO(data))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_deadline_that_comes_where_nothing_can_be_raised_comes_again() -> None:
    class Garbage:
        def __del__(self) -> None:
            time.sleep(10)

    with pytest.raises(FetchError, match="was given up"), deadline(0.1):
        Garbage()
        time.sleep(10)


@pytest.mark.parametrize("piece", [b"<![CDATA[", b"<!--", b"<a ", b"</", b"<"])
def test_broken_markup_without_end_is_looked_through_once(piece: bytes) -> None:
    with deadline(20), pytest.raises(FetchError):
        entries(piece * 20_000, "https://example.org/")


def test_a_deadline_leaves_the_alarm_of_others_as_it_was() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with deadline(5):
        assert signal.getsignal(signal.SIGALRM) is not before
    assert signal.getsignal(signal.SIGALRM) is before


def test_names_that_are_no_names_of_the_whole_net_are_their_feeds_own() -> None:
    item = "<item><title>T</title><guid isPermaLink='false'>17</guid></item>"
    data = f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>".encode()
    one, other = (entries(data, f"https://{site}.example/feed")[0] for site in ("a", "b"))
    assert one.guid == other.guid == "17" and not set(one.keys) & set(other.keys)
