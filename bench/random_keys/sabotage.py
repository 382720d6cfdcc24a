"""Breaks the program on purpose: a way of looking at it that finds nothing then is blind. For tests."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any

from bench.random_keys.watching import when_imported

AFTER = 15
"""Commands after which what is broken shows."""


def do(what: str) -> None:
    """Break all that is named, with blanks between."""
    for name in what.split():
        BREAKS[name]()


def _lost() -> None:
    """Call each change saved, and write its first part only."""

    def change(module: Any) -> None:
        commit = module.JournalStorage._commit

        def careless(self: Any, edits: list[Any]) -> None:
            commit(self, [edit for edit in edits if edit.table == "_meta" or edit is not edits[0]])

        module.JournalStorage._commit = careless

    when_imported("store.annotations.journal_storage", change)


def _after_a_while(break_it: Callable[[Any], None]) -> None:
    """Break something once, in the middle of a session, with the app."""

    def change(module: Any) -> None:
        perform, done = module.KeyedApp.perform, [0]

        def broken(self: Any, *what: Any, **more: Any) -> None:
            done[0] += 1
            if done[0] == AFTER:
                break_it(self)
            perform(self, *what, **more)

        module.KeyedApp.perform = broken

    when_imported("tui.keyed_app", change)


def _crash(_: Any) -> None:
    raise RuntimeError("broken on purpose")


def _log(_: Any) -> None:
    from store.indexer.spawning import log_file

    with log_file().open("a") as file:
        file.write("ValueError\n")


def _warning(_: Any) -> None:
    logging.getLogger("broken").warning("on purpose")


def _write(text: str) -> Callable[[Any], None]:
    return lambda app: app._driver.write(text)


def _at_the_end(change: Callable[[Any], None]) -> None:
    when_imported("tui.app", change)


def _keep_mode(module: Any) -> None:
    restore = module.restore_terminal

    def forgetful(driver: Any) -> None:
        restore(driver)
        os.write(2, b"\x1b[?1003h")

    module.restore_terminal = forgetful


def _say_well(module: Any) -> None:
    module.end_process = lambda _status: os._exit(0)


BREAKS: dict[str, Callable[[], None]] = {
    "annotation": _lost,
    "crash": lambda: _after_a_while(_crash),
    "log": lambda: _after_a_while(_log),
    "warning": lambda: _after_a_while(_warning),
    "escape": lambda: _after_a_while(_write("\x1b]0;forged\x07")),
    "copy": lambda: _after_a_while(_write("\x1b]52;c;cm0=\x07")),
    "mode": lambda: _at_the_end(_keep_mode),
    "status": lambda: _at_the_end(_say_well),
}
