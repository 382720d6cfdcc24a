"""Damaged files: opened, or refused in words and left as they are; never anything else."""

from __future__ import annotations

import json
import os
import random
import signal
import traceback
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from bench.faults.disk import Files
from bench.faults.outcome import Outcome
from bench.faults.recovery import read_folder, stock, write_folder
from bench.faults.scripts import A, B, killed
from bench.faults.stage import Stage, quick_folder, same_each_time, state
from bench.faults.systems import Quick
from store.annotations.records import SaveNote, Tag
from store.annotations.shapes import wrong
from store.annotations.store import AnnotationStore
from store.errors import AnnotationsError

DEADLINE = 10
"""Seconds in which even the worst file is opened or refused; it takes thousandths."""
SCRAPS = (
    b"\n", b"}", b"{", b"]", b"null", b"[]", b'"', b"\\", b"\xff\xfe", b"\xef\xbb\xbf", b"1e999", b"-1", b"NaN",
    b"9" * 400, b'"\\ud800"', b'"\\u0000"', b"[" * 5000, b'{"a":' * 5000, b'"x": {}, ', b'"1.5": {}, ',
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, 7, -1, 1.5, "", "text", [], {}, [None], {"1": {}}, {"x": 1}, True, 10**30, "\ud800", "9999-99-99", [[[]]],
)  # fmt: skip


def damage(count: int, seed: int = 1) -> Outcome:
    """Damage a file and its journal in so many ways, each opened anew."""
    outcome = Outcome("damaged files")
    outcome.figures.update({"files": 0, "opened": 0, "refused": 0, "opened with a warning": 0, "all still there": 0})
    chance = random.Random(seed)
    with quick_folder() as folder:
        folder.mkdir()
        with same_each_time("damage"):
            killed(folder)
        path = Stage(folder, Quick).path
        good = {name: data for name, data in read_folder(folder).items() if not _of_sessions(name)}
        kept = [name for name, data in good.items() if data]
        write_folder(folder, good)
        whole = state(AnnotationStore(path, system=Quick()))
        for number in range(count):
            files = dict(good)
            for name in chance.choice([[os.fspath(path)], kept, [chance.choice(kept)]]):
                if ".bak-" not in name:
                    files[name] = damaged(files[name] or b"", chance)
            write_folder(folder, files)
            where = f"seed {seed}, file {number}"
            try:
                with deadline():
                    _one(path, files, whole, where, outcome)
            except Exception:  # noqa: BLE001 - whatever it is, it is what the suite looks for
                outcome.bad("raised", f"{where}: {traceback.format_exc()[-2000:]}")
            outcome.figures["files"] += 1
    return outcome


def _of_sessions(name: str) -> bool:
    return ".sessions" in name or name.endswith(".lock")


def _one(path: Path, files: Files, whole: dict[str, Any], where: str, outcome: Outcome) -> None:
    try:
        store = AnnotationStore(path, session="after", timeout=1, system=Quick())
    except AnnotationsError as error:
        outcome.figures["refused"] += 1
        if str(path.parent) not in str(error) or "untouched" not in str(error):
            outcome.bad("refused without a word of the file", f"{where}: {error}")
        left = {name: data for name, data in read_folder(path.parent.parent).items() if not _of_sessions(name)}
        if left != files:
            outcome.bad("refused but changed", where)
        return
    outcome.figures["opened"] += 1
    outcome.figures["opened with a warning"] += bool(store.warnings)
    found = state(store)
    outcome.figures["all still there"] += found == whole
    for table, rows in found.items():
        for document in rows.values() if table != "sequence" else ():
            if why := wrong(table, document):
                outcome.bad("opened with what is no document", f"{where}: {table} {why}")
    store.apply(Tag((A,), ("works",)))
    store.apply(SaveNote(B, "works"))
    while store.undo().sentence:
        store.marks(A), store.notes(A), store.draft(B), store.tags(), list(store.mirror_rows())
    while store.redo().sentence:
        pass
    if "works" not in store.marks(A).tags:
        outcome.bad("not usable", where)
    found = state(store)
    store.close()
    if stock(path) != {name: rows for name, rows in found.items() if name != "sequence"}:
        outcome.bad("different", f"{where}: stock TinyDB reads something else than the store")


@contextmanager
def deadline() -> Iterator[None]:
    """Raise TimeoutError if what is done takes too long."""

    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"not done within {DEADLINE} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, DEADLINE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# ---- kinds of damage -----------------------------------------------------------------------------------------
def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a file as a bad disk, a bad program or a bad edit leaves it."""
    kind = chance.random()
    if kind < 0.4:
        return _bytes_damaged(data, chance)
    if kind < 0.6:
        return _lines_damaged(data, chance)
    return _misshapen(data, chance)


def _bytes_damaged(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if not found:
            break
        at = chance.randrange(len(found))
        match chance.randrange(8):
            case 0 | 1:
                found[at] ^= 1 << chance.randrange(8)
            case 2:
                del found[at : at + chance.randrange(1, 400)]
            case 3:
                del found[at:]
            case 4:
                found[at:at] = chance.randbytes(chance.randrange(1, 50))
            case 5:
                found[at : at + 512] = bytes(min(512, len(found) - at))
            case 6:
                start = chance.randrange(len(found))
                found[at:at] = found[start : start + chance.randrange(1, 600)]
            case _:
                found[at:at] = chance.choice(SCRAPS)
    return bytes(found)


def _lines_damaged(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 1, 2))):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                lines[one], lines[other] = lines[other], lines[one]
            case 1:
                lines.insert(other, lines[one])
            case 2 if len(lines) > 1:
                del lines[one]
            case _:
                lines[one] = _bytes_damaged(lines[one], chance)
    return b"\n".join(lines)


def _misshapen(data: bytes, chance: random.Random) -> bytes:
    """Return a file in which one value, key or document is of another kind, if there is JSON in it."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    start = lines[at].find(b"{")
    try:
        tree = json.loads(lines[at][start:])
    except ValueError:
        return _bytes_damaged(data, chance)
    where, key = chance.choice(list(_places(tree)))
    if isinstance(where, dict) and chance.random() < 0.3:
        where[chance.choice(("", "x", "1", "-1", "١", "1e3", str(10**40), "_meta"))] = where.pop(key)
    else:
        where[key] = chance.choice(VALUES)
    lines[at] = _signed(lines[at][:start], json.dumps(tree).encode())
    return b"\n".join(lines)


def _signed(before: bytes, text: bytes) -> bytes:
    """Put what stands before a line's JSON before it again; a checksum is made right, or nothing would be looked at."""
    return b"%08x %b" % (zlib.crc32(text), text) if before else text


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, key
        yield from _places(tree[key])
