"""What the library itself does about an indexer's messages, before the screen hears them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from store.article import Source
from store.indexer.protocol import Message, Replaced
from store.library.desk import Desk
from store.library.following import Texts


class Hearing:
    """Passes messages on; a text that was edited takes its annotations along first."""

    def __init__(
        self, on_message: Callable[[Message], None], desk: Desk, texts: Texts, damaged: Callable[[], str]
    ) -> None:
        self._on_message = on_message
        self._desk = desk
        self._texts = texts
        self._damaged = damaged
        self._known_damage = ""
        self.rebuild: Callable[[], None] = lambda: None

    def __call__(self, message: Message) -> None:
        """Hear a message, on the event loop."""
        self._look_after_index()
        if not isinstance(message, Replaced) or not self._desk.bears(message.old):
            self._on_message(message)
            return
        # The screen draws the new text with its marks, so it hears of it when they are there.
        loop = asyncio.get_running_loop()
        new = self._texts.target_at(message.new, Source(*message.source))
        self._desk.adopt(message.old, new).add_done_callback(lambda done: self._pass_on(done, message, loop))

    def _pass_on(self, done: Future[Any], message: Message, loop: asyncio.AbstractEventLoop) -> None:
        # What could not be adopted now is found again at the next start. A loop that is closed has no screen left.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(self._on_message, message)

    def _look_after_index(self) -> None:
        damage = self._damaged()
        if damage and not self._known_damage:
            self.rebuild()
        self._known_damage = damage
