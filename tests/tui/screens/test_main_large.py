"""A list of 100,000 articles: its first page comes first, and no key costs more there than among a hundred."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import large_index
import pytest

from store.annotations.records import Change
from store.annotations.store import AnnotationStore
from store.config import Config
from store.library import KeyList, Library, Receipt
from tui.app import ReaderApp

MANY = 100_000


@pytest.fixture(scope="session")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the caches of a library of a hundred articles and of one of 100,000."""
    base = tmp_path_factory.mktemp("large")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(base / "cache"))
        for count in (300, MANY):
            large_index.make(base / str(count), count)
    return base


@pytest.fixture
def run_large(indexes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drive: Any) -> Any:
    """Return a context manager that runs the app on so many articles."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(indexes / "cache"))
    for name in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))

    @asynccontextmanager
    async def run(count: int, config: Config | None = None, wait: bool = True) -> Any:
        library = Library.open([indexes / str(count)], config or Config(), annotations=tmp_path / "annotations.json")
        app = ReaderApp(library, index=False)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            user = drive(pilot)
            if wait:
                await user.until(lambda: app.library.annotations_ready and len(user.main.articles.keys) == count)
            yield user

    return run


class Touched:
    """Counts the keys of lists that the event loop looks at."""

    def __init__(self) -> None:
        self.count = 0
        self._loop = threading.get_ident()

    def touch(self, number: int) -> None:
        if threading.get_ident() == self._loop:
            self.count += number


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> Touched:
    """Count every key that a list hands out on the event loop, one by one, in stretches or all of them."""
    seen = Touched()
    plain = KeyList.__mro__[1]

    def get(keys: KeyList, at: Any) -> Any:
        seen.touch(1 if isinstance(at, int) else len(range(*at.indices(len(keys)))))
        return plain.__getitem__(keys, at)

    def every(keys: KeyList) -> Iterator[int]:
        seen.touch(len(keys))
        return iter(plain.__getitem__(keys, slice(None)))

    def looked(keys: KeyList, *_: Any) -> Any:
        seen.touch(len(keys))
        raise AssertionError("looked through a whole list")

    know = KeyList.know_places

    def know_places(keys: KeyList) -> KeyList:
        # A page is made ready where it is used.
        if len(keys) > 500:
            seen.touch(len(keys))
        return know(keys)

    monkeypatch.setattr(KeyList, "__getitem__", get, raising=False)
    monkeypatch.setattr(KeyList, "__iter__", every, raising=False)
    monkeypatch.setattr(KeyList, "index", looked, raising=False)
    monkeypatch.setattr(KeyList, "__contains__", looked, raising=False)
    monkeypatch.setattr(KeyList, "know_places", know_places)
    return seen


KEYS: list[tuple[str, ...]] = [
    ("j",), ("j", "k"), ("ctrl+d",), ("pagedown",), ("G",), ("home",), ("space",), ("V", "j", "V"), ("I",), ("*",),
    ("J",), ("n",), ("N",), ("enter", "h"), ("ctrl+o",), ("s",), ("1",), ("R",), ("escape",), (";", "escape"),
    (":", "h", "a", "r", "escape"),
]  # fmt: skip


async def _touched_by(run_large: Any, touched: Touched, count: int) -> dict[str, int]:
    by_key = {}
    async with run_large(count) as user:
        for keys in KEYS:
            touched.count = 0
            await user.press(*keys)
            await user.until(lambda: not user.main.holds_keys and not user.main.first_page)
            await user.pilot.pause()
            by_key["".join(keys)] = touched.count
            if user.main.prompt.asking:
                await user.press("escape")
    return by_key


async def test_a_key_touches_as_many_rows_of_100_000_as_of_a_few(run_large, touched) -> None:  # type: ignore[no-untyped-def]
    few = await _touched_by(run_large, touched, 300)
    many = await _touched_by(run_large, touched, MANY)
    # A screenful more or less, and never what grows with the list; a short list is looked through where it is.
    assert {key: n for key, n in many.items() if n > 1_000} == {}, few
    assert sum(many.values()) <= sum(few.values())


async def test_the_first_page_is_there_before_the_list_is(run_large, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    held: list[tuple[Any, Future[Any]]] = []
    search = Library.search

    def waits(library: Library, *queries: str, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        held.append(((queries, options), future))
        return future

    monkeypatch.setattr(Library, "search", waits)
    async with run_large(MANY, wait=False) as user:
        await user.until(lambda: held and user.app.library.annotations_ready)
        assert len(user.main.articles.keys) == 200 and user.sees("100,000 articles")
        await user.press("j", "j", "*")
        assert user.main.articles.cursor == 2 and not user.main.articles.marked
        monkeypatch.setattr(Library, "search", search)
        for (queries, options), future in held:
            future.set_result(search(user.app.library, *queries, **options).result())
        await user.until(lambda: user.sees("100,000 marked"), "what waited for the whole list")
        assert user.main.articles.cursor == 2 and len(user.main.articles.keys) == MANY


async def test_what_is_typed_brings_a_page_at_once_and_the_rest_a_moment_later(run_large) -> None:  # type: ignore[no-untyped-def]
    async with run_large(MANY) as user:
        main = user.main
        await user.press("f", *"harbour")
        await user.until(lambda: main.words == ("harbour*",), "the first page")
        count = main.found or len(main.articles.keys)
        assert count > 10_000 and user.sees(f"“harbour” · {count:,} articles")
        main.articles.move(3)
        await user.until(lambda: len(main.articles.keys) == count, "the rest")
        # Where the mouse has moved to, and in the first line as before.
        assert main.articles.cursor == 3 and main.rest_of is None and user.sees(f"“harbour” · {count:,} articles")
        await user.press("enter", "*")
        await user.until(lambda: user.sees(f"{count:,} marked"))


async def test_the_rest_of_what_was_typed_does_not_come_over_what_was_entered(run_large) -> None:  # type: ignore[no-untyped-def]
    async with run_large(MANY) as user:
        main = user.main
        await user.press("f", *"harb")
        await user.until(lambda: main.words == ("harb*",))
        await user.pilot.press("enter")
        # Typed it was the beginning of a word; entered it is a whole one, which no title has.
        await user.until(lambda: main.words == ("harb",) and not main.articles.keys)
        await user.pilot.pause(0.3)
        assert main.words == ("harb",) and not main.articles.keys and main.rest_of is None


async def test_a_wrong_query_behind_a_page_hides_nothing_of_its_list(run_large) -> None:  # type: ignore[no-untyped-def]
    async with run_large(MANY) as user:
        main = user.main
        await user.press("f", *"harbour")
        await user.until(lambda: main.words == ("harbour*",))
        count = main.found or len(main.articles.keys)
        await user.press(*" OR )")
        await user.until(lambda: user.sees("column 9"))
        await user.until(lambda: len(main.articles.keys) == count, "the rest")
        assert user.sees("column 9", f"{count:,} articles")


async def test_all_of_100_000_are_starred_while_keys_go_on(run_large) -> None:  # type: ignore[no-untyped-def]
    async with run_large(MANY) as user:
        await user.press("*")
        await user.until(lambda: user.sees("100,000 marked"))
        await user.press("s")
        assert user.sees("s again or y: star 100,000 articles") and not user.app.library.history()
        await user.press("y", "j", "j")
        assert user.main.articles.cursor == 2
        for _ in range(6):
            with suppress(AssertionError):
                await user.until(lambda: user.app.library.history())
        assert [entry.sentence for entry in user.app.library.history()] == ["Starred 100,000 articles"]


async def test_all_of_100_000_are_tagged_at_once(run_large, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    seen, apply = threading.Event(), AnnotationStore.apply

    def slowly(store: AnnotationStore, change: Change) -> Receipt:
        seen.wait(30)
        return apply(store, change)

    monkeypatch.setattr(AnnotationStore, "apply", slowly)
    async with run_large(MANY) as user:
        await user.press("*")
        await user.until(lambda: user.sees("100,000 marked"))
        await user.press("t", *"wide", "enter")
        await user.until(lambda: user.sees("saving…"))
        # The screen answers meanwhile.
        await user.press("j")
        assert user.main.articles.cursor == 1
        seen.set()
        for _ in range(6):
            # It takes longer than what is waited for elsewhere.
            with suppress(AssertionError):
                await user.saved()
        await user.until(lambda: user.sees("Tagged 100,000 articles: wide", "saved"))
        (count,) = user.app.library.count(["tag:wide"]).result()
        assert count == MANY
        assert [entry.sentence for entry in user.app.library.history()] == ["Tagged 100,000 articles: wide"]
