"""What sessions do while something goes wrong: short plays, the same each time they are run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.faults.stage import Stage, same_each_time
from bench.faults.systems import Quick
from store.annotations.name_records import CorrectionKind, CorrectName, JoinEntities, Scope, WriteEntityNote
from store.annotations.records import (
    AssignDigit,
    Change,
    Read,
    RenameTag,
    SaveDraft,
    SaveNote,
    Star,
    Tag,
    Target,
)
from store.article import EntityKey, Source, text_hash

A, B, C = (Target(text_hash(name), name.upper(), (Source(f"/library/{name}"),)) for name in "abc")
FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures" / "annotations"


@dataclass(frozen=True)
class Step:
    """One thing that a session does."""

    does: str
    session: str
    act: Callable[[Stage], Any]
    changes: bool = False
    """Whether it acknowledges a change."""


def opens(session: str = "one") -> Step:
    """Start a session."""
    return Step("open", session, lambda stage: stage.open(session))


def closes(session: str = "one") -> Step:
    """End a session, which folds the journal."""
    return Step("close", session, lambda stage: stage.stores.pop(session).close())


def makes(change: Change, session: str = "one") -> Step:
    """Make a change."""
    return Step(type(change).__name__, session, lambda stage: stage.stores[session].apply(change), changes=True)


def edits(body: str, session: str = "one") -> Step:
    """Write the first note on A anew."""

    def act(stage: Stage) -> None:
        note = stage.stores[session].notes(A)[0]
        stage.stores[session].apply(SaveNote(A, body, note.id, note.revision))

    return Step("edit", session, act, changes=True)


def undoes(session: str = "one") -> Step:
    """Take back the newest change."""
    return Step("undo", session, lambda stage: stage.stores[session].undo(), changes=True)


def redoes(session: str = "one") -> Step:
    """Do it again."""
    return Step("redo", session, lambda stage: stage.stores[session].redo(), changes=True)


def looks(session: str = "one") -> Step:
    """Take in what others did."""
    return Step("refresh", session, lambda stage: stage.stores[session].refresh())


def folds(session: str = "one") -> Step:
    """Bring the plain file up to date, as a session does when nothing has been changed for a while."""
    return Step("fold", session, lambda stage: stage.stores[session].fold())


def folds_meanwhile(change: Change, session: str = "one") -> Step:
    """Begin to fold, and make a change in the midst of it."""

    def act(stage: Stage) -> None:
        folding = stage.stores[session].folding()
        next(folding, None)
        next(folding, None)
        stage.stores[session].apply(change)
        for _ in folding:
            pass

    return Step("change while folding", session, act, changes=True)


def a_day_later(session: str = "one") -> Step:
    """Let a day pass, so that the next change makes a backup."""

    def act(stage: Stage) -> None:
        stage.now += timedelta(days=1)

    return Step("a day passes", session, act)


@dataclass(frozen=True)
class Script:
    """A play, and what was on the disk before it."""

    name: str
    steps: Sequence[Step]
    before: Callable[[Path], None] = field(default=lambda folder: None)

    def prepare(self, folder: Path) -> None:
        """Make a folder as it has long been on the disk."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with same_each_time("before"):
            self.before(folder)

    def play(self, stage: Stage, done: Callable[[Step], None]) -> None:
        """Play it; `done` is called after each step."""
        with same_each_time("then"):
            for step in self.steps:
                step.act(stage)
                done(step)


# ---- what was there before -----------------------------------------------------------------------------------
LONG = "A thought that takes some room. " * 40
FIRST: tuple[Change, ...] = (
    Tag((A, B), ("japan", "asia/kuriles")),
    SaveNote(A, LONG, tags=("todo",)),
    Star((B,), True),
    SaveNote(B, "short"),
    CorrectName(A, CorrectionKind.DROP, Scope.ARTICLE, "Nobody", "PERSON"),
)
NAMES: tuple[Change, ...] = (
    CorrectName(None, CorrectionKind.LABEL, Scope.LIBRARY, "Abe", "ORG", "PERSON"),
    JoinEntities(((EntityKey("person:abe"), "Abe"),), EntityKey("person:shinzo abe"), "Shinzo Abe"),
    WriteEntityNote(EntityKey("person:shinzo abe"), "Shinzo Abe", "person", LONG),
)


def kept(folder: Path) -> None:
    """Leave a file as a session leaves it that was ended."""
    stage = Stage(folder, Quick)
    stage.open("earlier")
    for change in FIRST:
        stage.stores["earlier"].apply(change)
    stage.close()


