"""What the user says about names, as the library's door hands it on: corrections, decisions, tags and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from store.annotations.name_records import (
    NO_CORRECTIONS,
    Correction,
    Corrections,
    Decision,
    EntityRecord,
    NameDraft,
)
from store.annotations.records import Target
from store.article import Article, ArticleId, ArticleKey, EntityKey, Mention, StoredArticle
from store.catalog.articles import CatalogReader
from store.library.desk import Desk
from store.library.lists import Lists

if TYPE_CHECKING:
    from store.annotations.name_index import NameIndex
    from store.catalog.entity_rows import EntityList


class NamedLibrary:
    """What a library knows of the user's words about names. Everything is answered at once, from memory."""

    _catalog: CatalogReader
    _desk: Desk
    _lists: Lists

    def corrected_names(self, key: ArticleKey, article: Article, found: Sequence[Mention]) -> tuple[Mention, ...]:
        """Return an article's names with the user's corrections over them.

        `found` are those that an indexer has just sent; what the index knows to have been found goes over them.
        """
        if not self._desk.loaded:
            return tuple(found)
        original = self._catalog.found_names(key)
        corrections = self.corrections_for(article.id)
        if corrections:
            from store.annotations.corrected import corrected  # most texts have none

            return tuple(corrected(article.text, found if original is None else original, corrections))
        return tuple(found) if original is None else original

    def count_same(self, names: Sequence[tuple[str, str]]) -> Future[tuple[int, bool]]:
        """Count the mentions in the library with these words and labels; False: there may be more."""
        from store.query.reach import count_same

        return self._lists.session.about_entities(lambda db, _: count_same(db, names), group="same names")

    def count_places(self, words: str) -> Future[tuple[int, bool]]:
        """Count where these words stand in the library and are no name; False: there may be more."""
        from store.query.reach import count_places

        return self._lists.session.about_entities(lambda db, _: count_places(db, words), group="same names")

    def names_now(self, stored: StoredArticle, sent: Sequence[Mention] = ()) -> tuple[Mention, ...]:
        """Return the names of an article that was read before, as they are now.

        `sent` are those that an indexer has sent of a text whose names the index does not have.
        """
        again = self._catalog.mentions(stored.key) if stored.key > 0 else ()
        return self.corrected_names(stored.key, stored.article, again or sent)

    def text_of(self, document: str) -> ArticleId | None:
        """Return the text that an annotated article has now, by its document."""
        return names.text_of(document) if (names := self._names) is not None else None

    def corrected_article(self, one: Correction) -> Target | None:
        """Return the article that a correction is about, with the title and places that are kept; None for the library.

        It may be of another library, or gone.
        """
        text = self.text_of(one.article) if one.article is not None else None
        return self._desk.target(text) if text is not None else None

    def corrections(self) -> list[Correction]:
        """Return all corrections of names, in the order of their making; also those of other libraries."""
        return names.corrections() if (names := self._names) is not None else []

    def corrections_for(self, article: ArticleId) -> Corrections:
        """Return the corrections of names that concern a text, library-wide ones included."""
        return names.corrections_for(article) if (names := self._names) is not None else NO_CORRECTIONS

    def entity_decisions(self) -> list[Decision]:
        """Return what was decided about pairs of entities, oldest first."""
        return names.decisions() if (names := self._names) is not None else []

    def joined(self) -> Mapping[EntityKey, EntityKey]:
        """Return each entity that was joined into another with the one that it stands for; not to be changed."""
        return names.joined if (names := self._names) is not None else {}

    def entity_record(self, key: EntityKey) -> EntityRecord | None:
        """Return the tags and the note of an entity."""
        return names.entities.get(key) if (names := self._names) is not None else None

    def name_draft(self, key: EntityKey) -> NameDraft | None:
        """Return text of the note on an entity that was being written when its session ended."""
        return names.draft(key) if (names := self._names) is not None else None

    def entity_records(self) -> list[EntityRecord]:
        """Return every entity with tags or a note, by name."""
        return names.records() if (names := self._names) is not None else []

    def tagged_entities(self, begun: str) -> EntityList:
        """Return the entities with a tag that begins so, without counts; of nothing begun all with a tag or note."""
        from store.catalog.entity_rows import EntityList, EntityRow  # a start lists none

        wanted = begun.casefold()
        rows = tuple(
            EntityRow(one.key, one.name, one.kind, 0, 0)
            for one in self.entity_records()
            if any(tag.casefold().startswith(wanted) for tag in one.tags) or (one.body and not wanted)
        )
        return EntityList(rows, len(rows), True)

    @property
    def name_changes(self) -> int:
        """A number that grows with everything that is said about names, by whichever session."""
        return names.changes if (names := self._names) is not None else 0

    @property
    def _names(self) -> NameIndex | None:
        writer = self._desk.known
        return writer.names if writer is not None else None
