"""The index follows the folder: what comes, changes, moves and goes."""

from __future__ import annotations

import os
from pathlib import Path

from indexer_session import FAKE_RECOGNISER, Session, command, hello, library

from store.article import text_hash
from store.indexer.protocol import Articles, Idle, Mentions, Progress, Ready, Replaced, Trouble


async def test_a_folder_is_indexed_and_the_screen_told(tmp_path: Path) -> None:
    library(tmp_path, {"one.txt": "One\n\nText of one.", "sub/two.txt": "Two\n\nText of two.", "x.png": "no"})
    async with Session(hello(tmp_path)) as session:
        assert (await session.next(Ready)).role == "writer"
        await session.next(Idle)
        assert session.titles() == ["One", "Two"]
        told = session.all(Articles)[-1]
        counts = session.reader().counts()
        # Nothing is left in its log for the next start to go through.
        assert not (tmp_path / "cache/library.sqlite3-wal").stat().st_size
        assert (told.n, told.generation) == (counts.articles, counts.generation) == (2, counts.generation)


async def test_edited_moved_copied_and_deleted_files(tmp_path: Path) -> None:
    files = {"edit.txt": "Edited\n\nBefore.", "move.txt": "Moved\n\nText.", "copy.txt": "Copied\n\nText."}
    root = library(tmp_path, {**files, "drop.txt": "Dropped\n\nText."})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        before = {row.title: row for row in session.reader().first_page()}
        (root / "edit.txt").write_text("Edited\n\nAfter.")
        (root / "move.txt").rename(root / "moved away.txt")
        (root / "copy 2.txt").write_bytes((root / "copy.txt").read_bytes())
        (root / "drop.txt").unlink()
        session.client.rescan()
        replaced = await session.next(Replaced)
        await session.next(Idle)
        assert replaced.source == (str(root / "edit.txt"), "")
        assert replaced.old == before["Edited"].id
        reader = session.reader()
        after = {row.title: row for row in reader.first_page()}
        assert sorted(after) == ["Copied", "Edited", "Moved"]
        assert after["Edited"].id == replaced.new != replaced.old
        assert after["Moved"].key == before["Moved"].key and after["Moved"].source.path == str(root / "moved away.txt")
        assert [s.path for s in reader.sources(after["Copied"].key)] == [
            str(root / "copy 2.txt"),
            str(root / "copy.txt"),
        ]
        assert len(session.all(Replaced)) == 1


