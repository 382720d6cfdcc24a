"""Copying: to the clipboard of the terminal that one sits at, or where it takes none to a file whose place is said."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from store.errors import DatelineError
from tui.render.safe import safe
from tui.wire.inside import ChangesApp, PacedDriver

_PATIENCE = 3.0
"""Seconds that tmux has to take a copy."""


class CopyingApp(ChangesApp[None], inherit_bindings=False):
    """An app whose copies leave it."""

    _handing: asyncio.Task[None] | None = None

    def tell(self, words: str) -> None:
        """Tell the user something."""
        raise NotImplementedError

    def copy(self, text: str, what: str = "") -> str:
        """Copy a text, and return in words what was done; `what` it is, where it is more than characters."""
        from tui.wire.clipboard import MOST, Way, sequence, way  # a start copies nothing

        self._clipboard = text
        what = what or f"{len(text):,} character{'' if len(text) == 1 else 's'}"
        how = way(os.environ)
        if how is Way.NONE:
            return _into_file(text, f"this terminal takes no copies; {what} are in")
        if len(text.encode("utf-8", "replace")) > MOST:
            return _into_file(text, f"more than terminals take; {what} are in")
        if how is Way.TMUX:
            self._handing = asyncio.get_running_loop().create_task(self._to_tmux(text, sequence(text, how)))
            return f"sent to tmux and the terminal, {what}"
        self._send(sequence(text, how))
        return f"sent to the terminal, {what}"

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what was cut or copied in a text that is written; Textual's widgets call this."""
        if not text:
            return  # cutting where nothing is selected would empty the clipboard
        said = self.copy(text)
        if not said.startswith("sent"):
            self.tell(said)

    async def _to_tmux(self, text: str, otherwise: str) -> None:
        """Hand a copy to tmux; where it has no such command, or is out of reach, write the sequence for it."""
        try:
            process = await asyncio.create_subprocess_exec(
                "tmux", "load-buffer", "-w", "-",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip
            try:
                await asyncio.wait_for(process.communicate(text.encode("utf-8", "replace")), _PATIENCE)
            except TimeoutError:
                process.kill()
                await process.wait()
            taken = process.returncode == 0
        except OSError:
            taken = False
        if not taken:
            self._send(otherwise)
            self.tell("tmux itself did not take the copy; sent through it, which it may not let by")

    def _send(self, sequence: str) -> None:
        driver = self._driver
        if isinstance(driver, PacedDriver):
            driver.deliver(sequence)
        elif driver is not None:
            driver.write(sequence)


def _into_file(text: str, words: str) -> str:
    from store.library.copied import keep_copy

    try:
        return f"{words} {_short(keep_copy(text))}"
    except DatelineError as error:
        return str(error)


def _short(path: Path) -> str:
    """Write a path as its user would, from the home folder on."""
    home = Path.home()
    return safe(f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path))
