"""A real library for the screen's tests: the seeds, read and analysed once, a fresh annotation file each time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.config import Config
from store.library import Library
from tui.app import ReaderApp
from tui.screens.main.screen import MainScreen

SEEDS = Path(__file__).parents[3] / "seeds"
OWN_ARTICLE = "Amid China-backed turbulence"


@pytest.fixture(scope="session")
def analysed_seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a copy of the seeds and a cache folder that holds their index, names included."""
    base = tmp_path_factory.mktemp("seeds")
    folder = base / "seeds"
    shutil.copytree(SEEDS, folder)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(base / name.lower()))
        library = Library.open([folder], Config())
        assert library.bring_up_to_date(everything=True) == ""
        library.close()
    return folder, base / "cache"


@pytest.fixture
def open_app(
    analysed_seeds: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., ReaderApp]]:
    """Return a function that makes the app on the seeds, with this test's own annotations and state."""
    folder, cache = analysed_seeds
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    for name in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def make(config: Config | None = None, **options: object) -> ReaderApp:
        library = Library.open([folder], config or Config(), annotations=tmp_path / "annotations.json")
        return ReaderApp(library, index=False, **options)  # type: ignore[arg-type]

    yield make


class Driver:
    """The app under test, with what its user sees."""

    def __init__(self, app: ReaderApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        return self.app.main_screen

    async def press(self, *keys: str) -> None:
        """Press keys and let the screen answer."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, seen: Callable[[], object], what: str = "") -> None:
        """Wait for something that another thread or process brings; a deadline of ten seconds."""
        for _ in range(1000):
            if seen():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"did not happen: {what or seen}; on screen:\n{self.text()}")

    def text(self) -> str:
        """Return the whole screen as text."""
        screen = self.app.screen
        width, height = screen.size
        return "\n".join("".join(s.text for s in strip) for strip in screen._compositor.render_strips())[
            : (width + 1) * height
        ]

    def sees(self, *words: str) -> bool:
        """Return whether all words are on screen."""
        text = self.text()
        return all(word in text for word in words)

    async def ready(self) -> None:
        """Wait for the annotations and the whole list."""
        await self.until(lambda: self.app.library.annotations_ready, "annotations read")
        await self.until(lambda: len(self.main.articles.keys) >= 10, "list filled")

    async def saved(self) -> None:
        """Wait until the disk has every change, and it is drawn."""
        await self.until(lambda: self.main.status.saving == 0, "saved")
        await self.pilot.pause()

    async def own_article(self) -> None:
        """Put the cursor on the user's own article, and show it."""
        await self.ready()
        articles = self.main.articles
        index = next(i for i in range(len(articles.keys)) if articles.row(i).title.startswith(OWN_ARTICLE))
        articles.cursor = index
        await self.until(lambda: self.main.opened and self.main.opened.stored.article.title.startswith(OWN_ARTICLE))


@pytest.fixture
def run_app(open_app: Callable[..., ReaderApp]) -> Callable[..., AbstractAsyncContextManager[Driver]]:
    """Return a context manager that runs the app at a size: `async with run_app((120, 40)) as user`."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (120, 40), config: Config | None = None, **options: object):  # type: ignore[no-untyped-def]
        app = open_app(config, **options)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            user = Driver(app, pilot)
            await user.ready()
            yield user

    return run


@pytest.fixture
def drive() -> Callable[[Pilot[None]], Driver]:
    """Return what makes a driver of a pilot, where another library has started the app."""

    def make(pilot: Pilot[None]) -> Driver:
        assert isinstance(pilot.app, ReaderApp)
        return Driver(pilot.app, pilot)

    return make
