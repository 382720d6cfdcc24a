"""Brings the articles of the index up to date with the folders."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import cast

from store.article import Problem, Unchanged
from store.catalog.writer import CatalogWriter
from store.formats.folder import FoundFile, walk, why
from store.formats.limits import DEFAULT, Limits, limits_with
from store.indexer import drives
from store.indexer.crew import Crew, Lost
from store.indexer.open_file import NO_CHARACTERS, OpenFile
from store.indexer.protocol import Articles, Hello, Replaced, Trouble
from store.indexer.read_ahead import ReadAhead
from store.indexer.reading_progress import ReadingProgress
from store.indexer.scan import Differences, compare, within_roots
from store.indexer.wire import Outbox

_ALONE = 64
"""Files up to which it is quicker to read them than to start other processes for it."""
_SMALL = 100_000
"""Bytes of a file that does not keep others waiting, and needs no progress told within it."""
_LAST_FILES = 2_000
"""Files that are read in about as long as pipelines take to load."""
_WAIT = 0.05
"""Seconds to wait for what others read, before something more urgent is looked for."""
_REMOVED_AT_ONCE = 100
_FILE = 2_000
"""Bytes that take as long to read as a file takes to open and enter."""


class Reading:
    """One round of scanning and reading, done in steps so that what is more urgent can come between."""

    def __init__(
        self,
        writer: CatalogWriter,
        out: Outbox,
        hello: Hello,
        crew: Crew,
        news: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """`crew`: the processes that read for this one, if there are any, and what is left out.

        `news`: gives places where something has happened meanwhile, which are looked at between two files.
        """
        self._writer = writer
        self._out = out
        self._roots = hello.roots
        self._limits = limits_with(hello.json)
        self._crew = crew
        self._prepares = hello.everything
        self._news = news
        self._begun = 0
        self._progress = ReadingProgress()
        self._came_between: set[str] = set()
        self._overtaken: set[str] | None = None
        """What was looked at between two files of this round; None while no round may be interrupted."""
        self.scan_seconds = 0.0
        """How long the last look at the whole library took, whatever came between."""

    def bring_up_to_date(self, places: Sequence[str]) -> Iterator[None]:
        """Look at these places, read what is new or changed, forget what is gone."""
        if not self._writer.articles and set(self._roots) <= set(places):
            yield from self._read_first()
        self._overtaken = set()
        yield from self._look(places)
        self._overtaken = None

    def _read_first(self) -> Iterator[None]:
        """Read a screenful before all folders are listed, which of a hundred thousand files takes a while."""
        found = (item for root in self._roots for item in walk(Path(root), self._limits))
        # What brought a reader down is known, though no article is.
        known = self._writer.stamps(None)
        new = (item for item in found if isinstance(item, FoundFile) and known.get(item.path) != item.stamp)
        small = (item for item in new if item.size <= _SMALL)
        first = list(islice(small, _ALONE))
        if len(first) == _ALONE and self._crew.size:
            # They start while folders are listed.
            self._crew.hands()
        yield from self._read(first)
        self._begun = self._progress.done
        self.commit()

    def _look(self, places: Sequence[str]) -> Iterator[None]:
        writer, out = self._writer, self._out
        whole = set(self._roots) <= set(places)
        away = drives.away(writer, self._roots, places)
        known = writer.stamps(None if whole else places)
        began = time.monotonic()
        differences = yield from self._scanned(compare(places, self._roots, known, self._limits, away))
        if whole:
            self.scan_seconds = time.monotonic() - began
        for problem in writer.set_scan_problems(differences.problems, differences.places):
            out.send(Trouble(problem.path, problem.stage, problem.reason))
        gone = differences.gone
        if gone and differences.to_read:
            # What was moved is read before its old place is forgotten, so that it keeps its row and its names.
            writer.unsettle(gone)
        yield from self._read(differences.to_read)
        gone = [path for path in gone if path not in (self._overtaken or ())]
        again: set[str] = set()
        for start in range(0, len(gone), _REMOVED_AT_ONCE):
            some = gone[start : start + _REMOVED_AT_ONCE]
            for path in some:
                for _ in writer.emptying(path, again):
                    self.commit_if_due()
                    yield
            again.update(writer.remove_files(some))
            self.commit_if_due()
            yield
        again.difference_update(gone)
        yield from self._read([item for path in sorted(again) for item in walk(Path(path), self._limits)
                               if isinstance(item, FoundFile)])  # fmt: skip
        closed = {problem.path for problem in differences.problems}
        drives.note(writer, self._roots, places, closed)
        if whole and not closed.intersection(self._roots):
            writer.note_looked()
        self.commit()
        if self._overtaken is None:
            self._came_between.update(gone, (file.path for file in differences.to_read))

    def _look_between(self) -> Iterator[None]:
        """Look at what has come meanwhile: a new article should not wait for a hundred thousand others."""
        places = within_roots(news, self._roots) if self._overtaken is not None and (news := self._news()) else ()
        if not places:
            return
        overtaken, self._overtaken, self._came_between = self._overtaken, None, set(places)
        count, self._progress = self._progress, ReadingProgress()
        yield from self._look(places)
        assert overtaken is not None
        self._overtaken, self._progress = overtaken | self._came_between, count

    def commit_if_due(self) -> None:
        """Commit what has waited long enough, and tell the screen."""
        if self._writer.due:
            self.commit()

    def commit(self) -> None:
        """Commit, and tell the screen."""
        self._out.free()
        changed = self._writer.commit()
        if changed:
            self._out.send(Articles(self._writer.articles, self._writer.generation))
        for edit in self._writer.take_edits():
            self._out.send(Replaced((edit.source.path, edit.source.member), edit.old, edit.new, edit.key))

    def _scanned(self, scan: Generator[int, None, Differences]) -> Generator[None, None, Differences]:
        while True:
            try:
                seen = next(scan)
            except StopIteration as end:
                return cast(Differences, end.value)
            if self._overtaken is not None:
                self._out.progress("scan", seen, 0)
            yield

    def _read(self, files: Sequence[FoundFile]) -> Iterator[None]:
        size = sum(file.size + _FILE for file in files)
        self._progress = count = ReadingProgress(done=self._begun, begun=self._begun, left=size)
        self._begun = 0
        ahead, others = self._read_ahead(files)
        for number, file in enumerate(files):
            count.behind = len(files) - number - 1
            before = count.done
            if ahead is not None and self._prepares and number == max(0, len(files) - _LAST_FILES):
                self._crew.prepare()
            if ahead is not None and file.path in others:
                try:
                    yield from self._enter_file(file, ahead)
                except Lost as lost:
                    self._out.send(Trouble("", "indexer", str(lost)))
                    ahead = None
                    self._crew.give_up()
            if ahead is None:
                yield from self._look_between()
            if (ahead is None or file.path not in others) and not self._is_overtaken(file.path):
                yield from self._read_file(file)
            count.done = max(count.done, before + 1)
            count.bytes_done += file.size + _FILE
            count.left -= file.size + _FILE
            self.commit_if_due()
            self._tell_progress(0, 0)
            yield
        if (files or count.done) and self._overtaken is not None:
            self._out.progress("read", count.done, count.done, last=True)

    def _is_overtaken(self, path: str) -> bool:
        """Whether a file was looked at since this round found it, or one of its folders has gone since."""
        overtaken = self._overtaken or ()
        return path in overtaken or (bool(overtaken) and not os.path.lexists(path))

    def _read_ahead(self, files: Sequence[FoundFile]) -> tuple[ReadAhead | None, Collection[str]]:
        """Have other processes begin to read; returns which files they do.

        A file of which the index has some articles by their bytes is read here, where that can be asked for.
        """
        if not self._crew.size or len(files) <= _ALONE:
            return None, ()
        theirs = [file for file in files if not self._writer.has_fingerprints(file.path)]
        self._out.free()
        return ReadAhead(self._crew, theirs), {file.path for file in theirs}

    def _tell_progress(self, expected: int, here: int) -> None:
        """Say how many articles have been read; `expected` are to come in the file in hand, and one in each other.

        `here`: bytes of the file in hand that have been read.
        """
        if self._overtaken is not None:
            self._out.progress("read", *self._progress.so_far(expected, here))

    def _read_file(self, file: FoundFile) -> Iterator[None]:
        update = self._writer.update_file(file.path)
        before = self._progress.done
        try:
            opened = OpenFile(file.path, file.size, self._limits, self._out, self._crew.left_out, update.keep)
        except (FileNotFoundError, NotADirectoryError):
            # Moved or deleted since it was found, as a folder that gets another name: the next look tells of it.
            return
        except OSError as error:
            update.add(self._told(Problem(file.path, "read", why(error))))
            # Permission may be given without a trace in the stamp: look again every time.
            update.finish("")
            return
        with opened:
            for item in opened.items():
                try:
                    if not isinstance(item, Unchanged):
                        update.add(item if not isinstance(item, Problem) else self._told(item))
                except UnicodeEncodeError:
                    update.add(self._told(Problem(file.path, "read", NO_CHARACTERS)))
                self._progress.done += 1
                if self._writer.due:
                    expected = round((self._progress.done - before) * (1 / opened.share - 1))
                    yield from self._paused(file, expected, round(opened.share * file.size))
                    opened.begin()
        for _ in update.finishing(self._stamp(file)):
            yield from self._paused(file, 0, file.size)

    def _stamp(self, file: FoundFile) -> str:
        """Return the stamp that a file is entered with: none where the next start tries a member of it again."""
        left_out = self._crew.left_out
        if not left_out or not any(skip.again for skip in left_out.values() if skip.source == file.path):
            return file.stamp
        self._writer.hold(file.path, file.stamp)
        return ""

    def _enter_file(self, file: FoundFile, ahead: ReadAhead) -> Iterator[None]:
        """Enter what another process reads of a file.

        Raises:
            Lost: no process can be kept alive to read it.
        """
        update = self._writer.update_file(file.path)
        while True:
            part = ahead.part(_WAIT)
            if part is None:
                self.commit_if_due()
                yield
                continue
            if part.skip:
                self._writer.skip_file(file.path, file.stamp, part.skip.reason, again=part.skip.again)
                return
            if not part.opened and not os.path.lexists(file.path):
                return
            if part.anew:
                update = self._writer.update_file(file.path)
            for item in part.items:
                update.add(item if not isinstance(item, Problem) else self._told(item))
                self._progress.done += 1
                yield from self._paused(file, 0, 0)
            if part.last:
                break
        for _ in update.finishing(self._stamp(file) if part.opened else ""):
            yield from self._paused(file, 0, file.size)

    def _paused(self, file: FoundFile, expected: int, here: int) -> Iterator[None]:
        """Show what a file with many articles has brought so far, and let something more urgent come between."""
        if self._writer.due:
            self._out.pause(file.path)
            self.commit()
            self._tell_progress(expected, here)
            yield

    def _told(self, problem: Problem) -> Problem:
        self._out.send(Trouble(problem.path, problem.stage, problem.reason, problem.member))
        return problem


def stamp_of(path: str, limits: Limits = DEFAULT) -> str | None:
    """Return the stamp of one file as a scan would find it; None when it is none that would be read."""
    found: Iterable[FoundFile | Problem] = walk(Path(path), limits)
    return next((item.stamp for item in found if isinstance(item, FoundFile) and item.path == path), None)
