"""Processes are killed at any moment, and the index is damaged in any way: it goes on, or is built anew by itself."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from indexer_session import FAKE_RECOGNISER, Session, command, hello, library

from bench.readable import readable
from store.catalog.articles import CatalogReader
from store.catalog.opening import add_functions
from store.indexer.foreground import run_in_foreground
from store.indexer.protocol import Hello, Idle, Trouble, encode
from store.query.session import QuerySession

KILLS = 50
DIES = """
import os, random, threading, time
import store.indexer.standing as standing
opened = standing.CatalogWriter

class Doomed(opened):
    "Opens the index, and has not long to live."
    def __init__(self, path):
        delay = random.uniform(0.0, 0.3)
        threading.Thread(target=lambda: (time.sleep(delay), os.kill(os.getpid(), 9)), daemon=True).start()
        super().__init__(path)

standing.CatalogWriter = Doomed
"""


def texts(count: int) -> dict[str, str]:
    return {f"{n % 7}/{n}.txt": f"Article {n}\n\nTokyo and number {n}." for n in range(count)}


def check(index: Path, *, begun: bool = True) -> None:
    """See that an index is sound, full text included; one whose making was cut off may have no table yet."""
    with closing(sqlite3.connect(index)) as db:
        add_functions(db)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not begun and db.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            return  # The next one begins anew.
        assert db.execute("SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM body)").fetchone() == (0,)
        db.execute("INSERT INTO fulltext(fulltext, rank) VALUES('integrity-check', 1)")


def complete(greeting: Hello, how: tuple[str, ...], count: int) -> None:
    """Let the work be finished, and see that nothing is missing and nothing is there twice."""
    told: list[object] = []
    assert run_in_foreground(greeting, everything=True, progress=told.append, command=how) == ""
    assert [one for one in told if isinstance(one, Trouble)] == []
    books = CatalogReader(Path(greeting.index))
    counts = books.counts()
    assert (counts.articles, counts.analysed, counts.problems) == (count, count, 0)
    assert [(e.name, e.articles, e.mentions) for e in books.entities()] == [("Tokyo", count, count)]
    books.close()
    check(Path(greeting.index))


def test_fifty_kills_at_any_moment_lose_nothing(tmp_path: Path) -> None:
    files = texts(1500)
    root = library(tmp_path, files)
    greeting = hello(tmp_path, everything=True)
    how = command(tmp_path, FAKE_RECOGNISER, DIES)
    dice = random.Random(4)
    for kill in range(KILLS):
        # Something to do each time: some files are edited, some are moved.
        for name in dice.sample(sorted(files), 20):
            (root / name).write_text(files[name] + f"\n\nEdited {kill}.")
        process = subprocess.Popen(how, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert process.stdin is not None
        process.stdin.write(encode(greeting))
        process.stdin.flush()
        assert process.wait(60) == -signal.SIGKILL
        process.stdin.close()
        if kill % 10 == 0:
            check(Path(greeting.index), begun=kill > 0)
    complete(greeting, command(tmp_path, FAKE_RECOGNISER), len(files))


PARENT = """
import sys
from store.indexer.foreground import run_in_foreground
from store.indexer.protocol import Progress, decode
greeting = decode(sys.stdin.buffer.readline())
def told(message):
    if isinstance(message, Progress):
        print(message.stage, message.done, flush=True)
