"""Documents that hang or crash their reader, killed processes, two sessions, and a screen that goes away."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from indexer_session import FAKE_RECOGNISER, FAULTY_READER, Session, command, hello, library

from bench.readable import readable
from store.catalog.articles import CatalogReader
from store.catalog.opening import add_functions
from store.catalog.writer import CatalogWriter
from store.indexer import supervision
from store.indexer.protocol import Articles, Idle, Mentions, Message, Progress, Ready, Trouble, encode


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the client's deadlines; the child has none of its own."""
    monkeypatch.setattr(supervision, "ANALYSE_SECONDS", 0.6)
    monkeypatch.setattr(supervision, "_LONGEST_WAIT", 0.05)


def end_of(pid: int) -> None:
    """Wait for a process that is not ours to end."""
    descriptor = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    if descriptor is None:
        pytest.skip("needs pidfd_open")
    try:
        assert readable([descriptor], 20), "the indexer outlived its screen"
    finally:
        os.close(descriptor)


async def test_a_file_that_hangs_its_reader_is_left_out_until_it_changes(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText.", "hang.txt": "Hang\n\nText.", "z.txt": "Z\n\nText."})
    how = command(tmp_path, FAULTY_READER)
    async with Session(hello(tmp_path), how) as session:
        told = await session.next(Trouble)
        assert (told.source, told.stage, told.reason) == (str(root / "hang.txt"), "read", "It took longer than 5 s.")
        await session.next(Idle)
        assert session.titles() == ["A", "Z"]
        assert [(p.path, p.reason) for p in session.reader().problems()] == [(told.source, told.reason)]
    async with Session(hello(tmp_path), how) as session:
        await session.next(Idle)
        assert session.all(Trouble) == [], "a second start does not try it again"
    async with Session(hello(tmp_path)) as session:
        (root / "hang.txt").write_text("No longer hanging\n\nText.")
        session.client.rescan()
        await session.next(Idle, lambda _: len(session.titles()) == 3)
        assert session.reader().problems() == []


async def test_a_file_that_crashes_its_reader_is_left_out_at_the_second_time(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText.", "crash.txt": "Crash\n\nText.", "z.txt": "Z\n\nText."})
    async with Session(hello(tmp_path), command(tmp_path, FAULTY_READER)) as session:
        await session.next(Idle)
        told = [(trouble.source, trouble.stage) for trouble in session.all(Trouble)]
        assert told == [("", "indexer"), (str(root / "crash.txt"), "read")]
        assert session.titles() == ["A", "Z"]
        assert [p.reason for p in session.reader().problems()] == ["It made the indexer crash."]


async def test_killed_from_outside_while_reading_it_blames_no_document(tmp_path: Path) -> None:
    library(tmp_path, {"a.txt": "A\n\nText.", "slow.txt": "Slow\n\nText."})
    pipe = Path(os.environ["HOME"]) / "pipe"
    os.mkfifo(pipe)
    async with Session(hello(tmp_path), command(tmp_path, FAULTY_READER)) as session:
        await asyncio.to_thread(pipe.read_text)
        pipe.unlink()
        assert session.client.pid is not None
        os.kill(session.client.pid, signal.SIGKILL)
        assert (await session.next(Trouble)).reason == "The indexer stopped and was started again."
        await session.next(Idle)
        assert session.titles() == ["A", "Slow"]
        assert session.reader().problems() == []
        assert len(session.all(Trouble)) == 1


async def test_kills_at_any_time_leave_a_usable_index(tmp_path: Path) -> None:
    files = {f"{n}.txt": f"Article {n}\n\nText of number {n}." for n in range(600)}
    library(tmp_path, files)
    greeting = hello(tmp_path)
    for commits in range(6):
        async with Session(greeting) as session:
            await session.next(Ready)
            for _ in range(commits):
                if isinstance(await session.next(Message, lambda m: isinstance(m, Articles | Idle)), Idle):
                    break
            session.client.kill()
        if Path(greeting.index).exists():
            with sqlite3.connect(greeting.index) as db:
                add_functions(db)
                assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                db.execute("INSERT INTO fulltext(fulltext) VALUES('integrity-check')")
            db.close()
    async with Session(greeting) as session:
        await session.next(Idle)
        assert len(session.titles()) == len(files)
        assert session.reader().counts().articles == len(files)


@pytest.mark.usefixtures("impatient")
async def test_an_indexer_that_always_dies_is_left_stopped_until_asked_again(tmp_path: Path) -> None:
    library(tmp_path, {"a.txt": "A\n\nText."})
    async with Session(hello(tmp_path), (sys.executable, "-c", "raise SystemExit(1)")) as session:
        told = await session.next(Trouble, lambda t: "left stopped" in t.reason)
        assert "indexer.log" in told.reason and session.client.pid is None
        session.client.rescan()
        await session.next(Trouble, lambda t: "started again" in t.reason)


async def test_an_indexer_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    async with Session(hello(tmp_path), (str(tmp_path / "nothing"),)) as session:
        assert "cannot be started" in (await session.next(Trouble)).reason


async def test_of_two_sessions_one_writes_and_the_other_takes_over(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText."})
    greeting = hello(tmp_path)
    async with Session(greeting) as first:
        await first.next(Idle)
        async with Session(greeting) as second:
            ready = await second.next(Ready)
            assert ready.role == "standby" and "Another session" in ready.reason
            await second.next(Idle)
            (root / "b.txt").write_text("B\n\nText.")
            first.client.rescan()
            assert (await second.next(Articles)).n == 2, "the one that stands by tells what the writer did"
            assert first.client.pid is not None
            first.client.kill()
            assert (await second.next(Ready)).role == "writer"
            (root / "c.txt").write_text("C\n\nText.")
            second.client.rescan()
            await second.next(Idle, lambda _: len(second.titles()) == 3)


async def test_one_that_stands_by_analyses_what_is_shown_and_stores_it_not(tmp_path: Path) -> None:
    library(tmp_path, {"a.txt": "A\n\nTokyo.", "b.txt": "B\n\nTokyo."})
    greeting = hello(tmp_path)
    how = command(tmp_path, FAKE_RECOGNISER)
    async with Session(greeting, how) as first:
        await first.next(Idle)
        async with Session(greeting, how) as second:
            await second.next(Idle)
            shown = second.reader().first_page()[0].id
            second.client.visible([row.id for row in second.reader().first_page()])
            second.client.show(shown)
            found = await second.next(Mentions)
            assert found.id == shown and [(m.start, m.end) for m in found.rows] == [(3, 8)]
            await second.next(Idle)
            assert second.reader().counts().analysed == 0
            assert len(second.all(Mentions)) == 1


async def test_a_cache_that_cannot_be_written_is_told_and_read_along(tmp_path: Path) -> None:
    library(tmp_path, {"a.txt": "A\n\nText."})
    (tmp_path / "cache").write_text("a file where the folder should be")
    async with Session(hello(tmp_path)) as session:
        assert (await session.next(Trouble)).stage == "indexer"
        ready = await session.next(Ready)
        assert ready.role == "standby" and "cannot be written" in ready.reason
        await session.next(Idle)
        assert session.titles() == []


@pytest.mark.parametrize("text", ["Idle", "HANG", "STUCK"])
async def test_it_ends_with_its_screen_whatever_it_does(tmp_path: Path, text: str) -> None:
    library(tmp_path, {"a.txt": f"A\n\n{text}"})
    script = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "child.stdin.write(bytes.fromhex(sys.argv[1])); child.stdin.flush()\n"
        "for line in child.stdout:\n"
        f"    if {'idle' if text == 'Idle' else 'analyse'!r} in line.decode(): break\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    # What never lets go of the interpreter is ended by a watchdog, which here is an impatient one.
    impatience = "import store.indexer.supervision as s, store.indexer.wire as w\ns.ANALYSE_SECONDS = w._GRACE = 0.3\n"
    how = command(tmp_path, FAKE_RECOGNISER, impatience if text == "STUCK" else "")
    greeting = encode(hello(tmp_path, everything=True)).hex()
    screen = subprocess.Popen([sys.executable, "-c", script, greeting, *how], stdout=subprocess.PIPE)
    assert screen.stdout is not None
    pid = int(screen.stdout.readline())
    screen.kill()
    screen.wait()
    screen.stdout.close()
    end_of(pid)


@pytest.mark.usefixtures("impatient")
async def test_texts_that_hang_crash_or_defeat_the_recogniser_are_left_out(tmp_path: Path) -> None:
    library(tmp_path, {"a.txt": "A\n\nTokyo.", "h.txt": "HANG\n\nText.", "c.txt": "CRASH\n\nText.",
                       "r.txt": "RAISE\n\nText.", "z.txt": "Z\n\nTokyo."})  # fmt: skip
    how = command(tmp_path, FAKE_RECOGNISER)
    greeting = hello(tmp_path, everything=True)
    async with Session(greeting, how) as session:
        await session.next(Idle)
        reader = session.reader()
        reasons = {Path(problem.path).name: problem.reason for problem in reader.problems()}
        assert reasons == {"h.txt": "It took longer than 1 s.", "c.txt": "It made the indexer crash.",
                           "r.txt": "It defeats the recogniser (ValueError)."}  # fmt: skip
        assert {e.name: e.articles for e in reader.entities()} == {"Tokyo": 2}
        assert reader.counts().analysed == reader.counts().articles == 5
    async with Session(greeting, how) as session:
        await session.next(Idle)
        assert session.all(Trouble) == []


async def test_what_is_shown_is_analysed_before_the_rest(tmp_path: Path) -> None:
    library(tmp_path, {f"{n:03}.txt": f"Article {n}\n\nSLOW Tokyo." for n in range(80)})
    async with Session(hello(tmp_path, everything=True), command(tmp_path, FAKE_RECOGNISER)) as session:
        await session.next(Progress, lambda p: p.stage == "analyse")
        last = session.reader().first_page()[-1]
        session.client.show(last.id)
        assert [m.start for m in (await session.next(Mentions)).rows] == [17]
        assert session.reader().counts().analysed < 40
        stored = session.reader().article(last.key)
        assert stored is not None and stored.analysed, "what is sent is in the index already"


async def test_of_a_long_text_the_beginning_comes_first_and_others_come_between(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"Paragraph {n} SLOW in Tokyo " + "word " * 1000 for n in range(100))
    library(tmp_path, {"long.txt": f"Long\n\n{paragraphs}", "short.txt": "Short\n\nTokyo."})
    async with Session(hello(tmp_path), command(tmp_path, FAKE_RECOGNISER)) as session:
        await session.next(Idle)
        rows = {row.title: row.id for row in session.reader().first_page()}
        session.client.show(rows["Long"])
        early = await session.next(Mentions)
        assert early.id == rows["Long"] and not early.complete and 1 <= len(early.rows) < 10
        session.client.visible([rows["Long"]])
        session.client.show(rows["Short"])
        assert (await session.next(Mentions, lambda m: m.complete)).id == rows["Short"]
        whole = await session.next(Mentions, lambda m: m.complete)
        assert whole.id == rows["Long"] and len(whole.rows) == 100


async def test_a_full_disk_is_told_and_the_screen_reads_on(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText."})
    full = (
        "import sqlite3\n"
        "import store.catalog.writer as writer\n"
        "class Full(writer.CatalogWriter):\n"
        "    def update_file(self, path):\n"
        "        if 'full' in path:\n"
        "            pages = self._db.execute('PRAGMA page_count').fetchone()[0]\n"
        "            self._db.execute(f'PRAGMA max_page_count={pages}')\n"
        "        return super().update_file(path)\n"
        "writer.CatalogWriter = Full\n"
    )
    async with Session(hello(tmp_path), command(tmp_path, full)) as session:
        await session.next(Idle)
        (root / "full.txt").write_text("Full\n\n" + "word " * 100_000)
        session.client.rescan()
        assert "full" in (await session.next(Trouble)).reason
        assert (await session.next(Ready)).role == "standby"
        assert session.titles() == ["A"]
    assert CatalogWriter(Path(hello(tmp_path).index)).articles == 1
    assert CatalogReader(Path(hello(tmp_path).index)).counts().articles == 1
