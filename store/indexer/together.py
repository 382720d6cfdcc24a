"""Has several processes find the names of the texts that wait, and enters what they find."""

from __future__ import annotations

from store.article import ArticleId
from store.catalog.waiting import Waiting
from store.catalog.writer import CatalogWriter
from store.indexer.backlog import Backlog
from store.indexer.crew import Crew, Lost
from store.indexer.entering import Entering
from store.indexer.languages import Languages
from store.indexer.names_ahead import NamesAhead
from store.indexer.protocol import Trouble
from store.indexer.tasks import Analyse, Named
from store.indexer.wanted import Wanted
from store.indexer.wire import Outbox
from store.indexer.wishes import Wishes

_WAIT = 0.05
"""Seconds to wait for names, before something more urgent is looked for."""


class Together:
    """One library's names, found by its crew."""

    def __init__(
        self, crew: Crew, backlog: Backlog, languages: Languages, entering: Entering, wishes: Wishes, out: Outbox
    ) -> None:
        self._crew = crew
        self._backlog = backlog
        self._languages = languages
        self._entering = entering
        self._wishes = wishes
        self._out = out
        self._names = NamesAhead(crew)
        self._waiting: dict[ArticleId, Waiting] = {}

    def step(self, writer: CatalogWriter, wanted: Wanted) -> bool:
        """Give the processes something to do, and enter what comes next; False when there is nothing left."""
        self._out.free()
        try:
            while self._names.has_room and self._ask(writer, wanted):
                pass
            if not self._names:
                return False
            found = self._names.take(_WAIT)
            while found is not None:
                self._enter(writer, wanted, *found)
                found = self._names.take(0.0)
        except Lost as lost:
            self._out.send(Trouble("", "indexer", str(lost)))
            self.forget()
            self._crew.give_up()
            self._backlog.look_again(anew=True)
        return True

    def forget(self) -> None:
        """Leave what is under way: it is of another index."""
        self._names.clear()
        self._waiting.clear()

    def _ask(self, writer: CatalogWriter, wanted: Wanted) -> bool:
        """Ask for the names of the next text; False when there is none."""
        waiting = self._backlog.take(writer, wanted.versions, self._waiting)
        if waiting is None:
            return False
        found = writer.look_up(waiting.id)
        language = self._languages.of(found, waiting.id, writer) if found is not None else ""
        version = wanted.versions.of(language)
        skipped = waiting.id in self._wishes.skipped
        if found is None or skipped or not wanted.versions.wait(language, found.analysed):
            self._backlog.done(waiting)
            return True
        self._waiting[waiting.id] = waiting
        self._names.ask(Analyse(waiting.id, found.text, found.blocks, language, version))
        return True

    def _enter(self, writer: CatalogWriter, wanted: Wanted, text: Analyse, named: Named) -> None:
        waiting = self._waiting.pop(text.id)
        if named.unusable:
            self._entering.give_up(wanted, text.language, named.unusable)
        elif named.failed:
            self._entering.fail(writer, text.id, text.version, named.failed)
        else:
            self._entering.enter(writer, text.id, text.text, text.language, text.version, named.rows)
        self._backlog.done(waiting)
