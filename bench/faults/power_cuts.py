"""Real power cuts, as far as software can make them: a file system that is shut down without writing anything back.

Needs root, a loop device and ext4 (EXT4_IOC_SHUTDOWN); elsewhere it is left out. What a session acknowledged before the
moment of the cut must be there after the next mount; during the cut the file system itself no longer tells the truth.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from bench.faults.outcome import Outcome
from bench.faults.recovery import stock
from bench.faults.scripts import LONG
from store.annotations.records import SaveNote, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.disk.atomic import System
from store.errors import AnnotationsError

SHUTDOWN = 0x8004587D
WITHOUT_WRITING_BACK = struct.pack("I", 2)
TARGETS = [Target(text_hash(f"cut {n}"), f"Article {n}") for n in range(20)]


class _WithoutForcing(System):
    """The control: forces nothing to the disk."""

    def fsync(self, fd: int) -> None:
        """Do nothing."""

    def fdatasync(self, fd: int) -> None:
        """Do nothing."""


def power_cuts(count: int, seed: int = 1, *, control: bool = False) -> Outcome:
    """Cut the power so many times while a session writes."""
    outcome = Outcome(f"power cuts on ext4{', without fsync' if control else ''}", must_fail=control)
    outcome.figures.update({"cuts": 0, "acknowledged": 0, "lost": 0, "unreadable": 0})
    if sys.platform != "linux" or os.geteuid() or shutil.which("mkfs.ext4") is None:
        outcome.skipped = "needs root, loop devices and ext4"
        return outcome
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        image, mount = Path(folder) / "image", Path(folder) / "mounted"
        mount.mkdir()
        with image.open("wb") as file:
            file.truncate(200 << 20)
        try:
            _run("mkfs.ext4", "-q", "-F", image)
            _run("mount", "-o", "loop", image, mount)
        except OSError as error:
            outcome.skipped = f"no loop device here: {error}"
            return outcome
        try:
            promised: set[str] = set()
            for cut in range(count):
                promised |= _cut(mount, chance, f"c{cut}", control, outcome)
                _unmount(mount)
                _run("mount", "-o", "loop", image, mount)
                if not _look(mount / "here" / "annotations.json", promised, outcome):
                    shutil.rmtree(mount / "here", ignore_errors=True)
                    promised.clear()
                    os.sync()
        finally:
            _unmount(mount)
    return outcome


def _cut(mount: Path, chance: random.Random, name: str, control: bool, outcome: Outcome) -> set[str]:
    """Let a session write, cut the power, and return what it had acknowledged before."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _write(mount / "here" / "annotations.json", name, chance.randrange(1 << 30), writing, control)
    chance.random()
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        pipe.readline()
        time.sleep(chance.uniform(0, 0.1))
        fd = os.open(mount, os.O_RDONLY)
        cut = time.monotonic_ns()
        fcntl.ioctl(fd, SHUTDOWN, WITHOUT_WRITING_BACK)
        os.close(fd)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        said = [line.split() for line in pipe.read().split(b"\n")[:-1]]
    for line in said:
        if line[0] == b"!" and int(line[1]) < cut:
            outcome.bad("raised", b" ".join(line).decode())
    found = {line[0].decode() for line in said if line[0] != b"!" and int(line[1]) < cut}
    outcome.figures["cuts"] += 1
    outcome.figures["acknowledged"] += len(found)
    return found


def _write(path: Path, name: str, seed: int, out: int, control: bool) -> None:
    chance = random.Random(seed)
    try:
        store = AnnotationStore(path, system=_WithoutForcing() if control else System())
        os.write(out, b"begun\n")
        number = 0
        while True:
            number += 1
            tag = f"{name}-{number}"
            store.apply(Tag((chance.choice(TARGETS),), (tag,)))
            os.write(out, f"{tag} {time.monotonic_ns()}\n".encode())
            lot = chance.random()
            if lot < 0.1:
                store.apply(SaveNote(chance.choice(TARGETS), LONG))
            elif lot < 0.14:
                store.fold()
    except BaseException:  # noqa: BLE001 - a forked child must not go on as its parent
        words = traceback.format_exc()[-2000:].replace("\n", " | ")
        os.write(out, f"! {time.monotonic_ns()} {words}\n".encode())
    finally:
        os._exit(0)


def _look(path: Path, promised: set[str], outcome: Outcome) -> bool:
    """Look at what is there after the cut; returns whether it can be used further."""
    try:
        if path.exists():
            stock(path)
        store = AnnotationStore(path)
        lost = promised - {tag for target in TARGETS for tag in store.marks(target).tags}
        store.close()
    except (AnnotationsError, ValueError, OSError) as error:
        outcome.bad("unreadable", str(error))
        return False
    for tag in sorted(lost):
        outcome.bad("lost", tag)
    return not lost


def _run(*words: str | Path) -> None:
    done = subprocess.run([os.fspath(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{words[0]}: {done.stderr.strip()}")


def _unmount(mount: Path) -> None:
    for _ in _patience():
        with contextlib.suppress(OSError):
            _run("umount", mount)
            return


def _patience() -> Iterator[int]:
    for number in range(100):
        yield number
        time.sleep(0.05)
