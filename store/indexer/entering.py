"""What becomes of the names that were found in a text: they are entered, and sent where the user sees the text."""

from __future__ import annotations

from collections.abc import Callable

from store.article import ArticleId, Mention
from store.catalog.versions import has_no_pipeline
from store.catalog.writer import CatalogWriter
from store.indexer import skipping
from store.indexer.correcting import Correcting
from store.indexer.protocol import Mentions, Trouble
from store.indexer.wanted import Wanted
from store.indexer.wire import Outbox
from store.indexer.wishes import Wishes


class Entering:
    """Enters names, or why there are none."""

    def __init__(self, wishes: Wishes, correcting: Correcting, commit: Callable[[], None], out: Outbox) -> None:
        self._wishes = wishes
        self._correcting = correcting
        self._commit = commit
        self._out = out

    def enter(
        self,
        writer: CatalogWriter | None,
        article: ArticleId,
        text: str,
        language: str,
        version: str,
        names: tuple[Mention, ...],
    ) -> None:
        """Enter all names of a text; without a writer they are only sent."""
        if writer is not None:
            # The text has proved harmless; to enter its first place takes a list of all places to be loaded.
            self._out.free()
            names = self._correcting.put(writer, article, version, text, names)
            if self._wishes.is_seen(article) or writer.due:
                self._commit()
        self.send(article, language, version, names)

    def fail(self, writer: CatalogWriter | None, article: ArticleId, version: str, reason: str) -> None:
        """Note that no names can be found in a text."""
        self._out.free()
        self._out.send(Trouble(article, "analyse", reason))
        skipping.leave_out(self._wishes, writer, article, reason, version)

    def give_up(self, wanted: Wanted, language: str, reason: str) -> None:
        """Find no more names in this language."""
        wanted.give_up(reason, language)
        self._out.free()
        self._out.send(Trouble("", "load", reason))

    def send(
        self, article: ArticleId, language: str, version: str, names: tuple[Mention, ...], *, complete: bool = True
    ) -> None:
        """Send the names of a text that the user sees."""
        if self._wishes.is_seen(article):
            self._out.send(Mentions(article, names, complete, language, has_no_pipeline(version)))
