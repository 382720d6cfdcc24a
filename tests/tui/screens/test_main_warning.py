"""What went wrong with the annotation file is said on the screen, once, and what was read of it stays there."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.annotations.records import Star, Tag, Target
from store.annotations.storage import write_protected
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.errors import AnnotationsError
from store.library import Library
from tui.screens.main import saving, warning
from tui.widgets.views_bar import ViewsBar

A, B = Target(text_hash("a"), "A"), Target(text_hash("b"), "B")


def changed_elsewhere(path: Path) -> None:
    """Leave a file that another program has changed while a change waited in the journal of a killed session."""
    store = AnnotationStore(path)
    store.apply(Tag((A,), ("japan",)))
    store.fold()
    store.apply(Star((B,), True))
    store.close(fold=False)
    path.write_bytes(path.read_bytes().replace(b'"japan"', b'"korea"'))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_a_warning_is_said_once(run_app, tmp_path: Path, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    changed_elsewhere(tmp_path / "annotations.json")
    async with run_app(size) as user:
        await user.until(lambda: user.sees("Another program has changed"))
        await user.press("j")
        assert not user.sees("Another program has changed")
        await user.until(lambda: user.main.status.told_warnings >= 1)


async def test_a_file_that_becomes_unusable_is_told_of_and_its_tags_stay(run_app, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "annotations.json"
    async with run_app() as user:
        await user.own_article()
        await user.press("s")
        await user.saved()
        assert user.app.library._desk._writer._store.fold()
        path.write_bytes(b"{")
        await user.until(lambda: user.sees("cannot be used"))
        assert user.app.library.marks(user.main.articles.row(user.main.articles.cursor).id).starred
        assert path.read_bytes() == b"{"


async def test_views_are_counted_also_where_no_annotation_can_be_read(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        bar = user.main.query_one(ViewsBar)
        await user.until(lambda: bar.counts[0] == 12, "counted")
        bar.load([(view, None) for view in bar.views])  # as at a start
        monkeypatch.setattr(Library, "annotations_ready", False)
        monkeypatch.setattr(Library, "read_only", "it is no JSON")
        saving.annotations_refused(user.main, AnnotationsError("it is no JSON"))
        await user.until(lambda: bar.counts[0] == 12, "counted again")


async def test_a_library_that_cannot_be_written_to_says_so_before_anything_is_written(
    run_app, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    why = write_protected(Path("annotations.json"))
    monkeypatch.setattr(Library, "read_only", why)
    async with run_app((80, 24)) as user:
        await user.until(lambda: why in " ".join(user.text().split()))
        await user.press("j")
        await user.until(lambda: user.main.articles.cursor == 1)
        assert not user.sees("write-protected") and user.sees("read-only")


async def test_a_command_in_a_message_keeps_the_whole_path(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        file = user.app.library.annotations_file
        said = warning.short(user.main, f"{file} cannot be used. `dateline doctor --repair --db {file}` mends it.")
        assert said == f"{file.name} cannot be used. `dateline doctor --repair --db {file}` mends it."
