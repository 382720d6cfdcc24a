"""The indexer's work: what comes next.

The article on screen first, then the files, then what the list shows, then the newest. One that stands by looks after
the article on screen only.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from store.article import ArticleId, ArticleKey, Block, Mention
from store.catalog.analysis import AnalysisStore
from store.catalog.writer import CatalogWriter, Waiting
from store.entities.labels import group_of
from store.errors import DatelineError
from store.formats.limits import limits_with
from store.indexer.analysing import Analyst, Failed, blocks_of, log_error
from store.indexer.pace import Pace
from store.indexer.protocol import Hello, Idle, Mentions, Trouble
from store.indexer.reading import Reading, stamp_of
from store.indexer.scan import within_roots
from store.indexer.standing import RETRY, Standing
from store.indexer.watch import Watch, watch_for
from store.indexer.wire import Inbox, Outbox
from store.indexer.wishes import Wishes

_LIST_EVERY = 2.0
"""Seconds of reading files after which one article of the list is analysed."""
_HOLD_MODEL = 180.0
"""Seconds without work after which the pipeline's memory is given back."""
_READ_BETWEEN = 1.0
"""Seconds of reading between two pieces of a long text, where there is something to read."""
_WATCH_FIRST = 0.5
"""Seconds that a look at folders known already waits for the watch, so that nothing falls between the two."""
_QUEUE = 256
"""Texts that wait, asked for at a time."""


class Stopped(BaseException):
    """The screen has gone or has no more wishes: the way out of whatever is being done."""


