"""The one door to everything that is kept and found: what the screen and the command line call.

It delegates: texts and names come from the catalog, lists from the query session, tags and notes from the annotations.
Methods that can take long return a future; the others cost the same whatever the size of the library, and may be
called from an event loop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from store import paths
from store.article import Article, ArticleId, ArticleKey, ListedArticle, Problem, StoredArticle
from store.catalog.articles import CatalogReader
from store.catalog.waiting import LanguageCount
from store.config import Config
from store.indexer.protocol import Articles, Hello, Message, Replaced
from store.library.annotated import AnnotatedLibrary
from store.library.asking import Asking
from store.library.desk import Desk
from store.library.entities import EntityLibrary
from store.library.following import Texts
from store.library.gone import GoneArticles
from store.library.keeping import Keeping
from store.library.lists import Lists
from store.library.places import Place, note_roots, path_query, place_of
from store.record import Record

if TYPE_CHECKING:
    from store.indexer.client import IndexerClient
    from store.library.many import ManyArticles


class Counts(Record):
    """How far the index has come."""

    articles: int
    analysed: int
    problems: int


class Library(AnnotatedLibrary, Asking, EntityLibrary):
    """A set of opened roots with their index, and the user's annotation file."""

    roots: tuple[Path, ...]
    config: Config
    narrowed: str
    """A query for what was asked for, when it is less than the whole library; else empty."""
    only: tuple[Path, ...]
    """The files and folders that were asked for, when they are less than the whole library."""

    def __init__(self, place: Place, config: Config, annotations: Path) -> None:
        """Use `open`."""
        self.roots = place.roots
        self.config = config
        self.only, self.narrowed = place.only, path_query(place.only)
        self._passing = _temporary_folder() if place.passing else None
        self.index_file = self._passing / "index.sqlite3" if self._passing else paths.index_file(place.roots)
        self.annotations_file = annotations
        self._catalog = CatalogReader(self.index_file, people=any(one.name == "people" for one in config.row))
        self._lists = Lists(
            self.index_file, lambda article: self._gone.describe(article),
            lambda: {search.name: search.query for search in self.searches()},
        )  # fmt: skip
        self._texts = Texts(self.index_file)
        self._desk = Desk(annotations, self._lists, self._texts.is_live, self._texts.article)
        self._keeping = Keeping(annotations, self.index_file)
        self._gone = GoneArticles(self.roots, self._desk, self._catalog, self.kept_article)

    @classmethod
    def open(cls, paths_: Sequence[Path], config: Config, *, annotations: Path | None = None) -> Library:
        """Open the library that these files and folders make; without any there are only the annotations.

        Reads nothing that grows with the library. A file's root is its folder, and the list is narrowed to the file
        (`narrowed`); so it is for a folder within a library that was indexed before.

        Raises:
            NotFoundError: a path that does not exist.
        """
        return cls(place_of(paths_), config, annotations or config.db or paths.annotations_file())

    def close(self, *, wait: float = 2.0, fold: bool = True) -> bool:
        """Finish what was asked to be saved and close every handle; waits `wait` seconds at most.

        Within that time the plain annotation file is brought up to date, unless `fold` says to leave that to the next
        start. Returns whether everything was saved.
        """
        saved = self._desk.close(wait, fold=fold)
        self._keeping.close(wait)
        self._lists.close(wait)
        self._texts.close()
        self._catalog.close()
        if self._passing is not None:
            from shutil import rmtree

            rmtree(self._passing, ignore_errors=True)
        return saved

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self.close()

    @classmethod
    def of_files(cls, files: Sequence[Path], config: Config, *, annotations: Path | None = None) -> Library:
        """Open files for themselves, with an index that is forgotten at the end; in their library where there is one.

        Raises:
            NotFoundError: a path that does not exist.
        """
        return cls(place_of(files, alone=True), config, annotations or config.db or paths.annotations_file())

    # ---- articles --------------------------------------------------------------------------------------------
    def reopen(self) -> None:
        """Open the index again after an indexer has made or rebuilt it."""
        self._catalog.reopen()
        self._lists.reopen()

    @property
    def damaged(self) -> str:
        """Why the index must be built anew; empty while all is well. The indexer's client asks for it by itself."""
        return self._catalog.damaged

    @property
    def rebuilt(self) -> int:
        """How often the index was built anew since it was opened: keys from before mean other articles."""
        return self._catalog.rebuilt

    def first_page(self, limit: int = 200) -> list[ListedArticle]:
        """Return the newest articles at once; empty before the first indexing."""
        return self._catalog.first_page(limit)

    def page_around(self, key: ArticleKey, limit: int = 200) -> list[ListedArticle]:
        """Return an article among those around it, newest first, at once; empty when it is gone."""
        return self._catalog.page_around(key, limit)

    def rows(self, keys: Sequence[int]) -> list[ListedArticle | None]:
        """Return what the list shows of these articles, in their order; None for one of which nothing is known."""
        if all(key > 0 for key in keys):
            return [self._dated_row(row) for row in self._catalog.rows(keys)]
        found = dict(zip(keys, self._catalog.rows(keys), strict=True))
        return [self._dated_row(self._gone.row(key) if key < 0 else found[key]) for key in keys]

    def _dated_row(self, row: ListedArticle | None) -> ListedArticle | None:
        day = self._desk.marks(row.id).published if row is not None else None
        return row if row is None or day is None else row.replace(published=day)

    @contextmanager
    def reading(self) -> Iterator[ManyArticles]:
        """Read many articles on a thread of its own, while the event loop goes on reading here."""
        from store.library.many import ManyArticles  # a start reads one at a time

        reader = CatalogReader(self.index_file)
        try:
            yield ManyArticles(reader, self._gone, self._desk)
        finally:
            reader.close()

    def article(self, key: ArticleKey) -> StoredArticle | None:
        """Return an article with its text and mentions; of one that is gone, the text that was kept.

        A publication date that was set by hand goes over the file's.
        """
        stored = self._gone.article(key) if key < 0 else self._catalog.article(key)
        day = self._desk.marks(stored.article.id).published if stored is not None else None
        if stored is None:
            return None
        stored = stored.replace(mentions=self.corrected_names(key, stored.article, stored.mentions))
        return stored if day is None else stored.replace(article=stored.article.replace(published=day))

    def kept_article(self, article: ArticleId) -> Article | None:
        """Return the text that was kept of an annotated article; None where there is none. For any thread."""
        return self._keeping.read(article)

    def why_not_kept(self, article: ArticleId) -> str:
        """Return why a kept text cannot be read, as a sentence; empty when it can."""
        return self._keeping.trouble(article)

    def locate(self, what: str) -> list[ArticleKey]:
        """Find articles by path, `PATH#MEMBER` or a prefix of at least 6 digits of an id. An existing path wins."""
        return self._catalog.locate(what)

    def locate_gone(self, what: str) -> list[ArticleKey]:
        """Find annotated articles that are gone, by where they were last or a prefix of an id; waits for the answer.

        Raises:
            AnnotationsError: the annotation file cannot be used.
        """
        self.load_annotations().result()
        self.search("is:gone").result()
        return self._gone.locate(what)

    def key_of(self, article: ArticleId) -> ArticleKey | None:
        """Return the row of a text in the open index, below zero for one that a query found to be gone."""
        return self._catalog.key_of(article) or self._gone.key_of(article)

    def counts(self) -> Counts:
        """Return how many articles there are and how many have been analysed; cheap, from counters."""
        found = self._catalog.counts()
        return Counts(found.articles, found.analysed, found.problems)

    def languages(self) -> list[LanguageCount]:
        """Count the articles of each language, most first; looks at all of them."""
        return self._catalog.languages()

    def written(self) -> Articles:
        """Return how many articles there are by now, also where another session has made the index meanwhile.

        Cheap enough to be asked each second; `generation` tells whether anything has changed since.
        """
        if self._catalog.outdated():
            self.reopen()
        found = self._catalog.counts()
        return Articles(found.articles, found.generation)

    def problems(self, most: int = -1) -> list[Problem]:
        """Return what could not be shown, with its reason, in order of path; the first `most`, or all."""
        return self._catalog.problems(most)

    def unreadable(self, most: int = -1) -> list[Problem]:
        """Return what could not be shown of that which was asked for, with its reason; `most` are looked at, or all."""
        asked, found = self.only, self._catalog.problems(most)
        return [one for one in found if not asked or any(Path(one.path).is_relative_to(at) for at in asked)]

    # ---- indexing --------------------------------------------------------------------------------------------
    def hello(self, *, everything: bool = True) -> Hello:
        """Return what an indexer of this library is told first."""
        return Hello(
            roots=tuple(str(root) for root in self.roots),
            index=str(self.index_file),
            analysis=str(paths.analysis_file()),
            model=self.config.model,
            models=self.config.models_by_language,
            names=str(self.config.names or ""),
            json=self.config.json_names,
            annotations=str(self.annotations_file),
            everything=everything,
        )

    def indexer(self, on_message: Callable[[Message], None]) -> IndexerClient:
        """Return the client of this library's indexer; `on_message` runs on the event loop that starts it."""
        from store.indexer.client import IndexerClient
        from store.library.hearing import Hearing

        note_roots(self.index_file, self.roots)
        hearing = Hearing(on_message, self._desk, self._texts, lambda: self.damaged)
        client = IndexerClient(self.hello().replace(watch=True), hearing)
        hearing.rebuild = client.rebuild
        return client

    def bring_up_to_date(
        self,
        *,
        analyse: Iterable[ArticleId] | None = None,
        everything: bool = False,
        jobs: int = 1,
        progress: Callable[[Message], None] | None = None,
    ) -> str:
        """Index in the foreground: texts always, mentions of `analyse`, or of `everything`.

        Returns an empty string, or why the index could only be read along (another session writes it).
        """
        from store.indexer.foreground import run_in_foreground

        if not self.roots:
            return ""
        if self._passing is None:
            note_roots(self.index_file, self.roots)
        replaced: list[Replaced] = []

        def hear(message: Message) -> None:
            if isinstance(message, Replaced):
                replaced.append(message)
            if progress is not None:
                progress(message)

        hello = self.hello(everything=everything)
        why = run_in_foreground(hello, analyse=analyse, everything=everything, jobs=jobs, progress=hear)
        self.reopen()
        self._follow(replaced)
        return why


def _temporary_folder() -> Path:
    from tempfile import mkdtemp

    return Path(mkdtemp(prefix="dateline-"))
