"""`dateline index` and its like: the same work, waited for."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from indexer_session import FAKE_RECOGNISER, FAULTY_READER, Session, command, hello, library

from store.article import text_hash
from store.catalog.articles import CatalogReader
from store.indexer import supervision
from store.indexer.foreground import run_in_foreground
from store.indexer.protocol import Idle, Mentions, Message, Progress, Trouble


@pytest.fixture
def how(tmp_path: Path) -> tuple[str, ...]:
    return command(tmp_path, FAKE_RECOGNISER)


def reader(tmp_path: Path) -> CatalogReader:
    return CatalogReader(Path(hello(tmp_path).index))


def test_texts_only(tmp_path: Path, how: tuple[str, ...]) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nTokyo.", "b.txt": "B\n\nTokyo."})
    assert run_in_foreground(hello(tmp_path), command=how) == ""
    counts = reader(tmp_path).counts()
    assert (counts.articles, counts.analysed) == (2, 0)
    (root / "a.txt").unlink()
    assert run_in_foreground(hello(tmp_path), command=how) == ""
    assert reader(tmp_path).counts().articles == 1


def test_names_of_what_is_asked_for(tmp_path: Path, how: tuple[str, ...]) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nTokyo.", "b.txt": "B\n\nTokyo."})
    asked = text_hash((root / "b.txt").read_text())
    heard: list[Message] = []
    assert run_in_foreground(hello(tmp_path), analyse=[asked], progress=heard.append, command=how) == ""
    books = reader(tmp_path)
    assert books.counts().analysed == 1
    key = books.key_of(asked)
    assert key is not None and len(books.mentions(key)) == 1
    assert [m.id for m in heard if isinstance(m, Mentions)] == [asked]
    assert any(isinstance(m, Progress) and m.stage == "analyse" for m in heard)


@pytest.mark.parametrize("jobs", [1, 2])
def test_names_of_everything(tmp_path: Path, how: tuple[str, ...], jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "ANALYSE_SECONDS", 0.6)
    texts = {f"{n}.txt": f"Article {n}\n\nTokyo." for n in range(60)}
    library(tmp_path, {**texts, "h.txt": "HANG\n\nText.", "r.txt": "RAISE\n\nText.", "c.txt": "CRASH\n\nText."})
    heard: list[Message] = []
    done = run_in_foreground(hello(tmp_path), everything=True, jobs=jobs, progress=heard.append, command=how)
    assert done == ""
    books = reader(tmp_path)
    assert books.counts().analysed == books.counts().articles == 63
    assert [(e.name, e.articles) for e in books.entities()] == [("Tokyo", 60)]
    assert {Path(p.path).name for p in books.problems()} == {"h.txt", "r.txt", "c.txt"}
    assert {m.stage for m in heard if isinstance(m, Trouble)} == {"analyse", "indexer"}
    last = [m for m in heard if isinstance(m, Progress) and m.stage == "analyse"][-1]
    assert last.total == 63
    heard.clear()
    assert run_in_foreground(hello(tmp_path), everything=True, jobs=jobs, progress=heard.append, command=how) == ""
    assert [m for m in heard if isinstance(m, Trouble)] == []


def test_a_file_that_hangs_is_left_out(tmp_path: Path) -> None:
    library(tmp_path, {"a.txt": "A\n\nText.", "hang.txt": "Hang\n\nText.", "crash.txt": "Crash\n\nText."})
    heard: list[Message] = []
    how = command(tmp_path, FAULTY_READER)
    assert run_in_foreground(hello(tmp_path), progress=heard.append, command=how) == ""
    assert [row.title for row in reader(tmp_path).first_page()] == ["A"]
    assert {Path(p.path).name for p in reader(tmp_path).problems()} == {"hang.txt", "crash.txt"}


async def test_beside_a_session_it_reads_along_and_says_so(tmp_path: Path, how: tuple[str, ...]) -> None:
    root = library(tmp_path, {"a.txt": "A\n\nTokyo."})
    asked = text_hash((root / "a.txt").read_text())
    heard: list[Message] = []
    async with Session(hello(tmp_path), how) as session:
        await session.next(Idle)
        reason = await asyncio.to_thread(
            run_in_foreground, hello(tmp_path), analyse=[asked], progress=heard.append, command=how
        )
        assert "Another session" in reason
        assert session.reader().counts().analysed == 0
    [found] = [m for m in heard if isinstance(m, Mentions)]
    assert found.id == asked and len(found.rows) == 1


def test_a_process_that_never_starts_well_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "_LONGEST_WAIT", 0.0)
    library(tmp_path, {"a.txt": "A\n\nText."})
    assert "left stopped" in run_in_foreground(hello(tmp_path), command=(sys.executable, "-c", "raise SystemExit(1)"))
