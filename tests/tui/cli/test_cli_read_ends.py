"""A linear session that is told to end in the middle of something says what would be lost, and ends."""

from __future__ import annotations

import signal
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from store.article import Article, Block, BlockKind
from store.library import Change, Library, Position, Receipt, Replaced, SaveDraft
from tests.tui.cli.conftest import Dateline
from tests.tui.cli.test_cli_read import read
from tui.linear import news
from tui.linear.commands_in import CommandsIn
from tui.linear.heard import Opened
from tui.linear.signals import Ended
from tui.linear.text import Paragraphs

TOLD = 128 + signal.SIGTERM


def answers(monkeypatch: pytest.MonkeyPatch, kind: type[Change], answer: Future[Receipt]) -> None:
    """Let the disk answer so to one kind of change."""
    change = Library.change
    monkeypatch.setattr(
        Library, "change", lambda library, asked: answer if isinstance(asked, kind) else change(library, asked)
    )


def ends_at(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """Have the signal come instead of a line."""
    reads = CommandsIn.read

    def told(commands: CommandsIn, prompt: str, *, remember: bool = True) -> str | None:
        line = reads(commands, prompt, remember=remember)
        if line == word:
            raise Ended(signal.SIGTERM)
        return line

    monkeypatch.setattr(CommandsIn, "read", told)


def test_the_lines_of_a_note_that_the_disk_has_not_are_said(
    dateline: Dateline, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, SaveDraft, Future())
    ends_at(monkeypatch, "(term)")
    ran = read(dateline, seeds, "open 1", "note", "months of", "thought", "(term)")
    assert ran.code == TOLD
    assert "The note was:\nmonths of\nthought" in ran.out


def test_the_lines_of_a_note_that_the_disk_has_are_not_said_again(
    dateline: Dateline, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: Future[Receipt] = Future()
    kept.set_result(Receipt(""))
    answers(monkeypatch, SaveDraft, kept)
    ends_at(monkeypatch, "(term)")
    ran = read(dateline, seeds, "open 1", "note", "months of", "(term)")
    assert ran.code == TOLD and "The note was" not in ran.out


def test_a_place_that_the_disk_does_not_take_is_no_fault_of_the_program(
    dateline: Dateline, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs: Future[Receipt] = Future()
    hangs.set_exception(Ended(signal.SIGTERM, unsaved=True))
    answers(monkeypatch, Position, hangs)
    ran = read(dateline, seeds, "open 1", "more 3", "quit")
    assert ran.code == TOLD and "Traceback" not in ran.out + ran.talk
    assert ran.lines[-1].startswith("The last changes could not be saved")


def test_places_in_a_text_that_is_another_now_are_let_go() -> None:
    def article(text: str) -> Article:
        return Article("T", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))

    old, new = article("The old text."), article("New.")
    opened = Opened(SimpleNamespace(article=old), Paragraphs(old), 0.0, at=0)  # type: ignore[arg-type]
    opened.selected, opened.hits, opened.hit = (4, 7), [(0, 13)], 0
    said: list[str] = []
    session: Any = SimpleNamespace(
        opened=opened, say=said.append, stored=lambda _: SimpleNamespace(article=new),
        library=SimpleNamespace(key_of=lambda _: 7), background=SimpleNamespace(want_names=lambda _: None),
    )  # fmt: skip
    news._follow(session, Replaced(("x", ""), old.id, new.id))
    now = session.opened
    assert (now.selected, now.hits, now.hit) == (None, [], -1)
    assert "Nothing is selected any more." in said
