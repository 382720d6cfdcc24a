"""A session that changes as fast as it can, and says before each change what it will do and after it that it was saved.

Sessions work side by side in slots: each slot has articles, tags and notes of its own, so that what it acknowledged
is what must be there, whatever the others do. One note belongs to all: its edits may conflict, and none may go.
"""

from __future__ import annotations

import collections
import json
import os
import random
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.faults.systems import InPlace
from store.annotations.records import (
    DeleteNote,
    DropDraft,
    Note,
    Read,
    RenameTag,
    SaveDraft,
    SaveNote,
    Star,
    Tag,
    Target,
)
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.disk.atomic import SYSTEM

SHARED = [Target(text_hash(f"shared {n}"), f"Shared {n}") for n in range(4)]
OWN = [[Target(text_hash(f"own {slot} {n}"), f"Own {slot} {n}") for n in range(4)] for slot in range(4)]
IN_PLACE, TOO_EARLY = "writing in place", "acknowledging too early"
CONTROLS = (IN_PLACE, TOO_EARLY)


class Session:
    """One session at work, until it is killed."""

    def __init__(self, path: Path, slot: int, seed: int, out: int, control: str) -> None:
        self._path = path
        self._slot = slot
        self._chance = random.Random(seed)
        self._out = out
        self._control = control
        self._own = OWN[slot]
        self._number = seed * 1_000_000
        self._seen: Note | None = None
        self._store = self._opened()

    def _opened(self) -> AnnotationStore:
        system = InPlace(collections.deque(maxlen=0)) if self._control == IN_PLACE else SYSTEM  # type: ignore[arg-type]
        return AnnotationStore(self._path, timeout=60, system=system)

    def work(self) -> None:
        """Make changes for ever."""
        acts: list[Callable[[], None]] = [
            self._tag,
            self._tag,
            self._many,
            self._star,
            self._read,
            self._note,
            self._note,
            self._draft,
            self._rename,
            self._edit_shared,
            self._edit_shared,
        ]
        while True:
            self._chance.choice(acts)()
            lot = self._chance.random()
            if lot < (0.3 if self._control else 0.02):
                self._store.close(fold=bool(self._control) or lot < 0.015)
                self._store = self._opened()
            elif lot < 0.05:
                self._store.fold()
            elif lot < 0.4:
                self._store.refresh()

    # ---- what it says ----------------------------------------------------------------------------------------
    def _say(self, *words: Any) -> None:
        """Tell the parent, in one write that a kill cannot tear."""
        os.write(self._out, (json.dumps(words) + "\n").encode())

    def _do(self, kind: str, where: object, value: object, act: Callable[[], Any]) -> Any:
        """Say what a place will hold, see to it, and say that it does."""
        self._say("?", kind, where, value)
        if self._control == TOO_EARLY:
            self._say("!", kind, where, value)
        done = act()
        if self._control != TOO_EARLY:
            self._say("!", kind, where, value)
        return done

    def _text(self) -> tuple[list[Any], str]:
        """Return a text that is nowhere yet, and how it is called in what is said."""
        self._number += 1
        length = self._chance.choice([0, 40, 3000])
        return [str(self._number), length], f"{self._number} " + "x" * length

    # ---- what it does ----------------------------------------------------------------------------------------
    def _tag(self) -> None:
        article, on = self._chance.randrange(len(SHARED)), self._chance.random() < 0.6
        name = f"{self._slot}-{self._chance.randrange(6)}"
        change = Tag((SHARED[article],), **{"add" if on else "remove": (name,)})
        self._do("tag", f"{article} {name}", on, lambda: self._store.apply(change))

    def _many(self) -> None:
        on = self._chance.random() < 0.5
        change = Tag(tuple(self._own), **{"add" if on else "remove": (f"{self._slot}-many",)})
        self._do("many", self._slot, on, lambda: self._store.apply(change))

    def _star(self) -> None:
        n = self._chance.randrange(len(self._own))
        was, where = self._store.marks(self._own[n]).starred, f"{self._slot} {n}"
        self._do("star", where, not was, lambda: self._store.apply(Star((self._own[n],), not was)))
        for on in (was, not was)[: self._chance.randrange(3)]:
            step = self._store.undo if on == was else self._store.redo
            receipt = self._do("star", where, on, step)
            if receipt.skipped or not receipt.sentence:
                raise AssertionError(f"nobody else stars this, but there was nothing to undo: {receipt}")

    def _read(self) -> None:
        n, on = self._chance.randrange(len(self._own)), self._chance.random() < 0.5
        change = Read((self._own[n],), on, automatic=self._chance.random() < 0.5)
        self._do("read", f"{self._slot} {n}", on, lambda: self._store.apply(change))

    def _note(self) -> None:
        n = self._chance.randrange(2)
        old = next(iter(self._store.notes(self._own[n])), None)
        where = f"{self._slot} {n}"
        if old is not None and self._chance.random() < 0.2:
            self._do("note", where, None, lambda: self._store.apply(DeleteNote(old.id)))
            return
        called, body = self._text()
        base = (old.id, old.revision) if old is not None else (None, 0)
        self._do("note", where, called, lambda: self._store.apply(SaveNote(self._own[n], body, *base)))

    def _draft(self) -> None:
        where = str(self._slot)
        offered = self._store.draft(self._own[3])
        resumed = offered.id if offered is not None else ""
        if self._chance.random() < 0.1:
            self._do("draft", where, None, lambda: self._store.apply(DropDraft(self._own[3], draft=resumed)))
        else:
            called, body = self._text()
            change = SaveDraft(self._own[3], body, draft=resumed)
            self._do("draft", where, called, lambda: self._store.apply(change))

    def _rename(self) -> None:
        names = f"{self._slot}/one", f"{self._slot}/two"
        tags = self._store.marks(self._own[0]).tags
        if not any(name in tags for name in names):
            self._do("name", self._slot, names[0], lambda: self._store.apply(Tag(tuple(self._own), (names[0],))))
            return
        old, new = names if names[0] in tags else (names[1], names[0])
        self._do("name", self._slot, new, lambda: self._store.apply(RenameTag(old, new)))

    def _edit_shared(self) -> None:
        """Edit the note of all, now and then from a text that is no longer the newest."""
        if self._seen is None or self._chance.random() < 0.6:
            self._seen = self._store.notes(SHARED[0])[0]
        base = self._seen
        called, body = self._text()
        before = base.body.partition(" ")[0]
        self._do("shared", before, called, lambda: self._store.apply(SaveNote(SHARED[0], body, base.id, base.revision)))


