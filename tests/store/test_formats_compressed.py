"""Compressed files: read like what is in them; broken, locked and exploding ones end with a sentence."""

from __future__ import annotations

import bz2
import functools
import gzip
import importlib
import io
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from store.article import Article, Problem
from store.formats import registry
from store.formats.folder import FoundFile, read_path, walk
from store.formats.limits import DEFAULT
from store.formats.registry import Outlook, format_name, handling, outlook, read
from store.formats.table import BY_NAME
from store.formats.unpacking import Unpacked, bzip2_stream, gzip_stream, xz_stream
from store.formats.zstd_file import zstd_stream

TEXT = b"Summit in Tokyo\n\nBy Jane Doe\n\nThe ministers met on Monday.\n"
PACKERS: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
NEEDS = BY_NAME["zstd_file"].needs
if registry._is_installed(NEEDS):
    _library = importlib.import_module(NEEDS)
    # As the program `zstd` does, and libraries do not unless they are asked.
    _SUMS = {_library.CompressionParameter.checksum_flag: 1}
    PACKERS["zst"] = functools.partial(_library.compress, options=_SUMS)


def outcome(data: bytes, name: str) -> list[Article | Problem]:
    return list(read(io.BytesIO(data), "/x/" + name))


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_compressed_article_is_the_same_article_at_the_same_kind_of_place(suffix: str) -> None:
    (plain,) = outcome(TEXT, "a.txt")
    (packed,) = outcome(PACKERS[suffix](TEXT), "a.txt." + suffix)
    assert packed == plain
    assert isinstance(packed, Article) and packed.member == ""


def test_content_decides_within_too() -> None:
    (page,) = outcome(gzip.compress(b"<html><title>Tokyo</title><p>Ministers met."), "a.gz")
    assert isinstance(page, Article) and page.title == "Tokyo"
    assert format_name(io.BytesIO(gzip.compress(TEXT)), "a.txt") == "compressed"


def test_several_streams_in_a_row_are_one_file_and_what_comes_behind_is_passed_over() -> None:
    (plain,) = outcome(TEXT, "a.txt")
    half = len(TEXT) // 2
    for suffix, pack in PACKERS.items():
        (both,) = outcome(pack(TEXT[:half]) + pack(TEXT[half:]) + b"\0" * 512, "a.txt." + suffix)
        assert both == plain, suffix
    (padded,) = outcome(gzip.compress(TEXT) + b"rubbish", "a.txt.gz")
    assert padded == plain


@pytest.mark.parametrize("suffix", PACKERS)
def test_the_next_stream_is_known_wherever_what_was_read_at_once_ends(suffix: str) -> None:
    make = {"gz": gzip_stream, "bz2": bzip2_stream, "xz": xz_stream, "zst": zstd_stream}[suffix]
    first, second = PACKERS[suffix](TEXT), PACKERS[suffix](b"The end.\n")
    for space in (b"", b"\0" * 4):
        for at in range(6):
            pieces = iter([first + space + second[:at], second[at : at + 1], second[at + 1 :]])
            assert Unpacked(pieces, make, DEFAULT, concatenated=True).readall() == TEXT + b"The end.\n", (space, at)


def test_nothing_is_read_on_behind_what_begins_no_stream() -> None:
    packed = gzip.compress(TEXT)
    stream = Unpacked(iter([packed, b"rubbish", packed]), gzip_stream, DEFAULT, concatenated=True)
    assert stream.readall() == TEXT and stream.readall() == b""


def test_the_name_promises_what_the_inner_name_does(tmp_path: Path) -> None:
    assert outlook("a.txt.gz") is outlook("a.gz") is outlook("A.HTML.XZ") is Outlook.READ
    assert outlook("a.png.gz") is Outlook.IGNORED
    assert outlook("a.odt.gz") is Outlook.NOT_YET
    for name in ("a.txt.gz", "a.odt.gz", "backup.tar.gz", "a.png.gz"):
        (tmp_path / name).write_bytes(gzip.compress(TEXT))
    found = list(walk(tmp_path))
    assert [Path(item.path).name for item in found if isinstance(item, FoundFile)] == ["a.txt.gz", "backup.tar.gz"]
    assert [item.reason for item in found if isinstance(item, Problem)] == [
        "Dateline does not read OpenDocument texts yet.",
    ]


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_file_that_is_cut_short_or_damaged_is_a_problem(suffix: str) -> None:
    data = PACKERS[suffix](TEXT * 20)
    cut = outcome(data[:-20], "a.txt." + suffix)
    assert cut == [
        Problem(f"/x/a.txt.{suffix}", "read", "The compressed data end too early; what comes before that is read.")
    ]
    middle = len(data) // 2
    flipped = data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]
    (problem,) = outcome(flipped, "a.txt." + suffix)
    assert isinstance(problem, Problem)
    assert problem.reason == "The compressed data are damaged; what comes before that is read."


