"""What happens in the folders while Dateline is open is found by itself."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from indexer_session import FAKE_RECOGNISER, Session, command, hello, library

from store.indexer import watch
from store.indexer.protocol import Articles, Idle, Mentions, Progress, Trouble


@pytest.fixture
def how(tmp_path: Path) -> tuple[str, ...]:
    return command(tmp_path, FAKE_RECOGNISER)


async def watched(session: Session) -> None:
    """Wait for the first look; the watch is there before it."""
    await session.next(Idle)


async def test_files_that_come_change_move_and_go_are_noticed(tmp_path: Path, how: tuple[str, ...]) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText.", "sub/b.txt": "B\n\nText."})
    async with Session(hello(tmp_path).replace(watch=True), how) as session:
        await watched(session)
        (root / "c.txt").write_text("C\n\nText.")
        await session.next(Articles, lambda _: session.titles() == ["A", "B", "C"])
        (root / "a.txt").write_text("A edited\n\nText.")
        await session.next(Articles, lambda _: session.titles() == ["A edited", "B", "C"])
        key = session.reader().locate(str(root / "c.txt"))
        (root / "c.txt").rename(root / "sub" / "d.txt")
        await session.next(Idle, lambda _: session.reader().locate(str(root / "sub" / "d.txt")) == key)
        (root / "sub" / "b.txt").unlink()
        await session.next(Articles, lambda _: session.titles() == ["A edited", "C"])


async def test_folders_that_come_move_and_go_are_noticed_with_all_that_is_in_them(
    tmp_path: Path, how: tuple[str, ...]
) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText."})
    outside = tmp_path / "outside" / "deep"
    outside.mkdir(parents=True)
    (outside / "x.txt").write_text("X\n\nText.")
    async with Session(hello(tmp_path).replace(watch=True), how) as session:
        await watched(session)
        outside.parent.rename(root / "new")
        await session.next(Articles, lambda _: session.titles() == ["A", "X"])
        (root / "new" / "deep" / "y.txt").write_text("Y\n\nText.")
        await session.next(Articles, lambda _: session.titles() == ["A", "X", "Y"])
        (root / "new").rename(root / "old")
        await session.next(Idle, lambda _: bool(session.reader().locate(str(root / "old" / "deep" / "y.txt"))))
        (root / "old" / "deep" / "z.txt").write_text("Z\n\nText.")
        await session.next(Articles, lambda _: session.titles() == ["A", "X", "Y", "Z"])
        shutil.rmtree(root / "old")
        await session.next(Articles, lambda _: session.titles() == ["A"])


async def test_a_storm_of_files_is_taken_in_by_a_few_looks(tmp_path: Path, how: tuple[str, ...]) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText."})
    async with Session(hello(tmp_path).replace(watch=True), how) as session:
        await watched(session)
        for number in range(3000):
            (root / f"{number % 30}").mkdir(exist_ok=True)
            (root / f"{number % 30}" / f"{number}.txt").write_text(f"Article {number}\n\nText of number {number}.")
        await session.next(Idle, lambda _: session.reader().counts().articles == 3001)
        rounds = [step for step in session.all(Progress) if step.stage == "read" and step.done == step.total]
        assert len(rounds) < 20


async def test_editors_and_hidden_files_cause_no_work(tmp_path: Path, how: tuple[str, ...]) -> None:
    page = "<p>Page. It is one.</p>"
    root = library(tmp_path, {"a.txt": "A\n\nText.", ".git/x.txt": "X\n\nText.", "page.html": page})
    (root / "page_files").mkdir()
    async with Session(hello(tmp_path).replace(watch=True), how) as session:
        await watched(session)
        before = len(session.heard)
        (root / ".git" / "y.txt").write_text("Y\n\nText.")
        (root / ".a.txt.swp").write_text("swap")
        (root / "page_files" / "frame.txt").write_text("Frame\n\nText.")
        (root / "picture.png").write_bytes(b"\x89PNG")
        (root / "a.txt.new").write_text("A saved\n\nText.")
        (root / "a.txt.new").rename(root / "a.txt")
        await session.next(Articles, lambda _: "A saved" in session.titles())
        await session.next(Idle)
        assert {m.n for m in session.heard[before:] if isinstance(m, Articles)} == {2}, "nothing came or went"


async def test_a_page_that_goes_leaves_its_folder_to_the_library_and_takes_it_back(
    tmp_path: Path, how: tuple[str, ...]
) -> None:
    page = "<title>Page</title><p>It is one.</p>"
    root = library(tmp_path, {"page.html": page, "page_files/note.txt": "Note\n\nText."})
    async with Session(hello(tmp_path).replace(watch=True), how) as session:
        await watched(session)
        assert session.titles() == ["Page"]
        (root / "page.html").rename(root / "other.html")
        await session.next(Articles, lambda _: session.titles() == ["Note", "Page"])
        (root / "other.html").rename(root / "page.html")
        await session.next(Articles, lambda _: session.titles() == ["Page"])


async def test_a_root_that_goes_keeps_its_articles_and_is_watched_again_when_it_is_back(
    tmp_path: Path, how: tuple[str, ...]
) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText."})
    async with Session(hello(tmp_path).replace(watch=True), how) as session:
        await watched(session)
        root.rename(tmp_path / "away")
        told = await session.next(Trouble, lambda trouble: trouble.stage == "scan")
        assert (told.source, told.reason) == (str(root), "It is not there any more.")
        assert session.titles() == ["A"]
        (tmp_path / "away").rename(root)
        (root / "b.txt").write_text("B\n\nText.")
        await session.next(Articles, lambda _: session.titles() == ["A", "B"])
        (root / "c.txt").write_text("C\n\nText.")
        await session.next(Articles, lambda _: session.titles() == ["A", "B", "C"])


async def test_an_empty_folder_on_another_drive_keeps_its_articles_and_an_emptied_one_does_not(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText."})
    how = command(tmp_path, FAKE_RECOGNISER)
    elsewhere = command(
        tmp_path, FAKE_RECOGNISER, "\nimport store.indexer.drives as drives\ndrives._device = lambda root: 4711\n"
    )
    async with Session(hello(tmp_path), how) as session:
        await session.next(Idle)
    (root / "a.txt").unlink()
    async with Session(hello(tmp_path), elsewhere) as session:
        assert "another drive" in (await session.next(Trouble)).reason
        await session.next(Idle)
        assert session.titles() == ["A"]
    async with Session(hello(tmp_path), how) as session:
        await session.next(Idle)
        assert session.titles() == []


async def test_where_the_system_watches_nothing_the_folders_are_looked_at_by_the_clock(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText."})
    exhausted = """
