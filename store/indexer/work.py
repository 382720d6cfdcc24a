"""The indexer's work: what comes next.

The article on screen first, then the files, then what the list shows, then the newest. One that stands by looks after
the article on screen only.
"""

from __future__ import annotations

import sqlite3
import time
from functools import partial
from pathlib import Path

from store.article import ArticleId
from store.catalog.analysis import AnalysisStore
from store.catalog.versions import has_no_pipeline
from store.catalog.waiting import LookedUp
from store.catalog.writer import CatalogWriter
from store.errors import DatelineError
from store.indexer import skipping
from store.indexer.analysing import Analyst, Failed, blocks_of, log_error
from store.indexer.backlog import Backlog
from store.indexer.correcting import LOOK, Correcting
from store.indexer.crew import Crew
from store.indexer.entering import Entering
from store.indexer.languages import Languages
from store.indexer.protocol import Hello, Idle, Mentions, Trouble
from store.indexer.reading import Reading
from store.indexer.rounds import Rounds
from store.indexer.standing import RETRY, Standing
from store.indexer.together import Together
from store.indexer.wanted import Wanted
from store.indexer.wire import Inbox, Outbox
from store.indexer.wishes import Stopped, Wishes

_LIST_EVERY = 2.0
"""Seconds of reading files after which one article of the list is analysed."""
_HOLD_MODEL = 180.0
"""Seconds without work after which the pipeline's memory is given back."""
_READ_BETWEEN = 1.0
"""Seconds of reading between two pieces of a long text, where there is something to read."""


