"""A plain Python reading of the query language, and small libraries to ask: the SQL must agree with it."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from store.annotations.records import NO_MARKS, Marks
from store.article import ArticleId, ArticleKey, EntityKey, Source, count_words, fold_name, key_of_entity, text_hash
from store.catalog.entity_words import settle
from store.catalog.opening import add_functions
from store.catalog.schema import INDEX, INDEX_VERSION
from store.query.answer import Describe, GoneText
from store.query.ast import All, And, Field, Near, Node, Not, Or, Text

TODAY = date(2024, 3, 20)
KINDS = {"person": "person", "org": "organisation", "place": "place"}


@dataclass(frozen=True)
class Doc:
    """An article with everything a query can ask about it."""

    title: str
    text: str
    published: str = ""
    language: str = ""
    added: str = "2024-01-01T10:00:00"
    sources: tuple[tuple[str, str], ...] = (("/lib/a.txt", ""),)
    entities: tuple[tuple[str, str], ...] = ()
    marks: Marks = NO_MARKS
    notes: tuple[tuple[str, ...], ...] = ()
    """Each an id and the texts of a note: body and quotes."""
    group: int = 0
    """Articles of one group, if it is one, are near copies of each other."""
    is_gone: bool = False
    """Its file is gone: of the article there is what the annotations know."""

    joined: tuple[tuple[EntityKey, EntityKey], ...] = ()
    """What the user has joined, the same for all: each key with the one that stands for it."""

    is_copy: bool = False
    """Whether others of its group are there, as `build` finds out."""

    @property
    def id(self) -> ArticleId:
        return text_hash(self.text)

    @property
    def day(self) -> str:
        """The publication date: the user's, else the file's."""
        return self.marks.published.isoformat() if self.marks.published else self.published

    @property
    def is_annotated(self) -> bool:
        """Whether it bears something that is worth a search when its file is gone."""
        marks = self.marks
        counted = (marks.tags, marks.note_tags, marks.starred, marks.notes, marks.highlights, marks.draft)
        return any(counted)


def build(path: Path, docs: Sequence[Doc]) -> dict[int, Doc]:
    """Write an index of these articles; return them by row. A place belongs to the first that names it."""
    db = sqlite3.connect(path)
    add_functions(db)
    db.executescript(
        "PRAGMA synchronous=OFF; BEGIN;" + INDEX + f"PRAGMA user_version={INDEX_VERSION}; COMMIT;"
    )
    rows = {}
    taken: set[tuple[str, str]] = set()
    db.execute("INSERT INTO meta VALUES ('looked', '1')")
    for key, whole in enumerate(docs, 1):
        if whole.is_gone:
            if whole.is_annotated:
                rows[-key] = whole
            continue
        doc = replace(whole, sources=tuple(place for place in whole.sources if place not in taken))
        taken |= set(doc.sources)
        rows[key] = doc
        db.execute(
            "INSERT INTO article(id, text_hash, title, byline, published, language, url, encoding, words,"
            " added) VALUES (?,?,?,'',?,?,'','',?,?)",
            (key, doc.id, doc.title, doc.published, doc.language, count_words(doc.text), doc.added),
        )
        db.execute("INSERT INTO body VALUES (?,?,?,'[]')", (key, doc.title, doc.text))
        if doc.group and sum(other.group == doc.group for other in docs if not other.is_gone) > 1:
            leader = next(n for n, other in enumerate(docs, 1) if other.group == doc.group and not other.is_gone)
            db.execute("INSERT INTO copy VALUES (?,?)", (key, leader))
            rows[key] = doc = replace(doc, is_copy=True)
        for place, member in doc.sources:
            db.execute("INSERT OR IGNORE INTO file(path, stamp) VALUES (?, '')", (place,))
            db.execute("INSERT OR IGNORE INTO source(path, member, article) VALUES (?,?,?)", (place, member, key))
        for kind, name in doc.entities:
            folded = unicodedata.normalize("NFC", name.casefold())
            db.execute(
                "INSERT OR IGNORE INTO entity(kind, canonical, folded) VALUES (?,?,?)", (kind, name, folded)
            )
            db.execute(
                "INSERT OR IGNORE INTO article_entity SELECT id, ?, ?, 1 FROM entity WHERE kind=? AND folded=?",
                (int(doc.published.replace("-", "") or 0), key, kind, folded),
            )
    db.execute("INSERT INTO named SELECT DISTINCT article, x'', x'' FROM article_entity")
    settle(db, [entity for (entity,) in db.execute("SELECT id FROM entity").fetchall()])
    db.commit()
    db.close()
    return rows


def folded(rows: dict[int, Doc], keys: Sequence[int]) -> tuple[list[int], dict[int, tuple[int, ...]]]:
    """Return a list with one article of each group, and the others by it: the annotated, the earliest, the first."""
    groups: dict[int, list[int]] = {}
    for key in keys:
        if rows[key].is_copy:
            groups.setdefault(rows[key].group, []).append(key)
    copies = {}
    for group in groups.values():
        first, *others = sorted(
            group, key=lambda key: (not rows[key].is_annotated, not rows[key].day, rows[key].day, key)
        )
        if others:
            copies[first] = tuple(others)
    hidden = {key for others in copies.values() for key in others}
    return [key for key in keys if key not in hidden], copies


def describe(rows: dict[int, Doc]) -> Describe:
    """Return what tells the query session of the articles that are gone."""
    gone = {doc.id: (key, doc) for key, doc in rows.items() if key < 0}

    def known(article: ArticleId) -> GoneText | None:
        if article not in gone:
            return None
        key, doc = gone[article]
        sources = tuple(Source(*place) for place in doc.sources)
        words = count_words(doc.text)
        return GoneText(ArticleKey(key), doc.title, doc.text, words, sources, doc.published, doc.language)

    return known


def mirror(docs: Sequence[Doc]) -> list[tuple[ArticleId, Marks, list[tuple[str, tuple[str, ...]]]]]:
    """Return the marks as the query session takes them; an article without any has no row."""
    return [
        (doc.id, doc.marks, [(note, tuple(texts)) for note, *texts in doc.notes])
        for doc in docs
        if doc.marks != NO_MARKS or doc.notes
    ]


def names_gone(node: Node) -> bool:
    """Tell whether a query says that it wants articles that are gone, or does not want them."""
    match node:
        case Field("is", "gone" | "missing"):
            return True
        case Not():
            return names_gone(node.node)
        case And() | Or():
            return any(map(names_gone, node.nodes))
        case _:
            return False


def found(node: Node, rows: dict[int, Doc]) -> list[int]:
    """Return the articles that a query finds: among those that are gone only if it names them."""
    among = [key for key in rows if key > 0 or names_gone(node)]
    return [key for key in among if matches(node, rows[key])]


def matches(node: Node, doc: Doc) -> bool:
    """Tell whether an article is found."""
    match node:
        case All():
            return True
        case Not():
            return not matches(node.node, doc)
        case And():
            return all(matches(child, doc) for child in node.nodes)
        case Or():
            return any(matches(child, doc) for child in node.nodes)
        case Text():
            return in_text(node, doc.title) or in_text(node, doc.text)
        case Near():
            return near(node, doc.title) or near(node, doc.text)
        case Field():
            return field_matches(node, doc)


def plain(text: str) -> str:
    """Fold the way this file's alphabet needs: case and Latin accents."""
    bare = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in bare if not "\u0300" <= c <= "\u036f").translate({ord("ł"): "l"})
    return unicodedata.normalize("NFC", bare)


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", plain(text))


