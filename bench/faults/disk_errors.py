"""A disk that is full or failing: every call that can fail so does, once and for good, in everything that sessions do.

Promised is: a change that was not saved says so, with the file and what to do; memory is what the disk has; whatever
was acknowledged is on the disk even if the power fails next; and it goes on when there is space again, or after a
disk error with the next start.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.disk import Disk
from bench.faults.outcome import Outcome
from bench.faults.recovery import fault, read_folder, write_folder
from bench.faults.scripts import SCRIPTS, C, Script, Step
from bench.faults.stage import Stage, State, quick_folder, same_each_time, state
from bench.faults.systems import SYNCS, Failing, Op, Quick
from store.annotations.records import Tag
from store.annotations.store import AnnotationStore
from store.errors import AnnotationsError, NotSaved

NO_SPACE = frozenset({"write", "fsync", "fdatasync", "rename", "link", "open", "mkdir"})
FAILING = NO_SPACE | {"ftruncate", "unlink"}
ADVICE = {errno.ENOSPC: "Free some space", errno.EIO: "copy the file"}


@dataclass
class _Run:
    """One play with one fault."""

    script: Script
    folder: Path
    outcome: Outcome
    system: Failing
    log: list[Op]
    where: str
    stage: Stage = field(init=False)
    saved: State = field(default_factory=dict)
    """What was acknowledged last, or what is there of a change where nobody can know whether it is on the disk."""
    unsure: list[State] = field(default_factory=list)
    """What may be there instead."""

    def __post_init__(self) -> None:
        self.stage = Stage(self.folder, lambda: self.system)

    def play(self, stop_soon: bool) -> None:
        """Play the script; with `stop_soon` only until the first change that is saved after the fault."""
        for step in self.script.steps:
            if step.session not in self.stage.stores and step.does not in ("open", "a day passes"):
                continue
            before = len(self.system.failed)
            self._step(step, before)
            if stop_soon and before and step.changes and len(self.system.failed) == before:
                return

    def _step(self, step: Step, failed_before: int) -> None:
        memory = self.stage.state(step.session) if step.session in self.stage.stores else None
        try:
            step.act(self.stage)
        except AnnotationsError as error:
            self._refused(step, error, set(self.system.failed[failed_before:]), memory)
        except Exception:  # noqa: BLE001 - whatever it is, it is what the suite looks for
            self.bad("raised", f"{step.does}: {traceback.format_exc()[-1500:]}")
        else:
            if step.changes or (step.does == "open" and not self.saved):
                self._acknowledge(step.session)

    def _acknowledge(self, session: str) -> None:
        found = self.stage.state(session)
        if found != self.saved:
            self.saved = found
            self.unsure.clear()

    def _refused(self, step: Step, error: AnnotationsError, failed: set[str], memory: State | None) -> None:
        self.outcome.figures["refused"] += 1
        if str(self.stage.path.parent) not in str(error):
            self.bad("without the file's name", f"{step.does}: {error}")
        if step.does in ("open", "close", "refresh"):
            self.bad(f"could not {step.does}", str(error))
            return
        if isinstance(error, NotSaved) and failed and ADVICE[self.system.errno] not in str(error):
            self.bad("without advice", f"{step.does}: {error}")
        store = self.stage.stores[step.session]
        if self.stage.state(step.session) not in (memory, self.saved):
            self.bad("memory changed", step.does)
        there = self._look_aside()
        if there is not None and there != self.saved:
            # Whether bytes reached the disk when forcing them failed, nobody can know.
            if failed & SYNCS:
                with contextlib.suppress(AnnotationsError):
                    store.refresh()
                self.unsure.append(self.saved)
                self.saved = there
            else:
                self.bad("not saved, but there", step.does)

    def _look_aside(self) -> State | None:
        """Return what another session would find now."""
        aside = self.folder.with_name("aside")
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(self.folder, aside)
        try:
            store = AnnotationStore(Stage(aside, Quick).path, session="aside", system=Quick())
            found = state(store)
            store.close(fold=False)
            return found
        except AnnotationsError as error:
            self.bad("unreadable", str(error))
            return None

    def go_on(self) -> None:
        """Let the disk be well again: each session must be able to save, after a disk error at the latest anew."""
        self.system.heal()
        for session in list(self.stage.stores):
            try:
                try:
                    self.stage.stores[session].apply(Tag((C,), (f"going-on-{session}",)))
                except NotSaved:
                    if self.system.errno != errno.EIO:
                        raise
                    self.stage.stores[session].close()
                    self.stage.open(session)
                    self.stage.stores[session].apply(Tag((C,), (f"going-on-{session}",)))
                self._acknowledge(session)
            except AnnotationsError as error:
                self.bad("did not go on", str(error))
        self.stage.close()

    def look(self, before: dict[str, bytes | None]) -> None:
        """Start on what is there, and on what is there when the power fails now."""
        self.system.die()
        self.stage.stores.clear()
        disk = Disk(before)
        for op in self.log:
            disk.take(op)
        for model, files in (("now", read_folder(self.folder)), ("after a power cut", disk.least())):
            write_folder(self.folder, files)
            why = fault(self.stage.path, [self.saved, *self.unsure]) if self.saved else ""
            if why:
                self.bad("lost", f"{model}: {why}")
            left = [one.name for one in self.stage.path.parent.glob("*.tmp-*")]
            if left and model == "now" and "unlink" not in self.system.failed:
                self.bad("left behind", ", ".join(left))

    def bad(self, figure: str, example: str) -> None:
        """Count something that must not be."""
        self.outcome.bad(figure, f"{self.where}: {example}".replace(os.fspath(self.folder), ""))


def disk_errors(number: int, every: int) -> Outcome:
    """Let each call fail, or each `every`th, with an error number."""
    outcome = Outcome(f"{errno.errorcode[number]} at every call")
    outcome.figures.update({"faults": 0, "refused": 0})
    calls = NO_SPACE if number == errno.ENOSPC else FAILING
    with quick_folder() as folder:
        for at, script in enumerate(SCRIPTS):
            script.prepare(folder)
            before = read_folder(folder)
            fail_at = 1 + at % every
            while _both(script, folder, before, outcome, number, fail_at, calls):
                fail_at += every
    return outcome


def _both(
    script: Script,
    folder: Path,
    before: dict[str, bytes | None],
    outcome: Outcome,
    number: int,
    fail_at: int,
    calls: frozenset[str],
) -> bool:
    """Let a call fail once and for good, and look soon and at the end; False when there are not so many calls."""
    for for_good in (False, True):
        for stop_soon in (False, True):
            if for_good and stop_soon:
                continue
            write_folder(folder, before)
            log: list[Op] = []
            system = Failing(log, number, fail_at, calls, for_good)
            where = f"{script.name}, call {fail_at} {'and all after it fail' if for_good else 'fails'}"
            run = _Run(script, folder, outcome, system, log, where)
            with same_each_time("then"):
                run.play(stop_soon)
                if not system.failed:
                    return False
                run.where += f" ({system.failed[0]})"
                outcome.figures["faults"] += 1
                if not stop_soon:
                    run.go_on()
            run.look(before)
    return True
