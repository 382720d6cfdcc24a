"""What has to wait: for the annotations, for the whole list, for a thread that looks at many articles."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen

from store.errors import DatelineError
from tui.screens.frames import draw_only_changes
from tui.screens.one_size import OneSize

if TYPE_CHECKING:
    from textual.worker import WorkType

    from store.library import Library
    from tui.screens.host import Host

_Result = TypeVar("_Result")

HELD_AT_MOST = 3.0
"""Seconds that keys wait for an answer or a frame, and no longer: who quits does not wait for a disk that hangs."""


def in_background(
    screen: Screen[Any], work: Callable[[], Coroutine[Any, Any, None]], group: str, *, exclusive: bool = False
) -> None:
    """Do something beside what comes; with `exclusive` in the place of what is under way in its group.

    The work begins with its worker. Of one that is ended before that, a coroutine would be left, and Python would
    complain of it on the terminal.
    """
    begun: WorkType[None] = work
    screen.run_worker(begun, group=group, exclusive=exclusive)


class Waiting(OneSize, Screen[None]):
    """A screen on which some things come later, while keys go on or wait."""

    library: Library

    def __init__(self) -> None:
        super().__init__()
        draw_only_changes(self)
        self.until_loaded: list[Callable[[], None]] = []
        """What was asked for before the annotations were read, to be done then."""
        self.until_listed: list[Callable[[], None]] = []
        """What was asked for before the whole list was there, to be done then."""
        self.first_page = False
        """Of the list only the first page is there; the rest is on its way."""
        self.rest_of: str | None = None
        """What was typed, where the list has only the first page of what that finds; the rest is on its way."""
        self.found = 0
        """How many articles that is."""
        self.list_run = 0
        """Counts what was asked for the list: an answer to what was asked before comes too late."""
        self.working = 0
        """What is looked for at the moment for which keys wait."""

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        raise NotImplementedError

    def say(self, message: str) -> None:
        """Tell something in the status line."""
        raise NotImplementedError

    def show_status(self) -> None:
        """Bring the lines around the panes up to date."""
        raise NotImplementedError

    @property
    def is_waiting(self) -> bool:
        """Whether keys wait, too."""
        return bool(self.until_loaded or self.until_listed or self.working)

    def once_loaded(self, act: Callable[[], None]) -> None:
        """Do something that needs the annotations: now, or as soon as they are read."""
        if self.library.annotations_ready or self.library.read_only:
            act()
        else:
            self.until_loaded.append(act)
            self.say("reading your notes and tags…")

    def once_listed(self, act: Callable[[], None]) -> None:
        """Do something that needs the whole list: now, or as soon as more than its first page is there."""
        if self.first_page or self.rest_of is not None:
            self.until_listed.append(act)
        else:
            act()

    def hold_keys(self, at_most: float = 0.0) -> Callable[[], None]:
        """Have keys wait until what is returned is called: they are for what comes then, and keep their order.

        With `at_most` they wait no longer than so many seconds.
        """
        self.working += 1
        held = True

        def release() -> None:
            nonlocal held
            if held:
                held = False
                self.working -= 1
                self.host.release_keys()

        if at_most:
            self.set_timer(at_most, release)
        return release

    def work_held(self, work: Callable[[], _Result], then: Callable[[_Result], None]) -> None:
        """Look at many things on a thread and call `then` with what it brings; keys wait, and keep their order."""
        release = self.hold_keys()

        async def run() -> None:
            try:
                result = await asyncio.to_thread(work)
            except DatelineError as error:
                self.say(str(error))
            else:
                if self.is_attached:
                    then(result)
                    self.show_status()
            release()

        in_background(self, run, "held")

    def when_done(
        self,
        future: Future[_Result],
        then: Callable[[_Result], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        held: bool = False,
    ) -> None:
        """Call `then` on the event loop with what a future brings; a failure is told in the status line.

        With `held` keys wait for it: they are for what it brings.
        """
        waiting = asyncio.wrap_future(future)
        release = self.hold_keys(HELD_AT_MOST) if held else None

        def finish(done: asyncio.Future[_Result]) -> None:
            try:
                if done.cancelled() or not self.is_attached:
                    return
                error = done.exception()
                if error is None:
                    then(done.result())
                elif failed is not None:
                    failed(error)
                else:
                    self.say(str(error))
            finally:
                if release is not None:
                    release()

        waiting.add_done_callback(finish)

    def once_laid_out(self, act: Callable[[], None]) -> None:
        """Do something after the next frame, when what is shown now has its size; keys wait until then."""
        release = self.hold_keys(HELD_AT_MOST)  # no frame comes while another screen lies over this one

        def then() -> None:
            act()
            release()

        self.call_after_refresh(then)
