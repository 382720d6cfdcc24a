"""Addresses are found where a reader sees them, and nothing else is ever one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.links import SCHEMES, goes_to, links_in, normal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://example.org/a?b=1#c.", ["https://example.org/a?b=1#c"]),
        ("(https://en.wikipedia.org/wiki/Abe_(Noh)), and", ["https://en.wikipedia.org/wiki/Abe_(Noh)"]),
        ("<http://example.org>, “https://a.example/x”", ["http://example.org", "https://a.example/x"]),
        ("www.example.org/x, or write to desk@example.org!", ["https://www.example.org/x", "mailto:desk@example.org"]),
        ("mailto:a@b.example?subject=x", ["mailto:a@b.example?subject=x"]),
        ("HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]),
        ("https://bücher.example/ä", ["https://xn--bcher-kva.example/%C3%A4"]),
        ("file:///etc/passwd javascript:alert(1) ftp://a.example data:x", []),
        ("http:// https://. www. a@b @name x@y.z", []),
        ("https://a.example:port/ https://[::1/", []),
        ("https://safe.example\u202egro.live", ["https://safe.example"]),
        ("https://a.example/\x1b]0;x\x07", ["https://a.example/"]),
        ("1@2.example.com/3", ["mailto:1@2.example.com"]),
    ],
)
def test_what_is_a_link(text: str, found: list[str]) -> None:
    assert [link.url for link in links_in(text)] == found


@example("\ud800", "https://")
@given(st.text(alphabet=st.characters(), max_size=80), st.sampled_from(["https://", "www.", "mailto:a@", "a@b.de "]))
def test_whatever_stands_in_a_text_a_link_is_plain_and_of_a_known_scheme(text: str, lead: str) -> None:
    whole = f"{text} {lead}{text}"
    end = 0
    for link in links_in(whole):
        assert end <= link.start < link.end <= len(whole)
        end = link.end
        assert link.url.isascii() and link.url.isprintable() and " " not in link.url
        assert link.url.partition(":")[0].lower() in SCHEMES


def test_it_is_told_where_a_link_really_leads() -> None:
    assert goes_to("https://bank.example@evil.example/x") == "evil.example"
    assert goes_to("mailto:a@b.example?subject=x") == "a@b.example"


@pytest.mark.parametrize("url", ["file:///x", "javascript:alert(1)", "-https://x", "", "x", "--version", "https:///x"])
def test_nothing_but_the_web_and_mail_is_handed_on(url: str) -> None:
    assert normal(url) == ""