import store.indexer.watch as watch
def watcher_of(folders):
    raise OSError("No space left on device (os error 28)")
watch.watcher_of, watch.LOOK_EVERY = watcher_of, 0.2
"""
    async with Session(hello(tmp_path).replace(watch=True), command(tmp_path, FAKE_RECOGNISER, exhausted)) as session:
        told = await session.next(Trouble)
        assert told.stage == "watch" and "max_user_watches" in told.reason
        (root / "b.txt").write_text("B\n\nText.")
        await session.next(Articles, lambda _: session.titles() == ["A", "B"])


async def test_one_that_stands_by_hears_of_what_the_writer_has_noticed(tmp_path: Path, how: tuple[str, ...]) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nText."})
    greeting = hello(tmp_path).replace(watch=True)
    async with Session(greeting, how) as first:
        await watched(first)
        async with Session(greeting, how) as second:
            await second.next(Idle)
            (root / "b.txt").write_text("B\n\nText.")
            assert (await second.next(Articles)).n == 2


def test_a_file_is_looked_at_once_it_is_quiet_and_one_that_never_is_now_and_then() -> None:
    now = 0.0
    waiting = watch.Unsettled(lambda: now)
    waiting.add(["grows", "done"])
    seen = []
    while now < 12.0:
        now += 0.25
        waiting.add(["grows"])
        seen += [(now, place) for place in waiting.take()]
    assert seen == [(watch.QUIET, "done"), (watch.PATIENCE, "grows")]


def test_many_changes_at_once_are_a_storm_until_they_calm_down() -> None:
    now = 0.0
    waiting = watch.Unsettled(lambda: now)
    waiting.add(map(str, range(watch.STORM + 1)))
    assert waiting.is_storm and not waiting.is_over
    now += watch.QUIET
    assert waiting.is_over


def test_doctor_is_told_where_changes_cannot_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library(tmp_path, {"a.txt": "A\n\nText."})
    roots = (str(tmp_path / "articles"),)
    assert watch.try_to_watch(roots) == ""
    assert "no UTF-8" in watch.try_to_watch((os.fsdecode(b"/\xff"),))
    monkeypatch.setattr(watch, "file_system", lambda _: "nfs4")
    assert "network file system (nfs4)" in watch.try_to_watch(roots)


async def test_a_book_in_the_list_keeps_no_new_article_out_of_it(tmp_path: Path, how: tuple[str, ...]) -> None:
    book = "Book\n\n" + "\n\n".join(f"Paragraph {n} is SLOW. " + "Tokyo and words. " * 300 for n in range(300))
    root = library(tmp_path, {"book.txt": book, "a.txt": "A\n\nText."})
    async with Session(hello(tmp_path).replace(watch=True), how) as session:
        await watched(session)
        ids = {row.title: row.id for row in session.reader().first_page()}
        session.client.visible([ids["Book"]])
        await session.next(Mentions, lambda mentions: not mentions.complete)
        (root / "b.txt").write_text("B\n\nText.")
        news = await session.next(Articles, lambda _: "B" in session.titles())
        assert all(not mentions.complete for mentions in session.all(Mentions)), "the book is not done with"
        assert news.n == 3
        assert (await session.next(Mentions, lambda mentions: mentions.complete)).rows
