"""JSON files: broken, large, endless, compressed, in other encodings; and where one article is in them."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from store.article import Article, Problem
from store.formats import json_file
from store.formats.clean import is_clean
from store.formats.errand import Errand
from store.formats.limits import DEFAULT
from store.formats.registry import format_name
from tests.store.json_articles import LONG, articles, lines, outcome


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
