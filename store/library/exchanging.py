"""Taking annotations out of a library and into it: exports, imports, merging. For a thread that may wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from store import paths
from store.annotations.change_import import sentence
from store.annotations.contents import Contents, contents_of
from store.annotations.merge import Counts, join
from store.annotations.records import Import
from store.annotations.undo_records import Receipt
from store.article import ArticleId, ArticleKey, Mention
from store.catalog.articles import CatalogReader
from store.exchange import html, jsonl, markdown, spreadsheet, webannotation
from store.exchange.dossier import Dossier, Entry, Grouping, dossier, entries_of, entry_of, remarks
from store.exchange.joining import Merged, copy_texts, merge_files
from store.exchange.new_file import Sink, new_file
from store.exchange.reading import read_import
from store.exchange.selection import Selection, counted, select, summary
from store.exchange.texts import Shelf
from store.library.following import Texts
from store.library.library import Library

__all__ = [
    "Contents", "Counts", "Dossier", "Entry", "Export", "Grouping", "Merged", "Selection", "Sink", "counted",
    "dossier", "exporting", "html", "import_contents", "jsonl", "markdown", "merge_files", "new_file", "read_import",
    "remarks", "spreadsheet", "summary", "webannotation", "would_import",
]  # fmt: skip


class Export:
    """What is exported, and the texts that it is on. For one thread."""

    def __init__(self, contents: Contents, selection: Selection, shelf: Shelf) -> None:
        self.contents = contents
        self.selection = selection
        self._shelf = shelf
        self._entries: list[Entry] | None = None

    @property
    def is_of_names_alone(self) -> bool:
        """Whether no article is annotated, but something is said of names, which `json_lines` has."""
        held = self.contents
        return not held.articles and bool(held.decisions or held.corrections or held.entities)

    @property
    def entries(self) -> list[Entry]:
        """The articles that bear notes, each note with its sentence."""
        if self._entries is None:
            self._entries = entries_of(self.selection, self._shelf.find, self._shelf.kept)
        return self._entries

    def every_entry(self) -> Iterator[Entry]:
        """Yield all articles that are exported, those without notes too, reading texts as it goes."""
        return (entry_of(one, self._shelf.find, self._shelf.kept) for one in self.selection.chosen)

    def unnamed(self) -> list[ArticleId]:
        """Return the texts with notes in which names have not been looked for, as far as they are there."""
        missing = (entry.cited for entry in self.entries if not entry.cited.names_known)
        return [cited.text for cited in missing if self._shelf.find(cited.text) is not None]

    def dossier(self, grouping: Grouping, day: date) -> Dossier:
        """Group the passages."""
        return dossier(self.selection, self.entries, grouping, day)

    def json_lines(self) -> Iterator[Mapping[str, object]]:
        """Yield everything as it is kept, a line each, reading texts as it goes."""
        return jsonl.lines(
            self.selection, self.contents, lambda one: entry_of(one, self._shelf.find, self._shelf.kept)
        )


@contextmanager
def exporting(
    library: Library,
    keys: Sequence[int] | None,
    *,
    private: bool,
    names: Mapping[ArticleId, tuple[Mention, ...]] | None = None,
) -> Iterator[Export]:
    """Gather what is exported of the articles with these keys, or of all that are annotated; waits for the disk.

    `names` are mentions that are not in the index.

    Raises:
        AnnotationsError: the annotation file cannot be used.
    """
    contents = contents_of(library.snapshot().result())
    others = sorted(paths.cache_folder().glob("library-*.sqlite3"))
    shelf = Shelf([library.index_file, *others], library.kept_article, names)
    try:
        selection = select(contents, None if keys is None else _texts(library, keys), private=private)
        yield Export(contents, selection, shelf)
    finally:
        shelf.close()


def _texts(library: Library, keys: Sequence[int]) -> list[ArticleId]:
    reader = CatalogReader(library.index_file)
    try:
        found = reader.ids_of(key for key in keys if key > 0)
    finally:
        reader.close()
    gone = {key: target.id for key in keys if key < 0 and (target := library.gone_target(ArticleKey(key))) is not None}
    known = {int(key): text for key, text in (*found.items(), *gone.items())}
    return [known[key] for key in keys if key in known]


# ---- imports ---------------------------------------------------------------------------------------------------
def would_import(library: Library, contents: Contents) -> tuple[str, Counts]:
    """Say what an import would come to, and count it; the sentence is empty when it is nothing."""
    texts = Texts(library.index_file)
    try:
        joined = join(contents_of(library.snapshot().result()), contents, stays=texts.is_live)
    finally:
        texts.close()
    return sentence(joined.counts, "Would import"), joined.counts


def import_contents(library: Library, contents: Contents, file: Path) -> Receipt:
    """Join what a file holds to the library's annotations, as one step; texts kept beside it come along.

    Raises:
        AnnotationsError: it was not saved; nothing has changed.
        ExchangeError: a kept text could not be copied; nothing has changed.
    """
    copy_texts(file, library.annotations_file)
    return library.change(Import(contents)).result()