async def test_one_path_can_be_looked_at_alone(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText.", "b.txt": "B\n\nText."})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        (root / "a.txt").write_text("A, edited\n\nText.")
        (root / "b.txt").write_text("B, edited\n\nText.")
        (root / ".hidden.txt").write_text("Hidden\n\nText.")
        session.client.rescan([str(root / "a.txt"), str(root / ".hidden.txt"), "/etc/hostname"])
        await session.next(Idle)
        assert session.titles() == ["A, edited", "B"]
        (root / "a.txt").unlink()
        session.client.rescan([str(root / "a.txt")])
        await session.next(Idle)
        assert session.titles() == ["B"]
        assert session.all(Trouble) == []


async def test_a_folder_that_cannot_be_listed_keeps_its_articles(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText."})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        root.rename(tmp_path / "unmounted")
        session.client.rescan()
        assert (await session.next(Trouble)).stage == "scan"
        await session.next(Idle)
        assert session.titles() == ["A"]
        (tmp_path / "unmounted").rename(root)
        session.client.rescan()
        await session.next(Idle)
        assert session.titles() == ["A"] and session.reader().problems() == []


async def test_what_cannot_be_read_is_named_with_its_reason(tmp_path: Path) -> None:
    root = library(tmp_path, {"good.txt": "Good\n\nText.", "empty.txt": ""})
    (root / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    (root / "gone.txt").symlink_to("nowhere")
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        assert session.titles() == ["Good"]
        told = {Path(problem.path).name: problem.reason for problem in session.reader().problems()}
        assert set(told) == {"empty.txt", "binary.txt", "gone.txt"}
        assert {(Path(t.source).name, t.reason) for t in session.all(Trouble)} == set(told.items())


async def test_names_of_files_that_are_no_utf8_go_through_the_pipe(tmp_path: Path) -> None:
    root = library(tmp_path, {})
    odd = root / os.fsdecode(b"odd\xff\xfe.txt")
    odd.write_bytes(b"Odd\n\nText.")
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        [row] = session.reader().first_page()
        assert row.source.path == str(odd)
        odd.write_bytes(b"Odd\n\nEdited.")
        session.client.rescan([row.source.path])
        assert (await session.next(Replaced)).source == (row.source.path, "")


async def test_two_thousand_files_in_one_go(tmp_path: Path) -> None:
    library(tmp_path, {f"{n % 20}/{n}.txt": f"Article {n}\n\nText of number {n}." for n in range(2000)})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        counts = session.reader().counts()
        assert counts.articles == 2000 and counts.problems == 0
        assert len(session.titles()) == 2000
        session.client.rescan()
        await session.next(Idle)
        assert session.reader().counts() == counts, "an unchanged folder changes nothing"


async def test_a_screenful_is_there_before_all_folders_are_listed(tmp_path: Path) -> None:
    library(tmp_path, {f"{n % 20:02}/{n}.txt": f"Article {n}\n\nText of number {n}." for n in range(600)})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        listed = next(at for at, m in enumerate(session.heard) if isinstance(m, Progress) and m.stage == "scan")
        shown = [m.n for m in session.heard[:listed] if isinstance(m, Articles)]
        assert 50 <= shown[-1] < 100
        assert len(session.titles()) == 600


UNHURRIED = """
import time
import store.formats.registry as registry
read_well = registry.read

def read(*asked):
    time.sleep(0.002)
    yield from read_well(*asked)

registry.read = read
"""


async def test_what_comes_during_a_long_reading_is_read_in_between(tmp_path: Path) -> None:
    root = library(tmp_path, {f"{n:03}.txt": f"Article {n}\n\nText of number {n}." for n in range(900)})
    async with Session(hello(tmp_path), command(tmp_path, UNHURRIED)) as session:
        await session.next(Articles)
        (root / "new.txt").write_text("New\n\nText.")
        (root / "899.txt").write_text("Edited\n\nText.")
        (root / "898.txt").unlink()
        (root / "897.txt").rename(root / "moved.txt")
        session.client.rescan(str(root / name) for name in ("new.txt", "899.txt", "898.txt", "897.txt", "moved.txt"))
        await session.next(Idle)
        reader = session.reader()
        rows = {row.title: row for row in reader.first_page(2000)}
        assert len(rows) == 900 and {"New", "Edited", "Article 897"} < set(rows) and "Article 898" not in rows
        assert rows["New"].key < 890 and rows["Edited"].key < 890, "they did not wait for the others"
        assert rows["Article 897"].source.path == str(root / "moved.txt")
        assert reader.problems() == [] and session.all(Replaced) == []
        before = reader.counts()
        session.client.rescan()
        await session.next(Idle)
        assert session.reader().counts() == before, "a look at all of it finds nothing more"
        told = [progress.total for progress in session.all(Progress) if progress.stage == "read"]
        assert told and min(told) >= 890


async def test_an_index_deleted_under_a_running_session_is_made_again(tmp_path: Path) -> None:
    library(tmp_path, {"a.txt": "A\n\nText."})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        for file in (tmp_path / "cache").iterdir():
            file.unlink()
        session.client.rescan()
        await session.next(Ready)
        await session.next(Idle)
        assert session.titles() == ["A"]


async def test_a_damaged_index_is_built_anew_while_running(tmp_path: Path) -> None:
    root = library(tmp_path, {f"{n}.txt": f"Article {n}\n\n" + f"word{n} " * 300 for n in range(100)})
    greeting = hello(tmp_path)
    async with Session(greeting) as session:
        await session.next(Idle)
    index = Path(greeting.index)
    data = bytearray(index.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    index.write_bytes(data)
    (root / "new.txt").write_text("New\n\nText.")
    async with Session(greeting) as session:
        assert "damaged" in (await session.next(Trouble)).reason
        await session.next(Idle)
        assert len(session.titles()) == 101


async def test_the_screen_can_have_the_index_built_anew(tmp_path: Path) -> None:
    library(tmp_path, {"a.txt": "A\n\nText."})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        session.client.rebuild()
        assert "built anew" in (await session.next(Trouble)).reason
        await session.next(Ready)
        await session.next(Idle)
        assert session.titles() == ["A"]


async def test_an_edited_text_is_analysed_again_and_a_moved_one_is_not(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nTokyo.", "b.txt": "B\n\nTokyo."})
    how = command(tmp_path, FAKE_RECOGNISER)
    async with Session(hello(tmp_path, everything=True), how) as session:
        await session.next(Idle)
        (root / "a.txt").write_text("A\n\nNow Tokyo.")
        (root / "b.txt").rename(root / "c.txt")
        new = text_hash((root / "a.txt").read_text())
        session.client.show(new)
        session.client.rescan()
        await session.next(Idle, lambda _: session.reader().is_live(new))
        session.client.show(new)
        found = await session.next(Mentions, lambda m: m.id == new)
        assert [(m.start, m.end) for m in found.rows] == [(7, 12)]
        assert session.reader().counts().analysed == 2
