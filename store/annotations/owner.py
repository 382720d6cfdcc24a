"""Which machine writes the annotation file, where it lies on a network file system: locks may not reach that far.

Beside the file stands `annotations.json.owner` while a session may write. The sessions of one machine share it, since
between them the lock holds. It is written anew every few seconds: one that is older belongs to a session that is no
more, and is taken over.
"""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from store.annotations.journal import decoded, encoded
from store.disk.atomic import SYSTEM, System, read_all, write_all
from store.disk.mounts import file_system, is_network

FRESH = 60.0
"""Seconds after which a machine that has not been heard of is gone."""

_BEAT = 10.0
_LOOK = 5.0
_TRIES = 3
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Machine(NamedTuple):
    """Who writes."""

    host: str
    boot: str
    """Tells machines of one name apart; the containers of one machine are one, as their locks are."""


class _Sign(NamedTuple):
    """What the owner's file says."""

    machine: Machine
    """Without a boot where it cannot be understood."""
    since: str
    data: bytes


def this_machine() -> Machine:
    """Return the one that this runs on."""
    host = socket.gethostname()
    with contextlib.suppress(OSError):
        return Machine(host, _BOOT.read_text().strip())
    return Machine(host, host)


class Owner:
    """The right to write an annotation file; always there where the file system is no network's."""

    def __init__(
        self,
        path: Path,
        *,
        kind_of: Callable[[Path], str] = file_system,
        machine: Callable[[], Machine] = this_machine,
        clock: Callable[[], datetime],
        system: System = SYSTEM,
    ) -> None:
        self.path = Path(f"{path}.owner")
        self.blocked = ""
        """Why nothing may be written, as a sentence; empty when it may, as far as is known."""
        self._file = path
        self._kind_of = kind_of
        self._machine = machine
        self._clock = clock
        self._system = system
        self._kind: str | None = None
        self._me: Machine | None = None
        self._ours = False
        self._begun = False
        self._looked = self._beaten = float("-inf")

    @property
    def applies(self) -> bool:
        """Whether the file lies on a network file system."""
        if self._kind is None:
            self._kind = self._kind_of(self._file.parent)
        return is_network(self._kind)

    def look(self, *, at_once: bool = False) -> None:
        """See now and then who writes, and say that this session still does where it does; raises no OSError."""
        if not self.applies or not (at_once or time.monotonic() - self._looked >= _LOOK):
            return
        self._looked = time.monotonic()
        with contextlib.suppress(OSError):
            found = self._read()
            if found is not None and found.machine != self._here():
                if not found.machine.boot and not self.blocked:
                    # Being written at this moment, most likely.
                    return
                self._ours = False
                self.blocked = self._sentence(found) if self._is_fresh() else ""
                return
            self.blocked = ""
            if self._ours:
                self._beat(found)

    def claim(self) -> str:
        """Become or stay the writer, under the lock; returns why that is not possible, or an empty string.

        Raises:
            OSError: it could not be found out.
        """
        if not self.applies:
            return ""
        for _ in range(_TRIES):
            found = self._read()
            if found is None:
                with contextlib.suppress(FileExistsError):
                    self._begin()
                    break
            elif found.machine == self._here():
                self._beat(found)
                break
            elif self._is_fresh():
                self._ours = False
                self.blocked = self._sentence(found)
                return self.blocked
            else:
                self._take_away(found)
        else:
            return f"Another machine has begun to write {self._file} at this moment."
        self._ours = True
        self.blocked = ""
        return ""

    def leave(self) -> None:
        """Let others write. Sessions of this machine that are still there say so again by themselves."""
        with contextlib.suppress(OSError):
            found = self._read() if self._ours and self._begun else None
            if found is not None and found.machine == self._here():
                self._system.unlink(os.fspath(self.path))
        self._ours = False

    # ---- the file ------------------------------------------------------------------------------------------
    def _here(self) -> Machine:
        if self._me is None:
            self._me = self._machine()
        return self._me

    def _begin(self) -> None:
        me = self._here()
        says = {"host": me.host, "boot": me.boot, "pid": os.getpid(), "since": self._clock().isoformat()}
        self._write(encoded(says), os.O_CREAT | os.O_EXCL)
        self._begun = True

    def _beat(self, found: _Sign | None) -> None:
        if found is None:
            with contextlib.suppress(FileExistsError):
                self._begin()
        elif time.monotonic() - self._beaten >= _BEAT:
            self._write(found.data, 0)

    def _write(self, data: bytes, flags: int) -> None:
        # Written, not touched: then the time is the server's, whatever the clocks here say.
        fd = self._system.open(os.fspath(self.path), os.O_WRONLY | os.O_NOFOLLOW | flags, 0o644)
        try:
            write_all(fd, data, self._system)
        finally:
            self._system.close(fd)
        self._beaten = time.monotonic()

    def _read(self) -> _Sign | None:
        try:
            return _sign(read_all(self.path, system=self._system)[0])
        except FileNotFoundError:
            return None

    def _is_fresh(self) -> bool:
        try:
            written = self.path.stat().st_mtime
        except FileNotFoundError:
            return False
        return self._time_there() - written < FRESH

    def _time_there(self) -> float:
        """Return the time by the clock of the machine that the file is on, where one may write there."""
        probe = f"{self.path}.tmp-{os.getpid()}-{os.urandom(4).hex()}"
        try:
            fd = self._system.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except OSError:
            return time.time()
        try:
            write_all(fd, b"now", self._system)
        finally:
            self._system.close(fd)
            written = Path(probe).stat().st_mtime
            self._system.unlink(probe)
        return written

    def _take_away(self, stale: _Sign) -> None:
        """Remove the sign of a machine that is gone, and of no other that came meanwhile."""
        aside = f"{self.path}.tmp-{os.getpid()}-{os.urandom(4).hex()}"
        with contextlib.suppress(FileNotFoundError):
            self._system.rename(os.fspath(self.path), aside)
            if read_all(aside, system=self._system)[0] != stale.data:
                with contextlib.suppress(FileExistsError):
                    self._system.link(aside, os.fspath(self.path))
            self._system.unlink(aside)

    def _sentence(self, found: _Sign) -> str:
        since = found.since
        with contextlib.suppress(ValueError):
            since = f" since {datetime.fromisoformat(since).astimezone():%d %B, %H:%M}"
        return (
            f"{found.machine.host} is writing {self._file}{since}, and on this file system ({self._kind}) two machines "
            "must not. You can read here; nothing that you change is saved until Dateline has ended there."
        )


def _sign(data: bytes) -> _Sign:
    try:
        says = decoded(data)
        return _Sign(Machine(str(says["host"]), str(says["boot"])), str(says["since"]), data)
    except (ValueError, RecursionError, KeyError, TypeError):
        return _Sign(Machine("Another machine", ""), "", data)