def run(path: Path, slot: int, seed: int, out: int, control: str) -> None:
    """Work until killed; an exception is said, and ends it."""
    try:
        Session(path, slot, seed, out, control).work()
    except BaseException:  # noqa: BLE001 - a forked child must not go on as its parent
        os.write(out, (json.dumps(["x", traceback.format_exc()[-3000:]]) + "\n").encode())
    finally:
        os._exit(1)


# ---- what is there afterwards --------------------------------------------------------------------------------
Place = tuple[str, str]


def prepare(path: Path, articles: int) -> None:
    """Make the file that sessions begin with, with the note that all share."""
    from bench.faults.systems import Quick

    store = AnnotationStore(path, system=Quick())
    store.apply(SaveNote(SHARED[0], "0 "))
    others = [Target(text_hash(f"other {n}"), f"An article that nobody touches, the {n}th") for n in range(articles)]
    store.apply(Tag(tuple(others), ("asia/japan", "kuriles", "todo")))
    store.close()


def look(store: AnnotationStore) -> tuple[dict[Place, Any], set[str]]:
    """Return what each place holds, and which texts the note of all and its conflicts have."""
    found: dict[Place, Any] = {}
    for article, target in enumerate(SHARED):
        for name in store.marks(target).tags:
            found["tag", f"{article} {name}"] = True
    for slot, own in enumerate(OWN):
        marks = [store.marks(target) for target in own]
        for n, one in enumerate(marks):
            found["star", f"{slot} {n}"], found["read", f"{slot} {n}"] = one.starred, one.read
        found["many", str(slot)] = _alike([f"{slot}-many" in one.tags for one in marks])
        names = [tuple(name for name in one.tags if name.startswith(f"{slot}/")) for one in marks]
        found["name", str(slot)] = _alike([one[0] if len(one) == 1 else one or None for one in names])
        for n in range(2):
            notes = store.notes(own[n])
            found["note", f"{slot} {n}"] = None if not notes else _called(notes[0].body) if len(notes) == 1 else "two"
        draft = store.draft(own[3])
        found["draft", str(slot)] = None if draft is None else _called(draft.body)
    return found, {note.body.partition(" ")[0] for note in store.notes(SHARED[0])}


def _alike(values: list[Any]) -> Any:
    """Return what all are, since a change of many articles is made whole or not at all."""
    return values[0] if all(one == values[0] for one in values) else "torn apart"


def _called(body: str) -> Any:
    name, _, rest = body.partition(" ")
    return [name, len(rest)] if rest.strip("x") == "" else "damaged"
