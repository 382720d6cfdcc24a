"""The indexer's work: what comes next, as writer of the index or standing by.

On screen first, then the files, then what the list shows, then the newest.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from store.article import ArticleId, ArticleKey, Block, Mention
from store.catalog import opening
from store.catalog.analysis import AnalysisStore
from store.catalog.articles import CatalogReader
from store.catalog.writer import CatalogWriter, Waiting
from store.disk.lock import FileLock
from store.entities.labels import group_of
from store.errors import CatalogError, DatelineError
from store.indexer.analysing import Analyst, Failed, blocks_of, log_error
from store.indexer.pace import Pace
from store.indexer.protocol import Articles, Hello, Idle, Mentions, Ready, Trouble
from store.indexer.reading import Reading, stamp_of
from store.indexer.scan import within_roots
from store.indexer.wire import Inbox, Outbox
from store.indexer.wishes import Wishes

_RETRY, _RETRY_LATER = 1.0, 30.0
"""Seconds between attempts to become the writer: while another session is, and when the index cannot be written."""
_LIST_EVERY = 2.0
"""Seconds of reading files after which one article of the list is analysed."""
_REBUILDS = 3
"""Times that one process builds a damaged index anew: more often means a broken disk."""
_OTHER_SESSION = "Another session of Dateline keeps this library's index up to date."


class Stopped(BaseException):
    """The screen has gone or has no more wishes: the way out of whatever is being done."""


class Indexer:
    """One library's indexer, from the first message to the last."""

    def __init__(self, hello: Hello, inbox: Inbox, out: Outbox) -> None:
        self._hello = hello
        self._inbox = inbox
        self._out = out
        self._wishes = Wishes()
        self._index = Path(hello.index)
        self._lock = FileLock(self._index.with_name(self._index.name + ".lock"))
        self._writer: CatalogWriter | None = None
        self._reader: CatalogReader | None = None
        self._retry_at = 0.0
        self._generation = -1
        self._rebuilt = 0
        self._reading: Reading | None = None
        self._round: Iterator[None] | None = None
        self._list_at = 0.0
        self._waiting: deque[Waiting] = deque()
        self._may_wait = False
        self._pace = Pace()
        self._under_way: set[ArticleId] = set()

    def run(self) -> None:
        """Work until the screen goes or says stop."""
        self._enter()
        self._store = AnalysisStore(Path(self._hello.analysis))
        self._new_analyst()
        told_idle = False
        try:
            while True:
                if self._take():
                    told_idle = False
                try:
                    busy = self._step()
                except sqlite3.DatabaseError as error:
                    self._lose_index(error)
                    continue
                if busy:
                    told_idle = False
                    continue
                self._out.free()
                if not told_idle:
                    self._out.send(Idle())
                    told_idle = True
                self._rest()
        except Stopped:
            pass
        finally:
            self._out.free()
            if self._writer is not None:
                self._writer.close()
            self._store.close()

    # ---- what comes next ---------------------------------------------------------------------------------
    def _take(self) -> bool:
        """Take in the screen's wishes; says whether there were new ones."""
        some = self._wishes.take(self._inbox.take())
        if self._inbox.closed or self._wishes.stop:
            raise Stopped
        return some

    def _step(self) -> bool:
        """Do the most urgent thing; False when there is nothing to do."""
        self._heed_skips()
        if self._wishes.asked is not None:
            article, self._wishes.asked = self._wishes.asked, None
            self._analyse(article, answer=True)
            return True
        if self._writer is None:
            self._wishes.places.clear()
            return not self._hello.write and self._analyse_listed()
        if self._wishes.rebuild:
            self._wishes.rebuild = False
            self._build_anew("damaged, as the screen found")
            return True
        return self._read() or self._analyse_listed() or (self._hello.everything and self._analyse_newest())

    def _rest(self) -> None:
        """Wait for something to do."""
        if self._writer is not None or not self._hello.write:
            self._inbox.wait(None)
            return
        self._inbox.wait(_RETRY)
        if time.monotonic() >= self._retry_at and not self._inbox.closed and self._try_to_write():
            return
        self._watch_the_writer()

    def _read(self) -> bool:
        """Take the next step of bringing the articles up to date."""
        assert self._reading is not None
        if self._round is None and self._wishes.places:
            wanted = self._wishes.places
            self._wishes.places = []
            paths = () if () in wanted else [path for place in wanted for path in place]
            if not self._analyst.recogniser:
                self._new_analyst()
            self._round = self._reading.bring_up_to_date(within_roots(paths, self._hello.roots))
        if self._round is None:
            return False
        if time.monotonic() >= self._list_at and self._wishes.listed:
            self._analyse_listed()
            self._list_at = time.monotonic() + _LIST_EVERY
        if next(self._round, StopIteration) is StopIteration:
            self._round = None
            self._may_wait = True
        return True

    def _analyse_listed(self) -> bool:
        if not self._wishes.listed:
            return False
        self._analyse(self._wishes.listed.popleft(), answer=self._writer is None)
        return True

    def _analyse_newest(self) -> bool:
        """Analyse the newest text that waits."""
        assert self._writer is not None
        version = self._analyst.version
        if not version or not (self._waiting or self._may_wait):
            self._commit()
            return False
        if not self._waiting:
            self._waiting.extend(self._writer.waiting(version, 256))
            self._pace.goal(self._writer.articles, self._writer.count_waiting(version))
        if not self._waiting:
            self._may_wait = False
            self._commit()
            return False
        self._analyse(self._waiting.popleft().id)
        self._out.progress("analyse", *self._pace.step(), last=not self._waiting)
        return True

    # ---- one text ----------------------------------------------------------------------------------------
    def _analyse(self, article: ArticleId, *, answer: bool = False) -> None:
        """Find the names of a text that has not got those of this version, and send them if it is being looked at.

        `answer`: send them even if it has.
        """
        if article in self._under_way:
            # Its names are sent when it is done with.
            return
        found = self._look_up(article)
        if found is None:
            return
        key, text, blocks, analysed = found
        version = self._analyst.version
        if analysed == version or not version or article in self._wishes.skipped:
            if answer and (analysed or not version):
                self._commit()
                self._out.send(Mentions(article, self._mentions(key)))
            return
        self._under_way.add(article)
        try:
            names = self._analyst.names_in(
                article,
                text,
                blocks,
                early=lambda names: self._send(article, names, False),
                between=self._between,
            )
        except Failed as failure:
            self._fail(article, str(failure))
        except DatelineError as error:
            self._analyst.give_up(str(error))
            self._out.free()
            self._out.send(Trouble("", "load", str(error)))
        else:
            if self._writer is not None:
                self._writer.put_mentions(article, version, names, group_of)
                if self._wishes.is_seen(article) or self._writer.due:
                    self._commit()
            self._send(article, names, True)
        finally:
            self._under_way.discard(article)

    def _between(self) -> None:
        """See whether something is more urgent than the next piece of a long text."""
        self._take()
        if self._wishes.asked is not None:
            article, self._wishes.asked = self._wishes.asked, None
            self._analyse(article, answer=True)

    def _send(self, article: ArticleId, names: tuple[Mention, ...], complete: bool) -> None:
        if self._wishes.is_seen(article):
            self._out.send(Mentions(article, names, complete))

    def _fail(self, article: ArticleId, reason: str) -> None:
        self._wishes.skipped[article] = reason
        self._out.free()
        self._out.send(Trouble(article, "analyse", reason))
        if self._writer is not None and self._analyst.recogniser:
            self._writer.fail(article, self._analyst.recogniser, reason)

    def _look_up(self, article: ArticleId) -> tuple[int, str, tuple[Block, ...], str] | None:
        """Return a text's row, the text, its blocks, and the version of its names."""
        if self._writer is not None:
            found = self._writer.look_up(article)
            return None if found is None else (found[0], found[1], blocks_of(found[2]), found[3])
        assert self._reader is not None
        key = self._reader.key_of(article)
        stored = self._reader.article(key) if key is not None else None
        if stored is None:
            return None
        # Names of any version will do for a screen that reads along; their writer will better them.
        analysed = self._analyst.version if stored.analysed and self._hello.write else ""
        return stored.key, stored.article.text, stored.article.blocks, analysed

    def _mentions(self, key: int) -> tuple[Mention, ...]:
        if self._writer is not None:
            return self._writer.mentions(key)
        assert self._reader is not None
        return self._reader.mentions(ArticleKey(key))

    def _heed_skips(self) -> None:
        """Leave out what brought a predecessor down."""
        for skip in self._wishes.skips:
            if skip.stage == "load":
                self._analyst.give_up(skip.reason)
            elif skip.stage == "analyse":
                self._writer_fail(ArticleId(skip.source), skip.reason)
            elif self._writer is not None:
                stamp = stamp_of(skip.source)
                if stamp is not None:
                    self._writer.skip_file(skip.source, stamp, skip.reason)
        if self._wishes.skips and self._writer is not None:
            self._wishes.skips = []
            self._commit()

    def _writer_fail(self, article: ArticleId, reason: str) -> None:
        if self._writer is not None and self._analyst.recogniser:
            self._writer.fail(article, self._analyst.recogniser, reason)

    def _commit(self) -> None:
        if self._reading is not None:
            self._reading.commit()

    def _new_analyst(self) -> None:
        self._analyst = Analyst(self._hello.model, self._hello.names, self._store, self._out)
        if self._analyst.trouble:
            self._out.send(Trouble("", "load", self._analyst.trouble))
        elif self._writer is not None:
            self._writer.use_recogniser(self._analyst.recogniser)

    # ---- writer or standing by ---------------------------------------------------------------------------
    def _enter(self) -> None:
        """Become the writer, or stand by and say why."""
        reason = "" if self._hello.write else _OTHER_SESSION
        if self._hello.write and self._try_to_write():
            return
        self._stand_by(reason or self._why)

    _why = _OTHER_SESSION

    def _stand_by(self, reason: str) -> None:
        self._reader = CatalogReader(self._index)
        self._generation = self._reader.counts().generation
        self._out.send(Ready("standby", reason))

    def _try_to_write(self) -> bool:
        """Take the lock and open the index; False when another session has it or it cannot be written."""
        self._retry_at = time.monotonic() + _RETRY
        try:
            self._index.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._lock.try_acquire():
                self._why = _OTHER_SESSION
                return False
            self._writer = CatalogWriter(self._index)
        except (OSError, CatalogError) as error:
            self._lock.release()
            self._retry_at = time.monotonic() + _RETRY_LATER
            self._say_why(str(error) if isinstance(error, CatalogError) else
                          f"The index {self._index} cannot be written: {opening.reason_of(error)}.")  # fmt: skip
            return False
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self._begin_to_write(self._writer)
        return True

    def _begin_to_write(self, writer: CatalogWriter) -> None:
        if writer.rebuilt:
            self._out.send(Trouble(str(self._index), "indexer", writer.rebuilt))
        self._why = _OTHER_SESSION
        self._out.send(Ready("writer"))
        self._reading = Reading(writer, self._out, self._hello.roots)
        self._round = None
        self._wishes.places = [()]
        self._waiting.clear()
        self._may_wait = True
        if hasattr(self, "_analyst") and self._analyst.recogniser:
            writer.use_recogniser(self._analyst.recogniser)

    def _say_why(self, reason: str) -> None:
        if reason != self._why:
            self._why = reason
            self._out.send(Trouble(str(self._index), "indexer", reason))

    def _lose_index(self, error: sqlite3.DatabaseError) -> None:
        """Go on after the index failed under our hands: build a damaged one anew, else stand by."""
        log_error(error)
        self._out.free()
        if self._writer is None:
            self._reader = CatalogReader(self._index)
        elif opening.is_damage(error) and self._rebuilt < _REBUILDS:
            self._build_anew(str(error))
        else:
            self._writer.abandon()
            self._writer = self._reading = self._round = None
            self._lock.release()
            self._retry_at = time.monotonic() + _RETRY_LATER
            self._say_why(f"The index {self._index} cannot be written: {error}.")
            self._stand_by(self._why)

    def _build_anew(self, why: str) -> None:
        assert self._writer is not None
        self._rebuilt += 1
        self._writer.abandon()
        opening.remove(self._index)
        self._writer = CatalogWriter(self._index)
        self._writer.rebuilt = f"The index was damaged ({why}) and is built anew."
        self._begin_to_write(self._writer)

    def _watch_the_writer(self) -> None:
        """Tell the screen what the session that writes has changed."""
        if self._reader is None:
            return
        if self._reader.outdated():
            self._reader.reopen()
            self._out.send(Ready("standby", self._why))
        counts = self._reader.counts()
        if counts.generation != self._generation:
            self._generation = counts.generation
            self._out.send(Articles(counts.articles, counts.generation))
        shown = self._wishes.on_screen
        # Names that the other session has found meanwhile.
        if shown is not None and not self._analyst.version:
            self._wishes.asked = shown
