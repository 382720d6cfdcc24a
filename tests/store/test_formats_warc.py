"""Web archives: pages by their addresses with the moment of their capture; what is broken named, and the rest read."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from store.article import Article, Problem, Unchanged
from store.formats import http_record
from store.formats.limits import DEFAULT, Limits
from store.formats.registry import Outlook, format_name, outlook, read

FIXTURES = Path(__file__).parents[1] / "fixtures" / "formats"
WORDS = "The ministers met on Monday and talked for a whole day about the summit. " * 6


def page(title: str, words: str = WORDS) -> bytes:
    return f"<html><title>{title}</title><article><h1>{title}</h1><p>{words}</p></article></html>".encode()


def answer(body: bytes, kind: str = "text/html", *fields: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *fields, "", ""]).encode() + body


def record(url: str, block: bytes, kind: str = "response", length: int | None = None) -> bytes:
    head = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", "WARC-Date: 2017-03-20T10:00:00Z",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block) if length is None else length}",
    ]  # fmt: skip
    return "\r\n".join([*head, "", ""]).encode() + block + b"\r\n\r\n"


A, B, C = (record(f"https://x.example/{name}", answer(page(f"Page {name}"))) for name in "abc")


def outcome(data: bytes, name: str = "x.warc", limits: Limits = DEFAULT) -> list[Article | Problem | Unchanged]:
    return list(read(io.BytesIO(data), "/x/" + name, limits))


def told(found: Iterable[Article | Problem | Unchanged]) -> dict[str, str]:
    return {one.member: one.title if isinstance(one, Article) else one.reason
            for one in found if not isinstance(one, Unchanged)}  # fmt: skip


@pytest.mark.parametrize("name", ["capture.warc", "pages.warc.gz"])
def test_pages_that_other_programs_captured_are_articles_with_address_and_moment(name: str) -> None:
    """Plain, chunked and packed answers; pictures, redirects and what was not found are no articles."""
    data = (FIXTURES / name).read_bytes()
    found = [one for one in outcome(data, name) if isinstance(one, Article)]
    titles = [one.title for one in found]
    for title in ("29 minutes", "Announcing FBOpen: Government opportunities made easier", "Ask us (almost) anything"):
        assert title in titles
    assert all(isinstance(one, Article) for one in outcome(data, name))
    first = next(one for one in found if one.title == "29 minutes")
    assert first.url == first.member and first.url.endswith("/0")
    assert str(first.published) == "2014-03-21" and first.retrieved.endswith("+00:00")
    if name == "pages.warc.gz":
        # Captured a second time, when its old address was asked for.
        assert [one.member.removeprefix(first.member).strip() for one in found if one.url == first.url] == [
            "", "2026-11-28T21:36:18Z",
        ]  # fmt: skip


def test_content_decides_and_names_promise() -> None:
    assert format_name(io.BytesIO(A), "backup") == "warc"
    assert outlook("a.warc") is outlook("a.warc.gz") is outlook("a.warc.wet.gz") is outlook("a.wacz") is Outlook.READ
    assert told(outcome(A + B, "backup")) == {"https://x.example/a": "Page a", "https://x.example/b": "Page b"}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("pages/pages.jsonl", '{"id": "1", "title": "Page a", "text": "' + WORDS + '"}\n')
        archive.writestr("archive/data.warc.gz", gzip.compress(A) + gzip.compress(B))
    assert list(told(outcome(made.getvalue(), "x.wacz"))) == [
        f"archive/data.warc.gz#https://x.example/{name}" for name in "ab"
    ]


def test_what_common_crawl_took_out_of_pages_is_read() -> None:
    words = record("https://x.example/a", f"A headline\n\n{WORDS}".encode(), "conversion")
    words = words.replace(b"application/http; msgtype=response", b"text/plain")
    (found,) = outcome(gzip.compress(words), "x.warc.wet.gz")
    assert isinstance(found, Article) and (found.title, found.url) == ("A headline", "https://x.example/a")


def test_a_page_is_read_in_the_encoding_that_its_server_names() -> None:
    body = page("Überraschung in Łódź".replace("Ł", "L")).decode().encode("cp1250")
    (found,) = outcome(record("https://x.example/a", answer(body, "text/html; charset=windows-1250")))
    assert isinstance(found, Article) and found.title == "Überraschung in Lódź"


def test_bodies_are_unpacked_as_their_heads_say_or_as_they_are() -> None:
    plain = page("Packed")
    raw = zlib.compressobj(wbits=-15)
    for fields, body in (
        (("Content-Encoding: gzip",), gzip.compress(plain)),
        (("Content-Encoding: gzip",), plain),
        (("Content-Encoding: deflate",), zlib.compress(plain)),
        (("Content-Encoding: deflate",), raw.compress(plain) + raw.flush()),
        (("Content-Encoding: br",), plain),
        (("Transfer-Encoding: chunked",), b"%x\r\n" % len(plain) + plain + b"\r\n0\r\n\r\n"),
        (("Transfer-Encoding: chunked",), plain),
    ):
        assert told(outcome(record("https://x.example/a", answer(body, "text/html", *fields)))) == {
            "https://x.example/a": "Packed"
        }, fields
    unknown = answer(b"\x1b\x0f\x00\xf8", "text/html", "Content-Encoding: br")
    assert told(outcome(record("https://x.example/a", unknown) + B)) == {
        "https://x.example/a": "It is packed in a way that Dateline does not know (br).",
        "https://x.example/b": "Page b",
    }


def test_a_record_that_lies_about_its_length_is_named_and_the_next_ones_are_read() -> None:
    block = answer(page("Page a"))
    for length in (len(block) + 200, len(block) + len(B) + 7, len(block) - 100, 0):
        found = told(outcome(record("https://x.example/a", block, length=length) + B + C))
        assert found.pop("https://x.example/b") == "Page b" and found.pop("https://x.example/c") == "Page c", length
        assert list(found.values()) == ["Its record is damaged."], length
    without = A.replace(b"Content-Length", b"Content-Lenght")
    assert told(outcome(without + B)) == {
        "https://x.example/a": "Its record does not say how long it is.", "https://x.example/b": "Page b",
    }  # fmt: skip
    assert told(outcome(A + b"rubbish\r\n" + B)) == {
        "https://x.example/a": "Page a",
        "a record without an address":
            "What stands behind https://x.example/a is no record; the next one is looked for.",
        "https://x.example/b": "Page b",
    }


def test_a_record_whose_packing_is_damaged_is_named_and_the_next_ones_are_read() -> None:
    middle = bytearray(gzip.compress(B))
    middle[len(middle) // 2] ^= 0xFF
    ends = gzip.compress(B)
    for broken in (bytes(middle), ends[:-8] + b"12345678", ends[: len(ends) // 2]):
        found = told(outcome(gzip.compress(A) + broken + gzip.compress(C), "x.warc.gz"))
        assert found.pop("https://x.example/a") == "Page a" and found.pop("https://x.example/c") == "Page c"
        assert found and "Page b" not in found.values()
    cut = told(outcome((gzip.compress(A) + gzip.compress(B))[:-30], "x.warc.gz"))
    assert cut == {
        "https://x.example/a": "Page a", "": "The compressed data end too early; what comes before that is read.",
    }  # fmt: skip
    assert told(outcome((A + B)[:-300])) == {
        "https://x.example/a": "Page a", "https://x.example/b": "The archive ends within this record.",
    }  # fmt: skip


def test_limits_hold_for_each_record_and_for_all() -> None:
    large = record("https://x.example/a", answer(page("Page a", WORDS * 300)))
    found = told(outcome(large + B, limits=DEFAULT.replace(raw=100_000)))
    assert found == {"https://x.example/a": "It is larger than 0.1 MB.", "https://x.example/b": "Page b"}
    bomb = answer(gzip.compress(b" " * 50_000_000), "text/html", "Content-Encoding: gzip")
    found = told(outcome(record("https://x.example/a", bomb) + B))
    assert "times its size" in found["https://x.example/a"] and found["https://x.example/b"] == "Page b"
    film = record("https://x.example/film", answer(b"x" * 30_000_000, "video/mp4"))
    assert told(outcome(film + B)) == {"https://x.example/b": "Page b"}
    liar = b"".join(record(f"https://x.example/{n}", b"x", length=9_000_000) for n in range(3_000))
    # What is put back is looked through again: not for ever.
    assert {one.reason for one in outcome(A + liar) if isinstance(one, Problem)} == {
        "Its record is damaged.", "183 more parts of this file cannot be read.",
    }  # fmt: skip


def test_an_archive_without_pages_says_so() -> None:
    assert told(outcome(record("dns:x.example", b"20170320\nx.example."))) == {
        "": "There is no page with a text in this web archive.",
    }  # fmt: skip
    assert told(outcome(b"WARC/1.0\r\n\r\n")) == {
        "a record without an address": "Its record does not say how long it is.",
    }  # fmt: skip


def test_of_an_archive_that_has_grown_only_what_is_new_is_read() -> None:
    known: list[int] = []

    def keep(fingerprint: int) -> bool:
        return fingerprint in known

    limits = DEFAULT.replace(errand=DEFAULT.errand.replace(keep=keep))
    first = outcome(gzip.compress(A) + gzip.compress(B), "x.warc.gz", limits)
    known += [one.raw for one in first if isinstance(one, Article)]
    assert len(known) == 2 and all(known)
    grown = outcome(gzip.compress(A) + gzip.compress(B) + gzip.compress(C), "x.warc.gz", limits)
    assert [type(one) for one in grown] == [Unchanged, Unchanged, Article]


def test_a_page_that_stands_at_another_address_or_moment_by_now_is_read_again() -> None:
    known: list[int] = []
    limits = DEFAULT.replace(errand=DEFAULT.errand.replace(keep=lambda raw: raw in known))
    (first,) = outcome(A, limits=limits)
    assert isinstance(first, Article)
    known.append(first.raw)
    for other in (A.replace(b"x.example/a", b"x.example/moved"), A.replace(b"2017-03-20", b"2018-03-20")):
        (found,) = outcome(other, limits=limits)
        assert isinstance(found, Article) and (found.url, found.retrieved) != (first.url, first.retrieved)


def test_only_so_much_of_an_answer_is_looked_through_for_the_end_of_its_head() -> None:
    for size, expected in ((60_000, {"https://x.example/a": "Page a", "https://x.example/b": "Page b"}),
                           (70_000, {"https://x.example/b": "Page b"})):  # fmt: skip
        block = answer(page("Page a"), "text/html", "X-Long: " + "x" * size)
        assert told(outcome(record("https://x.example/a", block) + B)) == expected


def test_a_record_whose_head_brings_the_reader_down_is_named_and_the_next_ones_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entered: list[str] = []
    body = http_record.body

    def brought_down(block: bytes) -> http_record.Body | None:
        if b"Page b" in block:
            raise RecursionError
        return body(block)

    monkeypatch.setattr(http_record, "body", brought_down)
    limits = DEFAULT.replace(errand=DEFAULT.errand.replace(enter=entered.append))
    found = told(outcome(A + B + B + C, limits=limits))
    names = [f"https://x.example/{name}" for name in ("a", "b", "b 2017-03-20T10:00:00Z", "c")]
    assert list(found) == names == entered and found[names[0]] == "Page a" and found[names[3]] == "Page c"


def test_captures_of_one_address_have_names_of_their_own_that_are_not_long() -> None:
    page_a = answer(page("Page a"))
    long = [record("https://x.example/" + "a" * 3_000 + name, page_a) for name in "xyz"]
    long = [one.replace(b"WARC-Date", b"WARC-Record-ID: <%d>%s\r\nWARC-Date" % (number, b"x" * 9_000))
            for number, one in enumerate(long)]  # fmt: skip
    # What was asked for elsewhere, and led on, takes no name away.
    led_on = record("https://x.example/" + "a" * 3_000, answer(b"", status="301 Moved"))
    names = [one.member for one in outcome(b"".join([led_on, *long])) if isinstance(one, Article)]
    assert len(set(names)) == 3 and names[0].endswith("/" + "a" * 1_982)
    assert names[1] == names[0] + " 2017-03-20T10:00:00Z" and names[2].startswith(names[0] + " <2>xxx")
    assert all(len(name) < 2_300 for name in names)
