"""The Textual app: its screen, themes and keys; it starts and ends the indexer, and leaves in good order."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.screen import Screen

from store import paths
from store.article import ArticleId, StoredArticle
from store.library import LastPlace, Library, Message
from tui import habits
from tui import session as sessions
from tui.keymap import Keymap
from tui.last_screen import LastScreen
from tui.leaving import end_process, restore_in_haste, restore_terminal, tell_unsaved
from tui.screens.main import reading, resuming
from tui.screens.main.screen import MainScreen
from tui.screens.one_size import Ground
from tui.session import Session
from tui.themed_app import ThemedApp
from tui.wire.terminal import has_few_letters, sends_changes

if TYPE_CHECKING:
    from store.library import IndexerClient
    from tui.screens.host import Exporter

_GRACE = 2.0
"""Seconds that a hang-up or a termination waits for the disk at most."""

_SETTLED = 1.0
"""Seconds after which everything that a start makes is there."""

_COMPLETE = 5.0
"""Seconds after which the last screen gives way to ours, be it complete or not."""

_PATIENCE = 10.0
"""Seconds that quitting waits for changes that are still on their way to the disk."""


class ReaderApp(ThemedApp, inherit_bindings=False):
    """Dateline on a terminal."""

    TITLE = "Dateline"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS_PATH = "app.tcss"

    def __init__(
        self, library: Library, *, query: str = "", index: bool = True, last: LastScreen | None = None
    ) -> None:
        super().__init__(
            Keymap(library.config.keys, str(paths.config_file())),
            changes_only=sends_changes(library.config.wire, os.environ),
            last=last,
        )
        self.library = library
        self.query_text = query
        self.animation_level = "none"
        self._last = LastPlace(library.roots)
        self._kept = b""
        self.session: Session = sessions.load(self._last)
        self.habits = self._habits_before = habits.load()
        self._index = index
        self._client: IndexerClient | None = None
        self._leaving = False
        self.ascii_only = library.config.icons == "ascii" or not _utf8() or has_few_letters(os.environ)
        self.begin_in(self.habits.theme, self.session.theme, library.config.theme)

    # ---- life ------------------------------------------------------------------------------------------------------
    def get_default_screen(self) -> Screen[None]:
        """Return what lies beneath the main screen."""
        return Ground(id="_default")

    def heed_signals(self) -> None:
        """Let no signal end the program somewhere in a start, with the terminal as it is then."""
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, lambda number, _: self._give_up(128 + number))
        # asyncio would cancel the app. While an editor has the terminal, ctrl+c is for it; it is born without this.
        signal.signal(signal.SIGINT, lambda *_: None)

    def on_mount(self) -> None:
        """Show the main screen, and be told of hang-ups."""
        if not self.is_headless:
            for number in (signal.SIGHUP, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, self._told_to_go, number)
            self.last_screen.take_over()
        screen = MainScreen(self.library, query=self.query_text, ascii_only=self.ascii_only)
        screen.expect_size(*self.size)
        self.push_screen(screen)
        self.set_timer(_SETTLED, _calm_collector)
        self.set_timer(_COMPLETE, self.show_own)

    @property
    def main_screen(self) -> MainScreen:
        """The main screen, also while something lies over it."""
        return next(screen for screen in self.screen_stack if isinstance(screen, MainScreen))

    def leave(self, status: int = 0) -> None:
        """Quit: keep the place, restore the terminal, wait for the disk, go."""
        self._finish(status)

    def _told_to_go(self, number: signal.Signals) -> None:
        try:
            self._finish(128 + number)
        finally:
            # Only a mistake of our own leads here: it must not keep the program from going.
            if not self.is_headless:
                self._give_up(128 + number)

    def terminal_gone(self) -> None:
        """Leave as after a hang-up."""
        self._told_to_go(signal.SIGHUP)

    def _finish(self, status: int) -> None:
        if self._leaving:
            return
        self._leaving = True
        if status and not self.is_headless:
            # A deadline that holds whatever happens, be it a home folder that hangs.
            signal.signal(signal.SIGALRM, lambda *_: self._give_up(status))
            signal.setitimer(signal.ITIMER_REAL, _GRACE)
        main = self.main_screen
        if main.writing is not None:
            from tui.screens.main.noting import keep_draft

            keep_draft(main)
        for screen in self.screen_stack:
            keep: Callable[[], None] | None = getattr(screen, "keep_draft", None)
            if keep is not None:
                keep()
        reading.leave(main)
        if main.pipe_group:
            from tui.command_run import end_group

            end_group(main.pipe_group)
        place = self._place()
        if not status and self._driver is not None and not self.is_headless:
            # What is left to do nobody has to look at.
            restore_terminal(self._driver)
        self._last.end(place, lost=bool(status))
        habits.save(self.habits, self._habits_before)
        if self._driver is None or self.is_headless:
            self.exit(return_code=status)
        elif status:
            # Nobody waits at the terminal: the disk comes first.
            self._end_indexer()
            self.library.close(wait=_GRACE / 2, fold=False)
            restore_terminal(self._driver)
            end_process(status)
        else:
            self._end_indexer()
            keep_screen = self._screen_to_keep(main)
            if not (saved := self.library.close(wait=_PATIENCE)):
                tell_unsaved()
            keep_screen()
            end_process(0 if saved else 3)

    def _give_up(self, status: int) -> None:
        self.last_screen.give_back()
        if self._driver is not None:
            restore_in_haste(self._driver)
        os._exit(status)

    @property
    def is_leaving(self) -> bool:
        """Whether the program is on its way out."""
        return self._leaving

    def shape_of(self, stored: StoredArticle) -> dict[str, Any]:
        """Return an article as `dateline show --format json` gives it, without names."""
        from tui.cli.shapes import article_shape

        article, library = stored.article, self.library
        shape = article_shape(
            article, stored.sources, library.marks(article.id), library.notes(article.id), gone=stored.key < 0
        )
        return {"schema": 1, **shape, "text": article.text}

    @property
    def exporter(self) -> Exporter:
        """What exports as the command line does."""
        from tui.cli import export_here

        return export_here.Exporter(self.library)

    def _place(self) -> bytes:
        return sessions.packed(resuming.place(self.main_screen, self.habits.theme or self.session.theme))

    def _screen_to_keep(self, main: MainScreen) -> Callable[[], None]:
        """Return what keeps the screen for the next start, once nothing is written any more that it depends on."""
        from tui.screens.main import left_screen
        from tui.wire.kept import look_of

        cells: dict[str, Any] = {}
        if left_screen.comes_again(main):
            left_screen.set_back(main)
            cells = self.left_screen()
        look = look_of(self.console, self._painter.able, *left_screen.styles(main)) if self._painter else {}
        return partial(left_screen.keep, main, cells, look, self._last.files)

    def keep_place(self) -> None:
        """Keep the place, if it is another: a kill must not cost it."""
        if self._leaving or not self._last.hold():
            return
        place = self._place()
        if place != self._kept:
            self._kept = place
            asyncio.get_running_loop().run_in_executor(None, self._last.keep, place)

    async def on_unmount(self) -> None:
        """End the indexer and the store where the app ends in Textual's own way, as in tests."""
        if self._client is not None:
            await self._client.stop()
            self._client = None
        self._last.leave()
        await asyncio.to_thread(self.library.close)

    def _fatal_error(self) -> None:
        """Tell of a mistake of our own without the values of variables: they hold what the user reads and writes.

        Only of the first one, and in one piece, since Textual shows no second.
        """
        from tui.mistake import told  # most sessions make none

        self._exit_renderables = self._exit_renderables or [told(self.console)]
        self._close_messages_no_wait()

    # ---- the indexer -----------------------------------------------------------------------------------------------
    def start_indexer(self) -> None:
        """Start the background process."""
        if self._index:
            self._client = self.library.indexer(self._heard)
            self.run_worker(self._client.start(), group="indexer", exit_on_error=False)

    def _end_indexer(self) -> None:
        if self._client is not None:
            self._client.kill()
            self._client = None

    def _heard(self, message: Message) -> None:
        if not self._leaving and self.is_running:
            self.main_screen.heard(message)

    def tell_shown(self, article: ArticleId) -> None:
        """Have an article analysed next."""
        if self._client is not None:
            self._client.show(article)

    def tell_visible(self, articles: tuple[ArticleId, ...]) -> None:
        """Have the listed articles analysed after that."""
        if self._client is not None:
            self._client.visible(articles)

    def rescan(self) -> None:
        """Have the folders looked at again."""
        if self._client is not None:
            self._client.rescan()

    # ---- what screens ask for ----------------------------------------------------------------------------------------
    def tell(self, words: str) -> None:
        """Tell something in the status line."""
        self.main_screen.say(words)

    def draw_again(self) -> None:
        """Clear the terminal and draw every cell."""
        if self._driver is not None:
            self._driver.write("\x1b[2J")
        self.redraw_terminal()
        self.screen.refresh(layout=True)


def _utf8() -> bool:
    import locale

    return locale.getpreferredencoding(False).replace("-", "").lower() in ("utf8", "utf_8")


def _calm_collector() -> None:
    """Set what lives as long as the program apart, so that no key waits for the collector to look at it.

    Without a collection before it: that takes a tenth of a second, and there is little to find.
    """
    gc.freeze()
    gc.enable()


def run(library: Library, *, query: str = "", last: LastScreen | None = None) -> int:
    """Open the reader, on the last screen where that is shown; returns the exit status."""
    app = ReaderApp(library, query=query, last=last)
    app.heed_signals()
    app.run()
    return app.return_code or 0
