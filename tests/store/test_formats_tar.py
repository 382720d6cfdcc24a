"""Tar archives: read while they go by, members by their inner paths, what is broken named and the rest read."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from store.article import Article, Problem
from store.formats.registry import Outlook, format_name, outlook, read

FIXTURES = Path(__file__).parents[1] / "fixtures" / "formats"
LONG = f"{'x' * 90}/{'y' * 90}.txt"
MEMBERS = (
    ("a.txt", b"First\n\nText."),
    ("./sub/2014-09-25-b.md", b"# Second\n\nText."),
    (LONG, b"Third\n\nText."),
    ("pic.png", b"\x89PNG\r\n\x1a\n" + b"x" * 5_000),
    (".hidden/a.txt", b"no"),
    ("scan.odt", b"no"),
    ("ü.txt", "Fünfte\n\nText.".encode()),
)
FOUND = {
    "a.txt": "First",
    "sub/2014-09-25-b.md": "Second",
    LONG: "Third",
    "scan.odt": "Dateline does not read OpenDocument texts yet.",
    "ü.txt": "Fünfte",
}


def packed(members: Iterable[tuple[str, bytes]], format: int = tarfile.PAX_FORMAT) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=format) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return made.getvalue()


def outcome(data: bytes, name: str = "a.tar") -> list[Article | Problem]:
    return list(read(io.BytesIO(data), "/x/" + name))


def members(found: Iterable[Article | Problem]) -> dict[str, str]:
    return {item.member: item.title if isinstance(item, Article) else item.reason for item in found}


@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_members_are_read_like_files_in_a_folder(format: int) -> None:
    data = packed(MEMBERS, format)
    assert members(outcome(data)) == FOUND
    assert format_name(io.BytesIO(data), "backup") == "tar"
    for name in ("a.tar.gz", "a.tgz", "a"):
        assert members(outcome(gzip.compress(data), name)) == FOUND, name
    assert outlook("a.tgz") is outlook("a.tar.xz") is outlook("a.tar") is Outlook.READ


def test_an_archive_that_is_cut_short_or_damaged_gives_what_comes_before() -> None:
    data = packed([("a.txt", b"First\n\nText."), ("b.txt", b"Second " * 300), ("c.txt", b"Third\n\nText.")])
    cut = members(outcome(data[: 512 * 3 + 700]))
    assert len(cut) == 2 and cut["a.txt"] == "First" and cut["b.txt"].startswith("The archive ends within this member")
    hidden = packed([(".hidden.txt", b"x" * 5_000)])
    assert members(outcome(hidden[:3_000]))[""].startswith("The archive ends too early")
    header = bytearray(data)
    header[512 * 2 + 3] ^= 1
    assert members(outcome(bytes(header))) == {
        "a.txt": "First",
        "": "The archive is damaged; what comes before that is read.",
    }
    assert members(outcome(data[: 512 * 2 + 100]))[""].startswith("The archive ends too early")
    assert members(outcome(packed([]))) == {"": "There is nothing to read in this archive."}


def test_a_header_is_not_believed_about_how_long_a_name_is_or_what_a_hole_holds() -> None:
    info = tarfile.TarInfo("long")
    info.type, info.size = b"L", 8_000_000_000
    (problem,) = outcome(info.tobuf(tarfile.GNU_FORMAT) + b"x" * 5_000)
    assert problem == Problem("/x/a.tar", "read", "There is nothing to read in this archive.")
    hole = tarfile.TarInfo("hole.txt")
    hole.type, hole.size = b"S", 512
    found = members(outcome(hole.tobuf(tarfile.GNU_FORMAT) + b"x" * 512 + packed([("a.txt", b"First\n\nText.")])))
    assert found == {"hole.txt": "It is stored with holes, which Dateline does not fill.", "a.txt": "First"}


def test_a_bomb_in_an_archive_stops() -> None:
    data = packed([("bomb.txt", b"0 " * 12_000_000), ("a.txt", b"First\n\nText.")])
    found = members(outcome(gzip.compress(data), "a.tgz"))
    assert "times its size" in "".join(found.values()) or "larger than" in found["bomb.txt"]


@pytest.mark.parametrize("size", [b"-0000000001\0", b"+0000000007\0", b"0000000_1_0\0", b"0o000000007\0"])
def test_a_size_is_an_octal_number_and_nothing_else(size: bytes) -> None:
    data = bytearray(packed([("a.txt", b"Words"), ("b.txt", b"More")]))
    data[124:136] = size
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    [problem] = outcome(bytes(data))
    assert isinstance(problem, Problem) and "damaged" in problem.reason


def test_a_hard_link_does_not_swallow_the_member_behind_it() -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT) as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname, link.size = tarfile.LNKTYPE, "a.txt", 1024
        archive.fileobj.write(link.tobuf(tarfile.GNU_FORMAT))  # type: ignore[union-attr]
        info = tarfile.TarInfo("a.txt")
        info.size = 12
        archive.addfile(info, io.BytesIO(b"Title\n\nWords"))
    assert members(outcome(made.getvalue())) == {"a.txt": "Title"}


def test_the_map_of_a_file_with_many_holes_is_passed_over() -> None:
    """GNU tar writes it in blocks of its own behind the header, which no size counts."""
    packed_by_tar = FIXTURES / "holes.tar.gz"
    found = members(outcome(packed_by_tar.read_bytes(), packed_by_tar.name))
    assert found == {
        "holes.txt": "It is stored with holes, which Dateline does not fill.", "post.md": "Ask us (almost) anything",
    }  # fmt: skip
    data = gzip.decompress(packed_by_tar.read_bytes())
    assert data[482] and members(outcome(data[:700]))[""].startswith("The archive ends too early")
