"""Sessions that write, and may be killed at any moment: `python annotation_sessions.py FILE SESSIONS ROUNDS SEED HOW`.

Starts ROUNDS times SESSIONS processes that make changes as fast as they can, and kills them after a moment.
Each says what it is about to do and that it was acknowledged. Afterwards the file must parse, stock TinyDB must read
it, and every acknowledged change must be in it. Prints what was found as JSON. A process of its own, since it forks.
HOW is `ours`, or `in place` for a control that writes as stock TinyDB does and must be caught.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from store.annotations import storage
from store.annotations.records import SaveDraft, SaveNote, Star, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.disk.stamp import Stamp, from_stat
from store.errors import Unreadable

TARGETS = [Target(text_hash(str(n)), f"Article {n}") for n in range(8)]


def write(path: Path, session: str, seed: int, out: int) -> None:
    """Make changes until killed. Each session has tags, notes and articles to star of its own, so what it
    acknowledged is what must be there, whatever the others do."""
    chance = random.Random(seed)
    store = AnnotationStore(path, session=session)
    notes: dict[str, Any] = {}
    number = 0
    while True:
        number += 1
        article = chance.randrange(len(TARGETS))
        target = TARGETS[article]
        kind = chance.choice(["tag", "tag", "untag", "note", "note", "draft", "undo"])
        name = f"{session}-{number % 6}"
        length = chance.choice([1, 40, 3000])
        if kind == "undo":
            say(out, "?", "star", article, None)
            starred = store.marks(target).starred
            # Another session may have been faster; then there is nothing of this to undo.
            if store.apply(Star((target,), not starred)).undo:
                store.undo()
        elif kind in ("tag", "untag"):
            say(out, "?", "tag", f"{article} {name}", kind == "tag")
            both = {"add": (name,)} if kind == "tag" else {"remove": (name,)}
            store.apply(Tag((target,), **both))
            say(out, "!", "tag", f"{article} {name}", kind == "tag")
        elif kind == "draft":
            say(out, "?", "draft", article, None)
            store.apply(SaveDraft(target, "x" * length))
        else:
            body = f"{session} {number} " + "x" * length
            say(out, "?", "note", article, body)
            old = notes.get(str(article))
            revision = next((note.revision for note in store.notes(target) if note.id == old), 0)
            note = store.apply(SaveNote(target, body, old if revision else None, revision)).note
            notes[str(article)] = note
            say(out, "!", "note", article, body)


def say(out: int, sign: str, what: str, where: object, value: object) -> None:
    """Tell the parent, in one write that a kill cannot tear."""
    os.write(out, (json.dumps([sign, what, where, value]) + "\n").encode())


def write_in_place(path: Path, data: bytes, **_: Any) -> Stamp:
    """Write over the old text, as stock TinyDB does."""
    with path.open("r+b" if path.exists() else "w+b", buffering=0) as file:
        for start in range(0, len(data), 512):
            file.write(data[start : start + 512])
        file.truncate()
        return from_stat(os.fstat(file.fileno()))


def gather(pipes: list[int], pids: list[int], life: float) -> list[list[list[Any]]]:
    """Read what the sessions say, kill them `life` seconds after all have begun, and return what each has said."""
    said = {fd: b"" for fd in pipes}
    until: float | None = None
    killed = False
    while pipes:
        if until is None and all(said.values()):
            until = time.monotonic() + life
        if until is not None and not killed and time.monotonic() >= until:
            killed = True
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
        patience = None if killed or until is None else max(0.0, until - time.monotonic())
        ready, _, _ = select.select(pipes, [], [], patience)
        for fd in ready:
            piece = os.read(fd, 1 << 16)
            said[fd] += piece
            if not piece:
                pipes = [one for one in pipes if one != fd]
    for pid in pids:
        os.waitpid(pid, 0)
    for fd in said:
        os.close(fd)
    return [[json.loads(line) for line in found.split(b"\n")[:-1]] for found in said.values()]


def rounds(path: Path, sessions: int, count: int, seed: int) -> dict[str, int]:
    """Run, kill and look, over and over on one file."""
    chance = random.Random(seed)
    expected: dict[tuple[str, str], Any] = {}
    found = {"kills": 0, "acknowledged": 0, "lost": 0, "unparseable": 0, "steps": 0}
    for number in range(count):
        pipes, pids = [], []
        for one in range(sessions):
            reading, writing = os.pipe()
            pid = os.fork()
            if pid == 0:
                try:
                    write(path, f"s{number}-{one}", seed * 1000 + number * 10 + one, writing)
                except BaseException as error:  # noqa: BLE001 - a forked child must not go on as its parent
                    os.write(2, f"{error!r}\n".encode())
                os._exit(1)
            os.close(writing)
            pipes.append(reading)
            pids.append(pid)
        said = gather(pipes, pids, chance.uniform(0.0, 0.06))
        found["kills"] += sessions
        unsure: dict[tuple[str, str], Any] = {}
        for one, lines in enumerate(said):
            for sign, what, where, value in lines:
                place = (what, f"s{number}-{one} {where}" if what == "note" else str(where))
                if sign == "?":
                    unsure[place] = value
                else:
                    found["acknowledged"] += 1
                    expected[place] = value
                    unsure.pop(place, None)
        try:
            state = look(path)
        except (ValueError, Unreadable):
            found["unparseable"] += 1
            return found
        for place, value in expected.items():
            there = state.get(place, False)
            if there != value and not (place in unsure and there == unsure[place]):
                found["lost"] += 1
            elif place in unsure:
                expected[place] = there
    found["steps"] = len(AnnotationStore(path).history()) if path.exists() else 0
    return found


def look(path: Path) -> dict[tuple[str, str], Any]:
    """Return tags and notes as stock TinyDB reads them."""
    if not path.exists():
        return {}
    with TinyDB(path) as db:
        articles = {found["id"]: found for found in db.table("articles").all()}
        state: dict[tuple[str, str], Any] = {}
        for n, target in enumerate(TARGETS):
            for tag in articles.get(target.id, {}).get("tags", ()):
                state["tag", f"{n} {tag}"] = True
        numbers = {target.id: n for n, target in enumerate(TARGETS)}
        for note in db.table("notes").all():
            session = note["body"].split(" ")[0]
            state["note", f"{session} {numbers[note['article']]}"] = note["body"]
    AnnotationStore(path)
    return state


if __name__ == "__main__":
    file, how_many, times, start, how = sys.argv[1:]
    if how == "in place":
        storage.replace = write_in_place  # type: ignore[assignment]
    print(json.dumps(rounds(Path(file), int(how_many), int(times), int(start))))