def is_cjk(text: str) -> bool:
    return any("\u3041" <= c <= "\u9fff" or "\u0e01" <= c <= "\u0eff" or "\uac00" <= c <= "\ud7fb" for c in text)


def starts(phrase: Text, text: str) -> list[tuple[int, int]]:
    """Return where a phrase stands among the tokens of a text."""
    wanted, have = tokens(phrase.text), tokens(text)
    found = []
    for at in range(len(have) - len(wanted) + 1):
        piece = have[at : at + len(wanted)]
        last = piece[-1].startswith(wanted[-1]) if phrase.prefix else piece[-1] == wanted[-1]
        if piece[:-1] == wanted[:-1] and last:
            found.append((at, at + len(wanted)))
    return found


def in_text(phrase: Text, text: str) -> bool:
    if is_cjk(phrase.text) or not tokens(phrase.text):
        return phrase.text in text
    return bool(starts(phrase, text))


def near(node: Near, text: str) -> bool:
    places = [starts(part, text) for part in node.parts]

    def pick(chosen: list[tuple[int, int]], rest: list[list[tuple[int, int]]]) -> bool:
        if not rest:
            return max(start for start, _ in chosen) - min(end for _, end in chosen) <= node.distance
        return any(pick([*chosen, place], rest[1:]) for place in rest[0])

    return pick([], places)


def has_words(value: str, prefix: bool, text: str) -> bool:
    if not value and prefix:
        return True
    if is_cjk(value):
        return value in text
    if not tokens(value):
        # Symbols are words of their own; punctuation is none.
        return all(unicodedata.category(c)[0] == "S" for c in value) and value in text
    return bool(starts(Text(value, prefix), text))