def killed(folder: Path) -> None:
    """Leave what a session leaves that was killed: nothing is folded."""
    kept(folder)
    stage = Stage(folder, Quick)
    stage.open("killed")
    for change in (Tag((C,), ("late",)), SaveNote(C, LONG), Star((A,), True)):
        stage.stores["killed"].apply(change)
    files = {path: path.read_bytes() for path in stage.path.parent.rglob("*") if path.is_file()}
    stage.close()
    shutil.rmtree(stage.path.parent)
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def edited_by_hand(folder: Path) -> None:
    """Leave a file that another program has changed while changes waited in the journal of a killed session."""
    killed(folder)
    path = Stage(folder, Quick).path
    path.write_bytes(path.read_bytes().replace(b'"asia/kuriles"', b'"by/hand"'))


def torn(folder: Path) -> None:
    """Leave a journal whose last line is only half there."""
    killed(folder)
    journal = Path(f"{Stage(folder, Quick).path}.journal")
    journal.write_bytes(journal.read_bytes()[:-40])


def rotten(folder: Path) -> None:
    """Leave a journal of which one line cannot be read."""
    killed(folder)
    journal = Path(f"{Stage(folder, Quick).path}.journal")
    lines = journal.read_bytes().split(b"\n")
    lines[1] = lines[1][:-1] + b"?"
    journal.write_bytes(b"\n".join(lines))


def of_schema(schema: int) -> Callable[[Path], None]:
    """Leave the file that an earlier Dateline wrote."""

    def before(folder: Path) -> None:
        (folder / "data").mkdir()
        shutil.copy(FIXTURES / f"schema-{schema}.json", folder / "data" / "annotations.json")

    return before


SCRIPTS = (
    Script("first change ever", (opens(), makes(Tag((A, B), ("japan",))), makes(SaveNote(A, "a note")), closes())),
    Script(
        "changes",
        (
            opens(),
            makes(Tag((A,), ("new",), ("japan",))),
            edits("much shorter than before"),
            makes(Star((B,), True)),
            makes(SaveDraft(B, LONG)),
            makes(Read((A, B, C), True)),
            undoes(),
            redoes(),
            edits(LONG * 3),
            makes(RenameTag("asia/kuriles", "far-east")),
        ),
        kept,
    ),
    Script(
        "folding",
        (
            opens(),
            makes(Tag((C,), ("x",))),
            closes(),
            opens(),
            makes(SaveNote(C, LONG)),
            makes(AssignDigit(3, "japan")),
            folds(),
            opens("two"),
            makes(Tag((A,), ("y",)), "two"),
            looks(),
            folds_meanwhile(Star((C,), True)),
            folds("two"),
            undoes(),
            closes(),
            closes("two"),
        ),
        kept,
    ),
    Script("start after a kill", (opens(), makes(Tag((B,), ("after",))), closes(), opens(), closes()), killed),
    Script("after an edit by hand", (opens(), makes(Tag((B,), ("after",))), closes()), edited_by_hand),
    Script("after half a line", (opens(), makes(Tag((B,), ("after",))), folds(), closes()), torn),
    Script("after a rotten line", (opens(), makes(Tag((B,), ("after",))), closes()), rotten),
    Script(
        "backup of the day",
        (opens(), makes(Tag((A,), ("x",))), a_day_later(), makes(Tag((A,), ("y",))), a_day_later(), closes()),
        kept,
    ),
    Script("file of schema 1", (opens(), makes(Star((A,), True)), makes(Tag((B,), ("x",))), closes()), of_schema(1)),
    Script("file of schema 2", (opens(), makes(Star((A,), True)), makes(Tag((B,), ("x",))), closes()), of_schema(2)),
    Script("names", (opens(), *map(makes, NAMES), undoes(), redoes(), folds(), undoes(), undoes(), closes()), kept),
    Script(
        "two sessions",
        (
            opens("one"),
            opens("two"),
            makes(Tag((A,), ("of-one",)), "one"),
            edits("of one", "one"),
            makes(Tag((A,), ("of-two",)), "two"),
            edits("of two", "two"),
            looks("one"),
            closes("one"),
            makes(Star((C,), True), "two"),
            opens("one"),
            makes(Tag((C,), ("again",)), "one"),
            closes("two"),
            makes(Tag((B,), ("last",)), "one"),
            closes("one"),
        ),
        kept,
    ),
)