run_in_foreground(greeting, everything=True, jobs=2, progress=told, command=sys.argv[1:])
"""


def children_of(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(folder.name))
        except (OSError, IndexError):
            continue
    return found


def ended(descriptor: int) -> None:
    assert readable([descriptor], 20), "a process stayed behind"
    os.close(descriptor)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("stage", ["read", "analyse"])
def test_several_processes_end_with_their_parent_and_go_on_where_they_were(
    tmp_path: Path, number: signal.Signals, stage: str
) -> None:
    files = {name: f"{text}\n\nSLOW" for name, text in texts(300).items()}
    library(tmp_path, files)
    greeting = hello(tmp_path, everything=True)
    # So slow that a busy machine has not done with all of them before the kill.
    how = command(tmp_path, FAKE_RECOGNISER.replace("0.05", "0.2"))
    parent = subprocess.Popen(
        (sys.executable, "-c", PARENT, *how), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert parent.stdin is not None and parent.stdout is not None
    parent.stdin.write(encode(greeting))
    parent.stdin.flush()
    for line in parent.stdout:
        if line.startswith(stage.encode()) and (stage == "read" or int(line.split()[1]) > 20):
            break
    [writer] = children_of(parent.pid)
    children = [os.pidfd_open(pid) for pid in (writer, *children_of(writer))]
    assert len(children) in ((1, 2, 3) if stage == "read" else (3,))
    os.kill(parent.pid, number)
    parent.wait(20)
    for child in children:
        ended(child)
    parent.stdout.close()
    parent.stdin.close()
    index = Path(greeting.index)
    check(index)
    books = CatalogReader(index)
    before = books.counts().analysed
    books.close()
    if stage == "analyse":
        assert before < len(files)
    complete(greeting, command(tmp_path, FAKE_RECOGNISER.replace("0.05", "0")), len(files))


def test_one_of_several_processes_may_be_killed(tmp_path: Path) -> None:
    files = {name: f"{text}\n\nSLOW" for name, text in texts(200).items()}
    library(tmp_path, files)
    greeting = hello(tmp_path, everything=True)
    how = command(tmp_path, FAKE_RECOGNISER)
    killed: list[int] = []
    others = set(children_of(os.getpid()))

    def told(message: object) -> None:
        if getattr(message, "stage", "") == "analyse" and getattr(message, "done", 0) >= 30 and not killed:
            [writer] = set(children_of(os.getpid())) - others
            killed.extend(children_of(writer)[:1])
            os.kill(killed[0], signal.SIGKILL)

    assert run_in_foreground(greeting, everything=True, jobs=2, progress=told, command=how) == ""
    assert killed
    complete(greeting, how, len(files))


# ---- damage ----------------------------------------------------------------------------------------------------------
def zeroed(index: Path, part: float) -> None:
    page = 4096
    data = bytearray(index.read_bytes())
    at = int(len(data) // page * part) * page
    data[at : at + page] = bytes(page)
    index.write_bytes(data)


def other_program(index: Path) -> None:
    index.unlink()
    with closing(sqlite3.connect(index)) as db:
        db.execute("CREATE TABLE bookmarks(url)")
        db.commit()


def other_version(index: Path) -> None:
    with closing(sqlite3.connect(index)) as db:
        db.execute("PRAGMA user_version=3")


def emptied(index: Path) -> None:
    os.truncate(index, 0)


DAMAGE = {
    "the first page is zeros": lambda index: zeroed(index, 0.0),
    **{f"the page at {part} is zeros": partial(zeroed, part=part) for part in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9)},
    "it ends in the middle": lambda index: os.truncate(index, index.stat().st_size // 2 + 77),
    "it is empty": emptied,
    "it is garbage": lambda index: index.write_bytes(random.Random(1).randbytes(50_000)),
    "it is another program's": other_program,
    "it is of another version": other_version,
    "it is a text": lambda index: index.write_text("not a database\n" * 500),
}


WHOLE = [damage for name, damage in DAMAGE.items() if "page at" not in name and damage is not emptied]
"""What is met at once. An empty file is as good as none, and needs no words."""


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
async def test_a_damaged_index_is_built_anew_by_itself(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    files = texts(300)
    root = library(tmp_path, files)
    greeting = hello(tmp_path)
    index = Path(greeting.index)
    async with Session(greeting) as session:
        await session.next(Idle)
    damage(index)
    (root / "0" / "0.txt").write_text("Edited\n\nTokyo and number 0.")
    async with Session(greeting) as session:
        await session.next(Idle)
        # As a screen does: what it meets while it reads and searches is told to the indexer.
        books, queries = session.reader(), QuerySession(index)
        books.first_page(1000)
        for row in books.first_page(1000):
            books.article(row.key)
        try:
            found = len(queries.search("number").result().keys)
        except sqlite3.DatabaseError as error:
            books.damaged, found = str(error), 0
        if books.damaged or found != len(files):
            session.client.rebuild()
            await session.next(Idle)
        queries.close(1.0)
        books.close()
        assert len(session.titles()) == len(files) and "Edited" in session.titles()
        told = [trouble.reason for trouble in session.all(Trouble) if trouble.stage == "indexer"]
    if told or damage in WHOLE:
        assert told[0].startswith("The index ") and told[0].endswith("is built anew.")
        check(index)
    # Else nothing has met the damaged page yet; whoever does has the index built anew.


async def test_a_folder_in_the_place_of_the_index_is_told(tmp_path: Path) -> None:
    library(tmp_path, texts(3))
    greeting = hello(tmp_path)
    Path(greeting.index).mkdir(parents=True)
    async with Session(greeting) as session:
        told = await session.next(Trouble)
        assert told.stage == "indexer" and "cannot be written" in told.reason
        await session.next(Idle)
