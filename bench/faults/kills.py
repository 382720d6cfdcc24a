"""kill -9 at random moments, of one session or of three at once."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.faults import session_loop
from bench.faults.outcome import Outcome
from bench.faults.recovery import stock
from bench.faults.session_loop import Place
from bench.faults.stage import quick_folder, state
from bench.faults.systems import Quick
from bench.readable import readable
from store.annotations.store import AnnotationStore
from store.errors import AnnotationsError

KILLS_OF_A_FILE = 30
ARTICLES = 150
LONGEST_LIFE = 0.06


@dataclass
class Promised:
    """What sessions have said, and so what must be there."""

    possible: dict[Place, list[Any]] = field(default_factory=dict)
    """What a place may hold: what was acknowledged last, and what was begun since."""
    texts: set[str] = field(default_factory=set)
    """Acknowledged texts of the note of all."""
    followed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Which texts were written over which."""

    def hear(self, sign: str, kind: str, where: object, value: Any) -> None:
        """Take in one thing that a session has said."""
        if kind == "shared":
            if sign == "!":
                self.texts.add(value[0])
            self.followed[str(where)].add(value[0])
            return
        place = kind, str(where)
        if sign == "!":
            self.possible[place] = [value]
        else:
            self.possible.setdefault(place, [None]).append(value)

    def lost(self, store: AnnotationStore) -> list[str]:
        """Return what is not there of what was acknowledged."""
        found, texts = session_loop.look(store)
        lost = [
            f"{' '.join(place)} is {found.get(place)!r}, may be {possible!r}"
            for place, possible in self.possible.items()
            if not any(found.get(place) == one or (not one and not found.get(place)) for one in possible)
        ]
        return lost + [f"text {one} of the shared note" for one in self.texts if not self._lives_on(one, texts)]

    def _lives_on(self, text: str, texts: set[str]) -> bool:
        """Tell whether a text is there, or one that was written over it by somebody who saw it."""
        waiting, seen = [text], set[str]()
        while waiting:
            one = waiting.pop()
            if one in texts:
                return True
            if one not in seen:
                seen.add(one)
                waiting.extend(self.followed.get(one, ()))
        return False


@dataclass
class _Child:
    pid: int
    pipe: int
    slot: int
    said: bytearray = field(default_factory=bytearray)


class Campaign:
    """Sessions on one file, some of them killed, and the look at what is left."""

    def __init__(self, path: Path, outcome: Outcome, chance: random.Random, control: str) -> None:
        self.path = path
        self.outcome = outcome
        self._chance = chance
        self._control = control
        self._promised = Promised()
        self._children: list[_Child] = []
        session_loop.prepare(path, ARTICLES)

    def start(self, slot: int) -> None:
        """Start a session."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            session_loop.run(self.path, slot, self._chance.randrange(1 << 40), writing, self._control)
        self._chance.random()
        os.close(writing)
        self._children.append(_Child(pid, reading, slot))

    def live(self, seconds: float) -> None:
        """Hear what the sessions say for a while, from when the youngest has begun to work."""
        youngest = self._children[-1]
        until = float("inf") if not youngest.said else time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            wait = None if until == float("inf") else until - now
            pipes = [one.pipe for one in self._children]
            ready = readable(pipes, wait)
            if any([not self._hear(one) for one in self._children if one.pipe in ready]):
                return
            if until == float("inf") and youngest.said:
                until = time.monotonic() + seconds

    def kill(self) -> int:
        """Kill one of the sessions, take in what it had said, and return its slot."""
        child = self._chance.choice(self._children)
        os.kill(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)
        while self._hear(child):
            pass
        os.close(child.pipe)
        self._children.remove(child)
        for line in bytes(child.said).split(b"\n")[:-1]:
            words = json.loads(line)
            if words[0] == "x":
                self.outcome.bad("raised", words[1])
            else:
                self._promised.hear(*words)
                self.outcome.figures["acknowledged"] += words[0] == "!"
        self.outcome.figures["kills"] += 1
        try:
            stock(self.path)
        except (ValueError, OSError) as error:
            self.outcome.bad("unreadable", f"stock TinyDB: {error}")
        return child.slot

    def look(self) -> bool:
        """Look at what is there once all are dead; returns whether the file can be used further."""
        try:
            store = AnnotationStore(self.path, system=Quick())
            lost = self._promised.lost(store)
            found = state(store)
            store.close()
            plain = stock(self.path)
        except (AnnotationsError, ValueError, OSError) as error:
            self.outcome.bad("unreadable", str(error))
            return False
        for one in lost:
            self.outcome.bad("lost", one)
        if plain != {name: rows for name, rows in found.items() if name != "sequence"}:
            self.outcome.bad("different", "stock TinyDB reads something else than the store")
        return not lost

    def undo_all(self) -> None:
        """Take back everything that can be taken back: the undo list must have come through as well."""
        store = AnnotationStore(self.path, system=Quick())
        for _ in range(30):
            if not store.undo().sentence:
                break
        store.close()

    def _hear(self, child: _Child) -> bool:
        words = os.read(child.pipe, 1 << 16)
        child.said += words
        return bool(words)


def kills(count: int, sessions: int = 1, seed: int = 1) -> Outcome:
    """Kill so many sessions; after the death of all that run at a time, look at what is there."""
    outcome = Outcome(f"kill -9, {'three sessions' if sessions == 3 else 'one session'}")
    _kill(outcome, count, sessions, seed, "")
    return outcome


def control(how: str, most: int = 400, seed: int = 1) -> Outcome:
    """Kill sessions that save carelessly, until that is found or `most` are killed."""
    outcome = Outcome(f"kill -9, {how}", must_fail=True)
    _kill(outcome, most, 1, seed, how)
    return outcome


def _kill(outcome: Outcome, count: int, sessions: int, seed: int, how: str) -> None:
    outcome.figures.update({"kills": 0, "acknowledged": 0, "lost": 0, "unreadable": 0})
    chance = random.Random(seed)
    with quick_folder() as folder:
        number = 0
        while outcome.figures["kills"] < count and not (how and outcome.figures["bad"]):
            number += 1
            campaign = Campaign(folder / str(number) / "annotations.json", outcome, chance, how)
            usable = True
            end = min(count, outcome.figures["kills"] + KILLS_OF_A_FILE)
            while usable and outcome.figures["kills"] < end:
                _round(campaign, sessions, chance)
                usable = campaign.look()
            if usable:
                campaign.undo_all()


def _round(campaign: Campaign, sessions: int, chance: random.Random) -> None:
    """Let sessions work; with several, kill and replace some of them; then kill all."""
    for slot in range(sessions):
        campaign.start(slot)
    campaign.live(chance.uniform(0.0, LONGEST_LIFE))
    for _ in range(2 * (sessions - 1)):
        campaign.start(campaign.kill())
        campaign.live(chance.uniform(0.0, LONGEST_LIFE))
    for _ in range(sessions):
        campaign.kill()