class Indexer:
    """One library's indexer, from the first message to the last."""

    def __init__(self, hello: Hello, inbox: Inbox, out: Outbox) -> None:
        self._hello = hello
        self._inbox = inbox
        self._out = out
        self._wishes = Wishes()
        self._rounds = Rounds(hello, inbox, out, self._wishes)
        self._recogniser_told = False  # to the index
        self._list_at = self._worked_at = self._names_at = 0.0
        self._backlog = Backlog(out)
        self._under_way: set[ArticleId] = set()
        self._crew = Crew(hello, out, self._wishes.left_out)
        self._languages = Languages(out)
        self._correcting = Correcting(Path(hello.annotations) if hello.annotations else None)
        self._entering = Entering(self._wishes, self._correcting, self._rounds.commit, out)
        self._together = Together(self._crew, self._backlog, self._languages, self._entering, self._wishes, out)
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
                    self._rounds.forget()
                    self._correcting.end()
                    self._standing.failed(error)
                    continue
                if busy:
                    told_idle = False
                    self._worked_at = time.monotonic()
                    continue
                self._out.free()
                if not told_idle:
                    self._crew.close()
                    self._standing.settle()
                    self._out.send(Idle())
                    told_idle = True
                self._rest()
        except Stopped:
            self._out.free()
        finally:
            self._rounds.close()
            self._crew.close()
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
        if not self._recogniser_told and self._writer is not None:
            # Here, where an index that turns out to be damaged is built anew.
            self._recogniser_told = True
            if self._analyst.wanted.versions:
                self._writer.use_recogniser(self._analyst.wanted.digest)
        if self._hello.names and time.monotonic() >= self._names_at:
            self._names_at = time.monotonic() + LOOK
            if self._analyst.wanted.outdated():
                # The user has written to the file of names.
                self._analyst = self._new_analyst()
                self._backlog.look_again(anew=True)
                self._wishes.asked = self._wishes.on_screen
        if self._wishes.skips:
            skipping.heed(self._wishes, self._writer, self._analyst.wanted, self._hello.json)
            self._rounds.commit()
        if self._answer():
            return True
        if self._writer is None:
            self._wishes.places.clear()
            return not self._hello.write and self._analyse_listed()
        if self._wishes.rebuild:
            self._wishes.rebuild = False
            self._standing.build_anew("as the screen found")
            return True
        busy = (
            self._correcting.step(self._rounds.commit, self._out.send)
            or self._read()
            or self._analyse_listed()
            or self._tell_languages(self._writer)
            or (self._hello.everything and self._analyse_newest(self._writer))
            or self._correcting.step(self._rounds.commit, self._out.send, first=True)
        )
        if not busy:
            self._rounds.commit()
        return busy

    def _answer(self) -> bool:
        """Analyse the article that the screen asks for; False where it asks for none, or has to wait."""
        article = self._wishes.asked
        if article is None or self._reads_meanwhile(article):
            return False
        self._wishes.asked = None
        self._analyse(article, answer=True)
        return True

    def _rest(self) -> None:
        """Wait for something to do, holding little while it takes long."""
        standing_by = self._hello.write and self._writer is None
        holds = self._languages.loaded or self._analyst.loaded
        follows = bool(self._hello.names or self._hello.annotations)
        timeouts = [RETRY] * standing_by + [_HOLD_MODEL] * holds + [LOOK] * follows
        asked = self._inbox.wait(min(timeouts, default=None))
        if holds and not asked and time.monotonic() - self._worked_at >= _HOLD_MODEL:
            self._languages.unload()
            self._analyst.unload()
        if standing_by and not self._inbox.closed:
            self._standing.look_around()

    def _reads_meanwhile(self, article: ArticleId) -> bool:
        """Whether to go on reading files while the pipeline is loaded for this text."""
        if self._writer is None or not self._rounds.wanted or (found := self._look_up(article)) is None:
            return False
        if self._languages.must_load(found):
            return True
        return self._analyst.must_load(article, self._languages.of(found, article, self._writer))

    def _read(self) -> bool:
        """Take the next step of bringing the articles up to date, after a text of the list now and then."""
        listed = self._wishes.listed
        due = self._rounds.wanted and time.monotonic() >= self._list_at
        if due and listed and not self._reads_meanwhile(listed[0]):
            self._analyse_listed()
            self._list_at = time.monotonic() + _LIST_EVERY
        return self._read_on()

    def _read_on(self) -> bool:
        if not self._rounds.running and self._wishes.places:
            self._standing.renew()
            if self._wishes.try_names_again and self._analyst.wanted.trouble:
                self._analyst = self._new_analyst()
            self._wishes.try_names_again = False
            self._rounds.start(known=self._writer is not None and self._writer.articles > 0)
        if not self._rounds.running:
            return False
        if not self._rounds.step():
            self._backlog.look_again()
            self._languages.look_again()
        return True

    def _analyse_listed(self) -> bool:
        if not self._wishes.listed:
            return False
        self._analyse(self._wishes.listed.popleft(), answer=self._writer is None)
        if not self._hello.everything:
            self._out.progress("analyse", *self._wishes.listed_so_far(), last=not self._wishes.listed)
        return True

    def _tell_languages(self, writer: CatalogWriter) -> bool:
        busy = self._languages.step(writer)
        if busy:
            self._rounds.commit_if_due()
        return busy

    def _analyse_newest(self, writer: CatalogWriter) -> bool:
        """Analyse the newest text that waits."""
        if self._crew.size:
            return self._together.step(writer, self._analyst.wanted)
        text = self._backlog.take(writer, self._analyst.wanted.versions)
        if text is None:
            return False
        self._analyse(text.id)
        self._backlog.done(text)
        return True

    # ---- one text ----------------------------------------------------------------------------------------
    def _analyse(self, article: ArticleId, *, answer: bool = False) -> None:
        """Find the names of a text that has not got those of this version, and send them if it is being looked at.

        `answer`: send them even if it has.
        """
        found = self._look_up(article)
        if found is None or article in self._under_way:
            # The names of what is under way are sent when it is done with.
            return
        language = self._languages.of(found, article, self._writer)
        version = self._analyst.wanted.versions.of(language)
        if not self._analyst.wanted.versions.wait(language, found.analysed) or article in self._wishes.skipped:
            if answer and found.analysed:
                self._rounds.commit()
                known = has_no_pipeline(found.analysed)
                self._out.send(Mentions(article, self._standing.mentions(found.key), True, language, known))
            return
        self._under_way.add(article)
        try:
            early = partial(self._entering.send, article, language, version, complete=False)
            between = partial(self._between, article)
            names = self._analyst.names_in(
                article, found.text, blocks_of(found.blocks), language, early=early, between=between
            )
        except Failed as failure:
            self._entering.fail(self._writer, article, version, str(failure))
        except DatelineError as error:
            self._entering.give_up(self._analyst.wanted, language, str(error))
        else:
            self._entering.enter(self._writer, article, found.text, language, version, names)
        finally:
            self._under_way.discard(article)

    def _between(self, under_way: ArticleId) -> None:
        """See whether something is more urgent than the next piece of a long text."""
        self._take()
        self._correcting.step(self._rounds.commit, self._out.send)
        self._answer()
        until = time.monotonic() + _READ_BETWEEN
        reads = self._writer is not None
        while reads and self._wishes.asked is None and time.monotonic() < until:
            # A book must not keep a new article out of the list. `pause`: it stays under suspicion meanwhile.
            self._out.pause(under_way)
            reads = self._read_on()
            self._take()

    def _look_up(self, article: ArticleId) -> LookedUp | None:
        found = self._standing.look_up(article)
        if found is None or self._writer is not None or not self._hello.write or not found.analysed:
            return found
        # Names of any version will do for a screen that reads along; their writer will better them.
        versions = self._analyst.wanted.versions
        return found.replace(analysed=versions.of(self._languages.of(found, article, None)) or found.analysed)

    # ---- below -------------------------------------------------------------------------------------------
    def _new_analyst(self) -> Analyst:
        analyst = Analyst(Wanted(self._hello), self._store, self._out)
        if analyst.wanted.trouble:
            self._out.send(Trouble("", "load", analyst.wanted.trouble))
        self._recogniser_told = False
        return analyst

    def _begin_to_write(self, writer: CatalogWriter) -> None:
        news = partial(self._wishes.single_places, self._hello.roots)
        self._rounds.begin(Reading(writer, self._out, self._hello, self._crew, news))
        self._correcting.begin(writer)
        self._together.forget()
        self._backlog.look_again(anew=True)
        self._languages.look_again()
        self._recogniser_told = False
