"""Zip archives: members by their inner paths, hostile names tamed, what is broken named and the rest read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from store.article import Article, Problem, Unchanged
from store.formats.limits import DEFAULT
from store.formats.registry import read


def packed(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def outcome(data: bytes, name: str = "a.zip") -> list[Article | Problem]:
    return list(read(io.BytesIO(data), "/x/" + name))


def members(found: Iterable[Article | Problem]) -> dict[str, str]:
    return {item.member: item.title if isinstance(item, Article) else item.reason for item in found}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_members_are_read_like_files_in_a_folder(method: int) -> None:
    data = packed(
        [
            ("a.txt", b"First\n\nText."),
            ("sub/", b""),
            ("sub/2014-09-25-b.md", b"# Second\n\nText."),
            ("c.html", b"<html><title>Third</title><p>Text of it."),
            ("pic.png", b"\x89PNG\r\n\x1a\n"),
            (".hidden.txt", b"no"),
            ("__MACOSX/._a.txt", b"no"),
            ("a.txt~", b"no"),
            ("scan.odt", b"no"),
        ],
        method,
    )
    found = outcome(data)
    assert members(found) == {
        "a.txt": "First",
        "sub/2014-09-25-b.md": "Second",
        "c.html": "Third",
        "scan.odt": "Dateline does not read OpenDocument texts yet.",
    }
    assert [str(item.published) for item in found if isinstance(item, Article)] == ["None", "2014-09-25", "None"]
    assert [item.path for item in found if isinstance(item, Problem)] == ["/x/a.zip"]


def test_archives_in_an_archive_name_both_places() -> None:
    inner = packed([("deep/a.txt", b"First\n\nText.")])
    assert members(outcome(packed([("inner.zip", inner)]))) == {"inner.zip#deep/a.txt": "First"}


def test_a_broken_member_is_named_and_the_rest_is_read() -> None:
    data = bytearray(packed([(f"{n}.txt", b"Title\n\n" + bytes([97 + n]) * 50) for n in range(3)], zipfile.ZIP_STORED))
    at = data.index(b"bbbbb")
    data[at] ^= 1
    assert members(outcome(bytes(data))) == {
        "0.txt": "Title",
        "1.txt": "It is damaged: its checksum is another.",
        "2.txt": "Title",
    }


def test_a_member_that_is_cut_out_is_named() -> None:
    data = packed([("a.txt", b"A\n\nText."), ("b.txt", b"B\n\nText.")])
    at = data.index(b"PK\x03\x04")
    assert members(outcome(data[:at] + b"XX" + data[at + 2 :]))["a.txt"].startswith("It is damaged")


def test_encrypted_members_and_unknown_methods_are_named() -> None:
    data = bytearray(packed([("a.txt", b"A\n\nText."), ("b.txt", b"B\n\nText."), ("c.txt", b"C\n\nText.")]))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 1)
    data[first + 8] |= 1
    data[second + 10 : second + 12] = struct.pack("<H", 98)
    assert members(outcome(bytes(data))) == {
        "a.txt": "It is encrypted; unpack it with its password to read it.",
        "b.txt": "It is compressed in a way that Dateline does not know.",
        "c.txt": "C",
    }


def test_hostile_names_lead_nowhere() -> None:
    names = [
        "../../etc/passwd.txt",
        "/etc/motd.txt",
        "C:\\temp\\x.txt",
        "a/../../b.txt",
        "a\x1b[31m.txt",
        "..//.//./c.txt",
    ]
    data = packed([(name, f"Text {number}\n\nfor all.".encode()) for number, name in enumerate(names)])
    assert list(members(outcome(data))) == [
        "etc/passwd.txt",
        "etc/motd.txt",
        "temp/x.txt",
        "a/b.txt",
        "a␛[31m.txt",
        "c.txt",
    ]


def test_names_that_are_no_utf_8_are_read_with_what_dos_wrote() -> None:
    data = packed([("xxxxx.txt", b"A\n\nText."), ("yyyyy.txt", b"B\n\nText.")])
    data = data.replace(b"xxxxx.txt", b"caf\x82s.txt").replace(b"yyyyy.txt", b"\xff\0..y.txt")
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 1)
    flagged = bytearray(data)
    flagged[second + 9] |= 0x08
    found = members(outcome(bytes(flagged)))
    assert found == {"cafés.txt": "A", "�": "B"}


def test_bombs_stop() -> None:
    (one,) = outcome(packed([("a.txt", b" " * 60_000_000)]))
    assert isinstance(one, Problem)
    assert (one.member, one.reason) == ("a.txt", "It unpacks to more than 100 times its size; the rest is left out.")


def test_members_that_overlap_stop_at_a_hundred_times_the_archive() -> None:
    """As in Fifield's zip bomb: a thousand entries that all are the same megabytes, each of them harmless."""
    words = b"\n\n".join(str(number * 7919 % 1_000_003).encode() for number in range(200_000))
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflate.compress(words) + deflate.flush()
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(words), len(body), len(words), 5, 0)
    data = local + b"a.txt" + body
    start = len(data)
    for _ in range(1000):
        data += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, zlib.crc32(words), len(body), len(words),
                            5, 0, 0, 0, 0, 0, 0) + b"a.txt"  # fmt: skip
    data += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1000, 1000, len(data) - start, start, 0)
    found = list(read(io.BytesIO(data), "/x/a.zip", DEFAULT.replace(unpacked=2_000_000, ratio=5)))
    assert len(found) < 10
    last = found[-1]
    assert isinstance(last, Problem)
    assert last.reason == "The archive unpacks to more than 5 times its size; the rest is left out."


