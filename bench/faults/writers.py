"""Several sessions that write at once: the same articles and new ones, a thousand changes each."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from bench.faults.outcome import Outcome
from bench.faults.recovery import stock
from bench.faults.stage import quick_folder, state
from bench.faults.systems import Quick
from store.annotations.records import Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash

SAME = [Target(text_hash(f"same {n}"), f"Same {n}") for n in range(5)]


def writers(sessions: int, changes: int) -> Outcome:
    """Let sessions make so many changes each; none may be lost and none refused."""
    outcome = Outcome(f"{sessions} writers at once")
    outcome.figures.update({"changes": 0, "lost": 0})
    with quick_folder() as folder:
        path = folder / "annotations.json"
        go, held = os.pipe()
        children = [_start(path, one, changes, go, held) for one in range(sessions)]
        os.close(go)
        os.close(held)  # which lets all begin at once
        for pid, pipe in children:
            with os.fdopen(pipe, "rb") as said:
                words = said.read()
            os.waitpid(pid, 0)
            if words:
                outcome.bad("raised", words.decode())
        store = AnnotationStore(path, system=Quick())
        for one in range(sessions):
            for number in range(changes):
                target, tag = _change(one, number)
                outcome.figures["changes"] += 1
                if tag not in store.marks(target).tags:
                    outcome.bad("lost", f"change {number} of session {one}")
        if len(store.history()) != min(1000, sessions * changes):
            outcome.bad("wrong", f"{len(store.history())} steps to undo")
        found = state(store)
        store.close()
        if stock(path) != {name: rows for name, rows in found.items() if name != "sequence"}:
            outcome.bad("different", "stock TinyDB reads something else than the store")
    return outcome


def _change(session: int, number: int) -> tuple[Target, str]:
    if number % 5 == 4:
        return Target(text_hash(f"new {session} {number}"), "New"), "new"
    return SAME[number % len(SAME)], f"{session}-{number}"


def _start(path: Path, session: int, changes: int, go: int, held: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        os.close(held)
        store = AnnotationStore(path, timeout=60, system=Quick())
        os.read(go, 1)
        for number in range(changes):
            target, tag = _change(session, number)
            store.apply(Tag((target,), (tag,)))
        store.close()
    except BaseException:  # noqa: BLE001 - a forked child must not go on as its parent
        os.write(writing, traceback.format_exc()[-3000:].encode())
    finally:
        os._exit(0)