def test_what_is_not_compressed_is_said_not_to_be() -> None:
    (problem,) = outcome(TEXT, "a.txt.gz")
    assert isinstance(problem, Problem)
    assert problem.reason == "By its name this file is compressed, but it is not."


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_bomb_stops_at_a_hundred_times_its_size(suffix: str) -> None:
    (problem,) = outcome(PACKERS[suffix](b" " * 60_000_000), "a.txt." + suffix)
    assert isinstance(problem, Problem)
    assert problem.reason == "It unpacks to more than 100 times its size; the rest is left out."


def test_what_has_to_be_held_as_a_whole_stops_at_its_own_limit() -> None:
    noise = bytes(range(32, 127)) * 400_000
    (problem,) = read(io.BytesIO(gzip.compress(noise)), "/x/a.txt.gz", DEFAULT.replace(ratio=1000))
    assert isinstance(problem, Problem)
    assert problem.reason == "The file is larger than 20 MB."


def test_archives_within_archives_end() -> None:
    data = TEXT
    for _ in range(4):
        data = gzip.compress(data)
    (article,) = outcome(data, "a.txt.gz.gz.gz.gz")
    assert isinstance(article, Article)
    (problem,) = outcome(gzip.compress(data), "a.txt.gz.gz.gz.gz.gz")
    assert isinstance(problem, Problem)
    assert problem.reason == "It lies too deep: an archive in an archive in an archive."


def test_an_archive_on_disk_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT))
    (article,) = read_path(str(tmp_path / "a.txt.gz"))
    assert isinstance(article, Article) and article.title == "Summit in Tokyo"


def test_without_the_extra_a_zstandard_file_names_it_and_is_read_once_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert outlook("a.jsonl.zst") is Outlook.READ
    _, with_it = handling("a.jsonl.zst", DEFAULT)
    monkeypatch.setattr(registry, "_is_installed", lambda module: module != NEEDS)
    (problem,) = outcome(b"\x28\xb5\x2f\xfd" + b"x" * 100, "a.jsonl.zst")
    assert isinstance(problem, Problem)
    assert problem.reason == (
        "Reading files compressed with Zstandard needs an extra: install it with `pip install 'dateline[zst]'`."
    )
    _, without = handling("a.jsonl.zst", DEFAULT)
    assert without != with_it or with_it.endswith("-zst")


@pytest.mark.skipif("zst" not in PACKERS, reason="the extra zst is not installed")
def test_a_zstandard_file_that_would_look_back_too_far_takes_no_memory() -> None:
    library = importlib.import_module(NEEDS)
    wide = {library.CompressionParameter.window_log: 30, library.CompressionParameter.content_size_flag: 0}
    packer = library.ZstdCompressor(options=wide)
    (problem,) = outcome(packer.compress(TEXT) + packer.flush(), "a.txt.zst")
    assert isinstance(problem, Problem) and problem.reason == "It asks for too much memory to be unpacked."
    frame = b"\x50\x2a\x4d\x18\x04\0\0\0four"
    (article,) = outcome(frame + library.compress(TEXT) + frame, "a.txt.zst")
    assert isinstance(article, Article)


@pytest.mark.parametrize("suffix", sorted(PACKERS.keys() - {"bz2"}))  # which packs a megabyte as one
def test_lines_before_damage_are_read(suffix: str) -> None:
    lines = b"".join(b'{"title": "Line %d", "text": "%s"}\n' % (n, b"%x " % (n * 7919**3) * 40) for n in range(400))
    cut = outcome(PACKERS[suffix](lines)[:-400], f"a.jsonl.{suffix}")
    assert isinstance(cut[0], Article) and cut[0].title == "Line 0" and isinstance(cut[-1], Problem)