def test_office_documents_and_programs_are_no_archives() -> None:
    for mark in ("[Content_Types].xml", "META-INF/MANIFEST.MF"):
        (problem,) = outcome(packed([(mark, b"x"), ("a.txt", b"text")]))
        assert isinstance(problem, Problem)
        assert problem.reason.startswith("This is an office document")
    (kind,) = outcome(packed([("content.txt", b"x")]), "a.odt")
    assert isinstance(kind, Problem)
    assert kind.reason == "Dateline does not read OpenDocument texts yet."


def test_an_archive_that_is_cut_short_or_empty_says_so() -> None:
    data = packed([("a.txt", b"A\n\nText.")])
    for broken, reason in (
        (data[:-22], "The archive is cut short: the list of its members is missing."),
        (packed([]), "There is nothing to read in this archive."),
        (packed([("a.png", b"x")]), "There is nothing to read in this archive."),
        (b"just text", "The archive is cut short: the list of its members is missing."),
    ):
        (problem,) = outcome(broken)
        assert isinstance(problem, Problem)
        assert problem.reason == reason


def test_an_archive_behind_a_program_and_one_with_many_members_are_read(tmp_path: Path) -> None:
    data = packed((f"{number}.txt", b"Title %d\n\nText." % number) for number in range(70_000))
    found = outcome(b"#!/bin/sh\n" * 10 + data)
    assert len(found) == 70_000
    assert isinstance(found[-1], Article) and found[-1].member == "69999.txt"


def test_so_many_broken_members_are_named_and_the_others_counted() -> None:
    data = packed((f"{number}.txt", b"") for number in range(1000))
    found = outcome(data)
    assert len(found) == DEFAULT.problems + 1
    assert members(found)["…"] == "800 more parts of this file cannot be read."


def test_a_member_with_one_article_is_not_opened_again_whatever_it_is() -> None:
    feed = b"<rss version='2.0'><channel><item><guid>1</guid><title>Title</title><description>Ministers met." \
           b"</description></item></channel></rss>"  # fmt: skip
    data = packed([("feed.rss", feed), ("a.txt", b"First\n\nText.")])
    known: set[int] = set()
    entered: list[str] = []
    limits = DEFAULT.replace(errand=DEFAULT.errand.replace(keep=known.__contains__, enter=entered.append))
    first = list(read(io.BytesIO(data), "/x/a.zip", limits))
    known |= {one.raw for one in first if isinstance(one, Article)}
    assert entered == ["feed.rss", "feed.rss#1", "a.txt"]
    assert [type(one) for one in read(io.BytesIO(data), "/x/a.zip", limits)] == [Unchanged, Unchanged]
    assert len(entered) == 3
