"""What the program is watched at from within: its changes as they reach the disk, and what only it knows."""

from __future__ import annotations

import importlib.abc
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol


class Say(Protocol):
    """Writes something down that was done."""

    def __call__(self, **what: Any) -> None: ...


class _Watch(importlib.abc.MetaPathFinder):
    """Changes a module right after the program has imported it, whenever that is."""

    def __init__(self, name: str, change: Callable[[Any], None]) -> None:
        self._name, self._change, self._asked = name, change, False

    def find_spec(self, fullname: str, *_: Any) -> Any:
        if fullname != self._name or self._asked:
            return None
        # It stays among the finders: another thread may be going through them.
        self._asked = True
        spec = importlib.util.find_spec(fullname)
        assert spec is not None and spec.loader is not None
        execute = spec.loader.exec_module

        def exec_module(module: Any) -> None:
            execute(module)
            self._change(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def when_imported(name: str, change: Callable[[Any], None]) -> None:
    """Have a module changed once it is imported; of several changes to one the first asked for is made first."""
    sys.meta_path.insert(0, _Watch(name, change))


def changes(keep: Callable[[str], None]) -> None:
    """Have each change written down before it goes to the disk, and that it is there.

    Both while the lock is held, so that the changes of several sessions stand in their order.
    """

    def watch(module: Any) -> None:
        commit = module.JournalStorage._commit

        def kept(self: Any, edits: list[Any]) -> None:
            keep(json.dumps([[edit.table, edit.key, edit.after] for edit in edits]))
            commit(self, edits)
            keep("true")

        module.JournalStorage._commit = kept

    when_imported("store.annotations.journal_storage", watch)


def doings(say: Say) -> None:
    """Have copies, commands and the wish to quit written down, before they are done."""
    seen: set[str] = set()

    def performed(command: str) -> None:
        if command not in seen:
            seen.add(command)
            say(ran=command)

    def copying(module: Any) -> None:
        copy = module.CopyingApp.copy

        def copied(self: Any, text: str, what: str = "") -> str:
            say(copying=text)
            said: str = copy(self, text, what)
            say(copied=text, sent=said.startswith("sent"))
            return said

        module.CopyingApp.copy = copied

    def keyed(module: Any) -> None:
        perform = module.KeyedApp.perform

        def ran(self: Any, command: Any, *how: Any, **more: Any) -> None:
            performed(command.id)
            perform(self, command, *how, **more)

        module.KeyedApp.perform = ran

    def written(module: Any) -> None:
        perform = module.perform_with

        def ran(screen: Any, command: Any, argument: str) -> None:
            performed(f"{command.id} …")
            perform(screen, command, argument)

        module.perform_with = ran

    def leaving(module: Any) -> None:
        leave = module.ReaderApp.leave

        def left(self: Any, status: int = 0) -> None:
            say(left=status, at=time.monotonic())
            leave(self, status)

        module.ReaderApp.leave = left

    when_imported("tui.copying", copying)
    when_imported("tui.keyed_app", keyed)
    when_imported("tui.screens.main.command_line", written)
    when_imported("tui.app", leaving)
