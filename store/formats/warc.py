"""Web archives (WARC): every page that was captured is an article, named by its address, with the day of its capture.

What is packed is unpacked on the way in. A record that lies about its length, or whose packing is damaged, is told by
name, and the next one is looked for behind it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from store.article import Problem, Unchanged
from store.formats import http_record
from store.formats.clean import one_line
from store.formats.http_record import Body
from store.formats.limits import Limits, megabytes
from store.formats.record_source import RecordSource, has_record
from store.formats.registry import Item, marked, read_member
from store.formats.resuming import DAMAGE, END
from store.formats.saved import Saved
from store.formats.source import Damaged, NoText, TooLong, problem_of
from store.record import Record

_KINDS = {"application/pdf": "document.pdf", "text/plain": "text.txt"}
"""What is read beside pages, and a name that says what it is."""
_PAGES = ("text/html", "application/xhtml+xml")


class _Record(Record):
    """One record: what the archive says of it, and its bytes, as many as are wanted."""

    fields: dict[str, str]
    block: bytes
    length: int
    broken: str = ""
    """Why it cannot be used; a sentence."""

    @property
    def url(self) -> str:
        # Some programs put it into brackets.
        return one_line(self.fields.get("warc-target-uri", "").strip("<> "))[:2_000]

    @property
    def kind(self) -> str:
        return self.fields.get("warc-type", "").lower()


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Item]:
    """Read an archive's pages in their order; one that cannot be read is a problem with its name.

    Raises:
        Damaged, NoText: with a sentence for the user.
    """
    errand = limits.errand
    found = False
    names: set[int] = set()
    for record in _records(RecordSource(stream), limits):
        if not record.url:
            if record.broken:
                found = True
                yield Problem(path, "read", record.broken, "a record without an address")
            continue
        if not record.broken and not _may_hold_page(record):
            continue
        name = _name(record, names)
        wanted = errand.may_lie_in(name)
        # What it says of itself counts as well: the same page may stand at another address.
        raw = errand.fingerprint(f"{name}\n{record.fields}\n".encode("utf-8", "surrogatepass"), record.block)
        if not record.broken and errand.unchanged(raw):
            found = True
            names.add(hash(name))
            yield Unchanged()
            continue
        try:
            if wanted:
                errand.entering(name)
            if record.broken:
                raise Damaged(record.broken)
            body = _body(record)
            if body is None:
                continue
            names.add(hash(name))
            if not wanted:
                continue
            if len(record.block) < record.length:
                raise TooLong(f"It is larger than {megabytes(limits.raw)}.")
            read_items = list(marked(_items(record, body, name, path, limits), raw))
        except NoText:
            # Frames, counters and the like are captured as pages, too.
            continue
        except Exception as error:  # noqa: BLE001 - `problem_of` has a sentence for all of them
            names.add(hash(name))
            read_items = [problem_of(error, path, name)] if wanted else []
        found = True
        yield from read_items
    if not found:
        raise NoText("There is no page with a text in this web archive.")


def _records(source: RecordSource, limits: Limits) -> Iterator[_Record]:
    """Find the records; bytes between them that are none make the one before them, or a nameless one, broken."""
    line = source.start()
    if line and not _begins(line):
        yield _Record({}, b"", 0, "It does not begin with a record; the first one is looked for.")
        line = _next_start(source, line)
    while line:
        fields = source.fields()
        length = fields.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            yield _Record(fields, b"", 0, "Its record does not say how long it is.")
            line = _next_start(source, source.start())
            continue
        size = int(length)
        # What is not too large is held whole, so that nothing is lost where the length is wrong.
        held = source.take(size if size <= limits.raw else min(size, http_record.HEAD))
        missing = source.skip(size - len(held))
        closed = source.at_line_end()
        line = source.start()
        if not missing and (not line or _begins(line) or line == END):
            yield _Record(fields, held, size)
        elif not missing and closed and line != DAMAGE:
            yield _Record(fields, held, size)
            yield _Record({}, b"", 0, f"What stands behind {_told(fields)} is no record; the next one is looked for.")
        elif missing and not has_record(held):
            yield _Record(fields, held, size, "The archive ends within this record.")
        else:
            yield _Record(fields, held, size, "Its record is damaged.")
            line = source.back_to_record(held, line)
        line = _next_start(source, line)


def _begins(line: bytes) -> bool:
    return line.startswith((b"WARC/1.", b"WARC/0."))


def _told(fields: dict[str, str]) -> str:
    return one_line(fields.get("warc-target-uri", "") or "a record")[:200]


def _next_start(source: RecordSource, line: bytes) -> bytes:
    while line and not _begins(line):
        line = source.start()
    return line


def _may_hold_page(record: _Record) -> bool:
    """Whether a record is an answer, or what was made of one: no request, and nothing about the archive itself."""
    if record.kind == "response":
        return record.fields.get("content-type", "").lower().startswith("application/http")
    return record.kind in ("resource", "conversion") and record.url.startswith(("http://", "https://"))


def _body(record: _Record) -> Body | None:
    """Return what a record holds for a reader; None for pictures, redirects and all else."""
    if record.kind == "response":
        body = http_record.body(record.block)
    else:
        body = Body(record.fields.get("content-type", "").lower(), record.block)
    return body if body is not None and body.kind in (*_PAGES, *_KINDS) else None


def _items(record: _Record, body: Body, name: str, path: str, limits: Limits) -> Iterator[Item]:
    data = body.unpacked(limits)
    saved = Saved(url=record.url, retrieved=_moment(record))
    if body.kind in _PAGES:
        from store.formats import html

        # A page's own name stands in no title: that of its address says more than the archive's.
        yield html.article(body.text(data), "utf-8", record.url, limits, saved).replace(member=name)
        return
    for item in read_member(io.BytesIO(data), _KINDS[body.kind], path, name, limits):
        if isinstance(item, Problem | Unchanged):
            yield item
        else:
            yield item.replace(url=record.url, retrieved=saved.retrieved)


def _name(record: _Record, names: set[int]) -> str:
    """Name a capture by its address; a later one of the same address by its moment as well."""
    name = record.url
    for field in ("warc-date", "warc-record-id"):
        if hash(name) in names:
            name = f"{record.url} {one_line(record.fields.get(field, ''), 200)}"
    return name


def _moment(record: _Record) -> str:
    try:
        return datetime.fromisoformat(record.fields.get("warc-date", "")).astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return ""