class Indexer:
    """One library's indexer, from the first message to the last."""

    def __init__(self, hello: Hello, inbox: Inbox, out: Outbox) -> None:
        self._hello = hello
        self._inbox = inbox
        self._out = out
        self._wishes = Wishes()
        self._analyst: Analyst | None = None
        self._reading: Reading | None = None
        self._watch: Watch | None = None
        self._look_again = False
        self._recogniser_told = False  # to the index
        self._round: Iterator[None] | None = None
        self._list_at = self._worked_at = 0.0
        self._waiting: deque[Waiting] = deque()
        self._may_wait, self._pace = False, Pace()
        self._under_way: set[ArticleId] = set()
        # The screen opens the index as soon as it is there; everything else may take its time.
        self._standing = Standing(hello, out, self._begin_to_write)
        self._store = AnalysisStore(Path(hello.analysis))
        self._analyst = self._new_analyst()

    def run(self) -> None:
        """Work until the screen goes or says stop."""
        told_idle = False
        try:
            while True:
                told_idle = not self._take() and told_idle
                try:
                    busy = self._step()
                except sqlite3.DatabaseError as error:
                    log_error(error)
                    self._out.free()
                    self._round = self._reading = None
                    self._standing.failed(error)
                    continue
                if busy:
                    told_idle = False
                    self._worked_at = time.monotonic()
                    continue
                self._out.free()
                if not told_idle:
                    self._out.send(Idle())
                    told_idle = True
                self._rest()
        except Stopped:
            self._out.free()
        finally:
            if self._watch is not None:
                self._watch.close()
            self._standing.close()
            self._store.close()

    # ---- what comes next ---------------------------------------------------------------------------------
    @property
    def _writer(self) -> CatalogWriter | None:
        return self._standing.writer

    def _take(self) -> bool:
        """Take in the screen's wishes; says whether there were new ones."""
        some = self._wishes.take(self._inbox.take())
        if self._inbox.closed or self._wishes.stop:
            raise Stopped
        return some

    def _step(self) -> bool:
        """Do the most urgent thing; False when there is nothing to do."""
        if not self._recogniser_told and self._writer is not None and self._analyst is not None:
            # Here, where an index that turns out to be damaged is built anew.
            self._recogniser_told = True
            if self._analyst.recogniser:
                self._writer.use_recogniser(self._analyst.recogniser)
        self._heed_skips()
        if self._wishes.asked is not None and not self._reads_meanwhile(self._wishes.asked):
            article, self._wishes.asked = self._wishes.asked, None
            self._analyse(article, answer=True)
            return True
        if self._writer is None:
            self._wishes.places.clear()
            return not self._hello.write and self._analyse_listed()
        if self._wishes.rebuild:
            self._wishes.rebuild = False
            self._standing.build_anew("as the screen found")
            return True
        return self._read() or self._analyse_listed() or (self._hello.everything and self._analyse_newest())

    def _rest(self) -> None:
        """Wait for something to do, holding little while it takes long."""
        standing_by = self._hello.write and self._writer is None
        analyst = self._analyst if self._analyst is not None and self._analyst.loaded else None
        asked = self._inbox.wait(RETRY if standing_by else _HOLD_MODEL if analyst is not None else None)
        if analyst is not None and not asked and time.monotonic() - self._worked_at >= _HOLD_MODEL:
            analyst.unload()
        if standing_by and not self._inbox.closed:
            self._standing.look_around()

    def _reads_meanwhile(self, article: ArticleId) -> bool:
        """Whether to go on reading files while the pipeline is loaded for this text."""
        reading = self._writer is not None and (self._round is not None or bool(self._wishes.places))
        return reading and self._analyst is not None and self._analyst.must_load(article)

    def _read(self) -> bool:
        """Take the next step of bringing the articles up to date, after a text of the list now and then."""
        listed, reads = self._wishes.listed, self._round is not None or bool(self._wishes.places)
        if reads and time.monotonic() >= self._list_at and listed and not self._reads_meanwhile(listed[0]):
            self._analyse_listed()
            self._list_at = time.monotonic() + _LIST_EVERY
        return self._read_on()

    def _read_on(self) -> bool:
        if self._round is None and self._wishes.places:
            self._standing.renew()
            wanted = self._wishes.places
            self._wishes.places = []
            paths = [] if () in wanted else [path for place in wanted for path in place]
            if self._wishes.try_names_again and self._analyst is not None and self._analyst.trouble:
                self._analyst = self._new_analyst()
            self._wishes.try_names_again = False
            if self._watch is not None and not self._watch.settled.is_set():
                # A first list is not kept waiting; what comes while it is read is found by a second look.
                known = self._writer is not None and self._writer.articles > 0
                self._look_again = not (known and self._watch.settled.wait(_WATCH_FIRST))
            if self._reading is not None:
                self._round = self._reading.bring_up_to_date(within_roots(paths, self._hello.roots))
        if self._round is None:
            return False
        if next(self._round, StopIteration) is StopIteration:
            self._round = None
            self._may_wait = True
            if self._watch is not None and self._reading is not None:
                self._watch.cost = self._reading.scan_seconds
                if self._look_again and self._watch.settled.is_set():
                    self._look_again = False
                    self._wishes.places.append(())
        return True

    def _analyse_listed(self) -> bool:
        if not self._wishes.listed:
            return False
        self._analyse(self._wishes.listed.popleft(), answer=self._writer is None)
        if not self._hello.everything:
            self._out.progress("analyse", *self._wishes.listed_so_far(), last=not self._wishes.listed)
        return True

    def _analyse_newest(self) -> bool:
        """Analyse the newest text that waits."""
        writer, version = self._writer, self._analyst.version if self._analyst is not None else ""
        assert writer is not None
        if not self._waiting and self._may_wait and version:
            self._waiting.extend(writer.waiting(version, _QUEUE))
            self._pace.goal(writer.articles, *writer.count_waiting(version))
        if not self._waiting:
            self._may_wait = False
            self._commit()
            return False
        text = self._waiting.popleft()
        self._analyse(text.id)
        self._out.progress("analyse", *self._pace.step(text.words), self._pace.seconds, last=not self._waiting)
        return True

    # ---- one text ----------------------------------------------------------------------------------------
    def _analyse(self, article: ArticleId, *, answer: bool = False) -> None:
        """Find the names of a text that has not got those of this version, and send them if it is being looked at.

        `answer`: send them even if it has.
        """
        found = self._look_up(article)
        if found is None or article in self._under_way or self._analyst is None:
            # The names of what is under way are sent when it is done with.
            return
        key, text, blocks, analysed = found
        version = self._analyst.version
        if analysed == version or not version or article in self._wishes.skipped:
            if answer and analysed:
                self._commit()
                self._out.send(Mentions(article, self._mentions(key)))
            return
        self._under_way.add(article)
        try:
            early = partial(self._send, article, complete=False)
            names = self._analyst.names_in(article, text, blocks, early=early, between=partial(self._between, article))
        except Failed as failure:
            self._out.free()
            self._out.send(Trouble(article, "analyse", str(failure)))
            self._leave_out(article, str(failure))
        except DatelineError as error:
            self._analyst.give_up(str(error))
            self._out.free()
            self._out.send(Trouble("", "load", str(error)))
        else:
            if self._writer is not None:
                self._writer.put_mentions(article, version, names, group_of)
                if self._wishes.is_seen(article) or self._writer.due:
                    self._commit()
            self._send(article, names, complete=True)
        finally:
            self._under_way.discard(article)

    def _between(self, under_way: ArticleId) -> None:
        """See whether something is more urgent than the next piece of a long text."""
        self._take()
        if self._wishes.asked is not None and not self._reads_meanwhile(self._wishes.asked):
            article, self._wishes.asked = self._wishes.asked, None
            self._analyse(article, answer=True)
        until = time.monotonic() + _READ_BETWEEN
        reads = self._writer is not None
        while reads and self._wishes.asked is None and time.monotonic() < until:
            # A book must not keep a new article out of the list. `pause`: it stays under suspicion meanwhile.
            self._out.pause(under_way)
            reads = self._read_on()
            self._take()

    def _send(self, article: ArticleId, names: tuple[Mention, ...], *, complete: bool) -> None:
        if self._wishes.is_seen(article):
            self._out.send(Mentions(article, names, complete))

    def _look_up(self, article: ArticleId) -> tuple[int, str, tuple[Block, ...], str] | None:
        """Return a text's row, the text, its blocks, and the version of its names."""
        if self._writer is not None:
            found = self._writer.look_up(article)
            return None if found is None else (found[0], found[1], blocks_of(found[2]), found[3])
        reader = self._standing.reader
        key = reader.key_of(article) if reader is not None else None
        stored = reader.article(key) if reader is not None and key is not None else None
        if stored is None:
            return None
        # Names of any version will do for a screen that reads along; their writer will better them.
        known = stored.analysed and self._hello.write and self._analyst is not None
        analysed = (self._analyst.version or "old") if known and self._analyst is not None else ""
        return stored.key, stored.article.text, stored.article.blocks, analysed

    def _mentions(self, key: int) -> tuple[Mention, ...]:
        if self._writer is not None:
            return self._writer.mentions(key)
        reader = self._standing.reader
        return reader.mentions(ArticleKey(key)) if reader is not None else ()

    # ---- below -------------------------------------------------------------------------------------------
    def _heed_skips(self) -> None:
        """Leave out what brought a predecessor down. Only the writer can do so for good."""
        if not self._wishes.skips or self._analyst is None:
            return
        for skip in self._wishes.skips:
            if skip.stage == "load":
                self._analyst.give_up(skip.reason)
            elif skip.stage == "analyse":
                self._leave_out(ArticleId(skip.source), skip.reason)
            elif self._writer is not None:
                stamp = stamp_of(skip.source, limits_with(self._hello.json))
                if stamp is not None:
                    self._writer.skip_file(skip.source, stamp, skip.reason)
        if self._writer is not None:
            self._wishes.skips.clear()
            self._commit()

    def _leave_out(self, article: ArticleId, reason: str) -> None:
        self._wishes.skipped[article] = reason
        if self._writer is not None and self._analyst is not None and self._analyst.recogniser:
            self._writer.fail(article, self._analyst.recogniser, reason)

    def _commit(self) -> None:
        if self._reading is not None:
            self._reading.commit()

    def _new_analyst(self) -> Analyst:
        analyst = Analyst(self._hello.model, self._hello.names, self._store, self._out)
        if analyst.trouble:
            self._out.send(Trouble("", "load", analyst.trouble))
        self._recogniser_told = False
        return analyst

    def _begin_to_write(self, writer: CatalogWriter) -> None:
        self._reading = Reading(
            writer, self._out, self._hello.roots, limits_with(self._hello.json), self._wishes.left_out
        )
        if self._hello.watch and self._watch is None:
            self._watch = watch_for(self._hello, self._inbox, self._out)
        self._round = None
        self._wishes.places = [()]
        self._waiting.clear()
        self._may_wait = True
        self._recogniser_told = False
