"""Links behind words are found again in the text that was read, and those around it are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.hrefs import hrefs_in

HTML = """<nav><a href="/start">Start</a> <a href="/about">About us</a></nav>
<p>As <a class=x href='https://a.example/1?x=1&amp;y=2'>the <b>Guardian</b>
 told</a>, and <a href=/relative>here</a>.</p> <a href="javascript:alert(1)">Start again</a> <a href="#top">told</a>"""
TEXT = "As the Guardian told, and here. Start again."


def shown(source: str, text: str, kind: str, base: str = "") -> list[tuple[str, str]]:
    """Return the words of each link, and its address."""
    return [(text[link.start : link.end], link.url) for link in hrefs_in(source, text, kind, base)]


def test_the_words_of_an_anchor_are_found_and_menus_are_not() -> None:
    assert shown(HTML, TEXT, "html") == [("the Guardian told", "https://a.example/1?x=1&y=2")]


def test_relative_links_lead_from_where_the_article_is_from() -> None:
    found = shown("<p><a href=/relative>here</a></p>", TEXT, "html", "https://b.example/x/y.html")
    assert found == [("here", "https://b.example/relative")]


def test_markdown_writes_words_and_address() -> None:
    source = 'As [the *Guardian* told](https://a.example/x_(y) "title"), ![told](https://p.example/1), [here](<b.md>).'
    assert shown(source, TEXT, "markdown") == [("the Guardian told", "https://a.example/x_(y)")]


def test_equal_words_are_found_one_after_the_other() -> None:
    source = "[here](https://a.example/1) and [here](https://a.example/2)"
    links = list(hrefs_in(source, "here and here", "markdown"))
    assert [(link.start, link.url) for link in links] == [(0, "https://a.example/1"), (9, "https://a.example/2")]


@given(st.text(alphabet="<a href=\"'>/[]()!x \n", max_size=300), st.sampled_from(["html", "markdown"]))
def test_whatever_a_file_holds_links_lie_in_the_text(source: str, kind: str) -> None:
    for link in hrefs_in(source, source, kind, "https://a.example/"):
        assert 0 <= link.start < link.end <= len(source)


def test_a_hostile_file_takes_no_long_time() -> None:
    hostile = ("<a href=" * 40_000, '<a href="x">' * 80_000, "[" * 100_000, "[x](" * 100_000, "<a " + "x " * 100_000)
    for source in hostile:
        assert list(hrefs_in(source, "x", "html")) == [] and list(hrefs_in(source, "x", "markdown")) == []


@pytest.mark.parametrize("before", range(20_000 - 14, 20_000 + 2))
def test_words_are_found_whole_wherever_the_looking_near_by_ends(before: int) -> None:
    text = "." * (before - 1) + " Guardian tolds, and the Guardian told"
    [link] = hrefs_in("<a href='https://a.example/'>Guardian told</a>", text, "html")
    assert (link.start, link.end) == (len(text) - 13, len(text))
    far = "." * (before - 1) + " Guardian told."
    assert len(list(hrefs_in("<a href='https://a.example/'>Guardian told</a>", far, "html"))) == 1


@pytest.mark.parametrize("words", ["a x a", "w{} b", "{} {}"])
def test_words_that_are_nowhere_are_not_looked_for_without_end(words: str) -> None:
    """What stands behind so many of them that all are looked for in vain is left out."""
    text = "x " + "a " * 500_000 + " ".join(map(str, range(20_000))) + " the end"
    anchors = "".join(f"<a href='https://a.example/'>{words.format(number, -number)}</a>" for number in range(20_000))
    good = "<a href='https://a.example/good'>the end</a>"
    assert list(hrefs_in(anchors[: anchors.find("</a>") + 4] + good, text, "html"))
    assert list(hrefs_in(anchors + good, text, "html")) == []


def test_a_long_page_full_of_menus_has_all_its_links() -> None:
    text = " ".join(f"As the paper told on day {number} in a section." for number in range(20_000))
    menu = "".join(f"<a href='https://a.example/'>the section {number}</a>" for number in range(400))
    links = "".join(f"<a href='https://a.example/{number}'>on day {number}</a>" for number in range(0, 20_000, 20))
    assert len(list(hrefs_in(menu + links + menu, text, "html"))) == 1_000


def test_a_tag_that_never_ends_costs_no_more_than_its_length() -> None:
    hostile = ("<a " + "href=" * 800 + "x" * 4000) * 20
    assert list(hrefs_in(hostile, "some text", "html")) == []


def test_an_address_that_is_none_costs_no_other_link() -> None:
    page = '<a href="http://[x">broken one</a> <a class=b href = "/good">good words</a>'
    [link] = hrefs_in(page, "broken one good words", "html", "https://example.org/")
    assert link.url == "https://example.org/good"
