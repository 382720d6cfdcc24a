"""The dossier: passages and notes with their sources, grouped by who is named, tag, article or date. Pure.

`markdown.py` and `html.py` write it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from store.annotations.documents import note_of, read_sources
from store.annotations.tags import folded
from store.article import Article, ArticleId, Source
from store.exchange.passages import Passage, passage
from store.exchange.selection import Chosen, Selection, counted
from store.exchange.texts import Known
from store.record import Record


class Grouping(StrEnum):
    """What the passages of a dossier are put together by."""

    PERSON = "person"
    TAG = "tag"
    ARTICLE = "article"
    DATE = "date"


UNDATED = "Undated"
NOBODY = "No person named"
UNTAGGED = "No tag"


class Cited(Record):
    """An article as a dossier names it."""

    text: ArticleId
    title: str
    byline: str
    site: str
    """The host that the article is from, where a URL says so."""
    url: str
    source: Source | None
    """Where it was read from; None when nothing is known of that."""
    published: date | None
    by_hand: bool
    """The date was set by the user."""
    retrieved: date | None
    """The day on which it was first seen; None where no index knows."""
    tags: tuple[str, ...]
    names_known: bool
    """Whether who is named in it has been looked for."""

    @property
    def path(self) -> str:
        """Where it was read from, `PATH#MEMBER` in a container; empty when nothing is known of that."""
        if self.source is None:
            return ""
        return f"{self.source.path}#{self.source.member}" if self.source.member else self.source.path


class Entry(Record):
    """Passages and notes of one article, in the order of its text."""

    cited: Cited
    passages: tuple[Passage, ...]


class Section(Record):
    """What stands under one heading."""

    heading: str
    entries: tuple[Entry, ...]


class Dossier(Record):
    """Everything there is to write."""

    grouping: Grouping
    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    """Each article once, in the order asked for."""
    selection: Selection
    day: date
    """When it was made."""


Find = Callable[[ArticleId], Known | None]
Kept = Callable[[ArticleId], Article | None]


def entries_of(selection: Selection, find: Find, kept: Kept) -> list[Entry]:
    """Look up the articles that bear notes, and put each note's quote into its sentence."""
    return [entry_of(one, find, kept) for one in selection.chosen if one.notes]


def entry_of(one: Chosen, find: Find, kept: Kept) -> Entry:
    """Look up one article; see `entries_of`."""
    text = ArticleId(one.article["text_hash"])
    known = find(text)
    notes = [note_of(document) for document in one.notes]
    notes.sort(key=lambda note: (note.anchor.start, note.anchor.end) if note.anchor is not None else (-1, -1))
    passages = []
    for note in notes:
        texts = [known.article] if known is not None else []
        evidence = kept(note.text) if note.text is not None and note.text != text else None
        texts += [evidence] if evidence is not None else []
        passages.append(passage(note, texts, known.mentions if known is not None else ()))
    return Entry(_cited(one, text, known), tuple(passages))


def _cited(one: Chosen, text: ArticleId, known: Known | None) -> Cited:
    article = known.article if known is not None else None
    sources = (known.sources if known is not None else ()) or read_sources(one.article["sources"])
    by_hand = one.article["published"]
    url = article.url if article is not None else ""
    return Cited(
        text=text,
        title=" ".join((one.article["title"] or (article.title if article is not None else "")).split()) or "Untitled",
        byline=" ".join(article.byline.split()) if article is not None else "",
        site=site_of(url),
        url=url,
        source=sources[0] if sources else None,
        published=date.fromisoformat(by_hand) if by_hand else article.published if article is not None else None,
        by_hand=bool(by_hand),
        retrieved=known.retrieved if known is not None else None,
        tags=tuple(one.article["tags"]),
        names_known=known is not None and known.analysed,
    )


def site_of(url: str) -> str:
    """Return the host of a URL without its `www.`; empty where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def dossier(selection: Selection, entries: Iterable[Entry], grouping: Grouping, day: date) -> Dossier:
    """Group entries under headings."""
    entries = tuple(entries)
    return Dossier(grouping, tuple(_SECTIONS[grouping](entries)), entries, selection, day)


# ---- in words ------------------------------------------------------------------------------------------------
def remarks(selection: Selection, entries: Iterable[Entry], grouping: Grouping | None = None) -> list[str]:
    """Say what is left out, or uncertain; each a sentence without its full stop."""
    entries = list(entries)
    lost = sum(1 for entry in entries for one in entry.passages if one.note.lost)
    unknown = sum(1 for entry in entries if not entry.cited.names_known) if grouping is Grouping.PERSON else 0
    found = []
    if selection.private:
        what = "put in" if selection.with_private else "left out"
        found.append(f"{counted(selection.private, 'private note')} {what}")
    if selection.bare:
        found.append(f"{counted(selection.bare, 'more article')} without notes")
    if lost:
        found.append(f"{counted(lost, 'passage')} no longer in the present text")
    if unknown:
        found.append(f"in {counted(unknown, 'article')} names are not known")
    if selection.drafts:
        found.append(f"{counted(selection.drafts, 'unfinished note')} left out")
    return found


# ---- groups --------------------------------------------------------------------------------------------------
Names = Callable[[Entry, Passage], Iterable[str]]


def _by(entries: Iterable[Entry], names: Names, otherwise: str) -> list[Section]:
    """Put passages under each name that they are given, in order of the alphabet; under `otherwise` without any."""
    found: dict[str, list[Entry]] = {}
    spellings: dict[str, Counter[str]] = {}
    for entry in entries:
        own: dict[str, list[Passage]] = {}
        for one in entry.passages:
            keys: dict[str, None] = {}
            for name in names(entry, one):
                key = folded(name)
                spellings.setdefault(key, Counter())[name] += 1
                keys[key] = None
            for key in keys or {"": None}:
                own.setdefault(key, []).append(one)
        for key, passages in own.items():
            found.setdefault(key, []).append(Entry(entry.cited, tuple(passages)))
    headings = {key: counts.most_common(1)[0][0] for key, counts in spellings.items()} | {"": otherwise}
    ordered = sorted(found, key=lambda key: (not key, _alphabetical(headings[key]), key))
    return [Section(headings[key], tuple(found[key])) for key in ordered]


def _alphabetical(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))


def _by_person(entries: Iterable[Entry]) -> list[Section]:
    return _by(entries, lambda _, one: one.people, NOBODY)


def _by_tag(entries: Iterable[Entry]) -> list[Section]:
    return _by(entries, lambda entry, one: (*entry.cited.tags, *one.note.tags), UNTAGGED)


def _by_article(entries: Iterable[Entry]) -> list[Section]:
    return [Section(entry.cited.title, (entry,)) for entry in entries]


def _by_date(entries: Iterable[Entry]) -> list[Section]:
    days: dict[date | None, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.cited.published, []).append(entry)
    ordered = sorted(day for day in days if day is not None)
    sections = [Section(day.isoformat(), tuple(days[day])) for day in ordered]
    return [*sections, Section(UNDATED, tuple(days[None]))] if None in days else sections


_SECTIONS: dict[Grouping, Callable[[Iterable[Entry]], list[Section]]] = {
    Grouping.PERSON: _by_person,
    Grouping.TAG: _by_tag,
    Grouping.ARTICLE: _by_article,
    Grouping.DATE: _by_date,
}