def field_matches(field: Field, doc: Doc) -> bool:
    value, marks = plain(field.value), doc.marks
    match field.name:
        case "tag":
            tags = [plain(tag) for tag in (*marks.tags, *marks.note_tags)]
            if field.prefix:
                return any(tag.startswith(value) for tag in tags)
            return any(tag == value or tag.startswith(value + "/") for tag in tags)
        case "person" | "org" | "place" | "entity":
            return not doc.is_gone and any(names(field, entity, dict(doc.joined)) for entity in doc.entities)
        case "note":
            return any(has_words(field.value, field.prefix, text) for _, *texts in doc.notes for text in texts if text)
        case "title":
            return in_text(Text(field.value, field.prefix), doc.title)
        case "path":
            return any(path_matches(field, path, member) for path, member in doc.sources)
        case "lang":
            language = doc.language.lower()
            if field.prefix:
                return bool(language) and language.startswith(value)
            return language == value or language.startswith(value + "-")
        case "date" | "added":
            day = doc.day if field.name == "date" else "" if doc.is_gone else _local_day(doc.added)
            first, last = days(field.value)
            return bool(day) and first.isoformat() <= day <= last.isoformat()
        case "is":
            return {
                "read": marks.read,
                "unread": not marks.read,
                "starred": marks.starred,
                "undated": not doc.day,
                "copy": doc.is_copy,
                "duplicate": len(set(doc.sources)) > 1,
                "changed": marks.changed,
                "gone": doc.is_gone,
                "missing": doc.is_gone,
            }[field.value]
        case _:
            return {
                "note": marks.notes > 0,
                "highlight": marks.highlights > 0,
                "draft": marks.draft,
                "orphan": marks.lost > 0,
                "tag": bool(marks.tags),
                "entity": bool(doc.entities) and not doc.is_gone,
            }[field.value]


def names(field: Field, entity: tuple[str, str], joined: Mapping[EntityKey, EntityKey]) -> bool:
    """Tell whether a field finds an entity: by its own name or that of another that is one with it."""
    key = key_of_entity(*entity)
    final = joined.get(key, key)
    one = {key, final, *(other for other, into in joined.items() if into == final)}
    kind = KINDS.get(field.name)
    for each in one:
        of, _, name = each.partition(":")
        if kind not in (None, of):
            continue
        if field.exact and (fold_name(field.value) == name or (kind is None and fold_name(field.value) == each)):
            return True
        if not field.exact and has_words(field.value, field.prefix, name):
            return True
    return False


def path_matches(field: Field, path: str, member: str) -> bool:
    place = f"{path}#{member}" if member else path
    if not field.value.startswith("/"):
        return plain(field.value) in plain(place)
    if field.prefix:
        return path.startswith(field.value) or place == field.value
    folder = field.value.rstrip("/") + "/"
    return path == field.value.rstrip("/") or path.startswith(folder) or place == field.value


def days(value: str) -> tuple[date, date]:
    """Read the dates that the generated queries hold."""
    words = {
        "today": (TODAY, TODAY),
        "last-year": (date(2023, 1, 1), date(2023, 12, 31)),
        "this-month": (date(2024, 3, 1), date(2024, 3, 31)),
        "last-week": (date(2024, 3, 11), date(2024, 3, 17)),
        "2w": (TODAY - timedelta(14), TODAY),
        "2w..": (TODAY - timedelta(14), date.max),
        "..1y": (date.min, date(2023, 3, 20)),
        "2023": (date(2023, 1, 1), date(2023, 12, 31)),
        "2024-02": (date(2024, 2, 1), date(2024, 2, 29)),
        "2023-11..2024-02": (date(2023, 11, 1), date(2024, 2, 29)),
        "2024-03-20": (TODAY, TODAY),
        "..2023": (date.min, date(2023, 12, 31)),
        "2024..": (date(2024, 1, 1), date.max),
    }
    return words[value]


DATES = [
    "today", "last-year", "this-month", "last-week", "2w", "2w..", "..1y", "2023", "2024-02",
    "2023-11..2024-02", "2024-03-20", "..2023", "2024..",
]  # fmt: skip


def in_order(rows: dict[int, Doc], found: list[int], sort: str) -> list[int]:
    """Return the articles found in the order that `sort` means."""

    def newest(key: int) -> tuple[int, int]:
        published = rows[key].day
        return (-date.fromisoformat(published).toordinal() if published else 1, key)

    by_newest = sorted(found, key=newest)
    match sort:
        case "date":
            return by_newest
        case "-date":
            dated = [key for key in by_newest if rows[key].day]
            undated = [key for key in by_newest if not rows[key].day]
            return dated[::-1] + undated[::-1]
        case "title":
            return sorted(by_newest, key=lambda key: plain(rows[key].title))
        case "-title":
            return _descending(by_newest, lambda key: plain(rows[key].title))
        case "added":
            return _descending(by_newest, lambda key: rows[key].added * (key > 0))
        case "-added":
            return sorted(by_newest, key=lambda key: rows[key].added * (key > 0))
        case "words":
            return sorted(by_newest, key=lambda key: -count_words(rows[key].text))
        case "-words":
            return sorted(by_newest, key=lambda key: count_words(rows[key].text))
        case _:
            raise ValueError(sort)


def _local_day(added: str) -> str:
    return datetime.fromisoformat(added).replace(tzinfo=UTC).astimezone().date().isoformat()


def _descending(keys: list[int], value_of: Callable[[int], str]) -> list[int]:
    """Sort downwards; equals keep their order."""
    groups: dict[str, list[int]] = {}
    for key in keys:
        groups.setdefault(value_of(key), []).append(key)
    return [key for value in sorted(groups, reverse=True) for key in groups[value]]
