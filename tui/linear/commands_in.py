"""Where commands come from: a terminal, with editing and history, or any other stream, a line at a time."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from tui.linear.signals import Signals

Complete = Callable[[str, str], Sequence[str]]
"""Proposes words that begin so, for a line up to there."""


class CommandsIn:
    """Reads lines from standard input."""

    def __init__(self, signals: Signals, complete: Complete = lambda word, line: ()) -> None:
        self._signals = signals
        self._complete = complete
        self.person = bool(sys.stdin and sys.stdin.isatty())
        """Whether somebody types them: then there is a prompt."""
        self._readline = _readline(self._proposal) if self.person else None
        self._proposals: Sequence[str] = ()
        if isinstance(sys.stdin, io.TextIOWrapper):
            with suppress(io.UnsupportedOperation):
                sys.stdin.reconfigure(errors="replace")

    def read(self, prompt: str, *, remember: bool = True) -> str | None:
        """Read a line without its end; None when there are no more.

        Raises:
            KeyboardInterrupt: the line is not meant.
            Ended: the session has to end.
        """
        if sys.stdin is None:
            return None
        if self._readline is not None:
            self._readline.set_auto_history(remember)
        with self._signals.waiting():
            if not self.person:
                line = sys.stdin.readline()
                return line.rstrip("\r\n") if line else None
            try:
                return input(prompt)
            except EOFError:
                return None

    def _proposal(self, word: str, number: int) -> str | None:
        if number == 0 and self._readline is not None:
            self._proposals = self._complete(word, self._readline.get_line_buffer()[: self._readline.get_endidx()])
        return f"{self._proposals[number]} " if number < len(self._proposals) else None


def _readline(propose: Callable[[str, int], str | None]):  # type: ignore[no-untyped-def]
    """Return Python's readline, set up; None where there is none. It sends no escape sequence by itself."""
    try:
        import readline
    except ImportError:
        return None
    if "libedit" in (readline.__doc__ or ""):
        readline.parse_and_bind("bind ^I rl_complete")
    else:
        for setting in ("set enable-bracketed-paste off", "set enable-meta-key off", "set bell-style none",
                        "tab: complete"):  # fmt: skip
            readline.parse_and_bind(setting)
    readline.set_completer_delims(" ")
    readline.set_completer(propose)
    return readline
