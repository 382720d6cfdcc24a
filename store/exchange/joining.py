"""Two annotation files become a third: both are only read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from store.annotations.base_file import META, META_KEY, Tables
from store.annotations.contents import Contents, contents_of, written
from store.annotations.documents import (
    ALIASES,
    ARTICLES,
    CORRECTIONS,
    DRAFTS,
    ENTITIES,
    NAME_DRAFTS,
    NOTES,
    SEARCHES,
    TAGS,
    UNDO,
    Document,
    draft_of,
    key_for,
    note_of,
    read_time,
)
from store.annotations.journal_file import journal_path
from store.annotations.kept_texts import KeptTexts
from store.annotations.merge import Counts, Joined, join
from store.annotations.migrations import SCHEMA
from store.annotations.pieces import dump, pieces
from store.annotations.reanchoring import Reanchoring, TextOf
from store.article import ArticleId
from store.disk.atomic import make_folder, read_all, replace
from store.errors import ExchangeError, UsageError
from store.exchange.new_file import new_file
from store.exchange.reading import read_annotations
from store.record import Record

_JOINED = (ARTICLES, NOTES, TAGS, DRAFTS, SEARCHES, CORRECTIONS, ALIASES, ENTITIES)


class Merged(Record):
    """What merging came to."""

    counts: Counts
    articles: int
    notes: int
    left_out: int
    """Documents of other kinds that the two files have differently; those of the older file were taken."""


def merge_files(one: Path, other: Path, into: Path) -> Merged:
    """Write a new annotation file that holds what two hold; the list of changes to undo begins anew.

    Which is named first does not matter: the file with the oldest annotation decides where both cannot be right.

    Raises:
        UsageError: the new file is there already, or the two are one.
        ExchangeError: one cannot be read, or the new one not be written.
    """
    if os.path.lexists(into) or os.path.lexists(journal_path(into)):
        raise UsageError(f"{into} exists already; name a new file, which can then be opened with --db.")
    if one.exists() and other.exists() and one.samefile(other):
        raise UsageError(f"{one} and {other} are the same file.")
    if not into.parent.is_dir():
        raise ExchangeError(f"{into} was not written: its folder is not there.")
    files = [(path, read_annotations(path)) for path in (one, other)]
    (_, ours), (_, theirs) = sorted(files, key=lambda file: _age(file[1]))
    joined = join(contents_of(ours), contents_of(theirs))
    tables, left_out = merged_tables(ours, theirs, joined, _texts(one, other))
    for path, _ in files:
        copy_texts(path, into)
    with new_file(into) as sink:
        for piece in pieces(tables):
            sink.write(piece)
    return Merged(joined.counts, len(tables.get(ARTICLES, {})), len(tables.get(NOTES, {})), left_out)


def _age(tables: Tables) -> tuple[float, str]:
    """Order two files by their oldest annotation, and where that is the same, by anything that is always the same."""
    created = [read_time(one["created"]).timestamp() for one in tables.get(ARTICLES, {}).values()]
    words = {name: tables[name] for name in (*_JOINED,) if name in tables}
    return min(created, default=float("inf")), hashlib.sha256(dump(words)).hexdigest()


def merged_tables(ours: Tables, theirs: Tables, joined: Joined, text_of: TextOf) -> tuple[Tables, int]:
    """Return the tables of a file that holds both, and how many documents of other kinds it could not hold.

    `text_of` returns the texts that were kept, in which passages are looked for where a text has changed.
    """
    held, others = contents_of(ours), contents_of(theirs)
    articles, notes, tags = dict(held.articles), dict(held.notes), dict(held.tags)
    tables = {ARTICLES: articles, NOTES: notes, TAGS: tags, SEARCHES: dict(held.searches),
              CORRECTIONS: dict(held.corrections), ALIASES: dict(held.decisions),
              ENTITIES: dict(held.entities)}  # fmt: skip
    for table, _, after in joined.joints:
        tables[table][after["id"]] = after
    for identity, their in others.notes.items():
        # The new file does not remember which text went on from which; that it is the later one has to be seen in it.
        if identity in notes and read_time(notes[identity]["updated"]) < read_time(their["updated"]):
            notes[identity] = {**notes[identity], "updated": their["updated"]}
    tables[DRAFTS] = _drafts(held, others, joined.articles, notes)
    places = Reanchoring(text_of)
    for identity, note in notes.items():
        mine = identity in held.notes and held.notes[identity]["anchor"] == note["anchor"]
        before = held.articles.get(note["article"], {}).get("text_hash") if mine else None
        notes[identity] = _placed(note, before, articles, places)
    corrections = tables[CORRECTIONS]
    for identity, correction in corrections.items():
        if correction["lost"] and (article := articles.get(correction["article"])) is not None:
            corrections[identity] = places.corrected(correction, (correction["text"],), article["text_hash"])
    # The two files count their changes apart: in the new one all is in the order in which it was written.
    for rows in (notes, corrections):
        for number, row in enumerate(sorted(rows.values(), key=written), 1):
            rows[row["id"]] = {**row, "n": number}
    found: Tables = {name: _keyed(table) for name, table in tables.items() if table}
    left_out = 0
    for name in sorted((ours.keys() | theirs.keys()) - {*_JOINED, UNDO, META}):
        mine, other = ours.get(name, {}), theirs.get(name, {})
        left_out += sum(1 for key, document in other.items() if key in mine and mine[key] != document)
        found[name] = {**other, **mine}
    for key, draft in found.get(NAME_DRAFTS, {}).items():
        begun_in = held.entities if key in ours.get(NAME_DRAFTS, {}) else others.entities
        found[NAME_DRAFTS][key] = _begun_there(draft, begun_in, tables[ENTITIES])
    drafts = [*tables[DRAFTS].values(), *found.get(NAME_DRAFTS, {}).values()]
    sequence = max([len(notes), len(corrections), *(draft["n"] for draft in drafts)])
    found[META] = {META_KEY: {"schema": SCHEMA, "sequence": sequence}}
    return found, left_out


def _texts(*files: Path) -> TextOf:
    """Return how to find a text that was kept beside one of some annotation files."""
    shelves = [KeptTexts(path) for path in files]

    def text_of(text: ArticleId) -> str | None:
        found = (article for shelf in shelves if (article := shelf.read(text)) is not None)
        return next((article.text for article in found), None)

    return text_of


def _placed(note: Document, before: str | None, articles: dict[str, Document], places: Reanchoring) -> Document:
    """Return a note on the text that its article has in the new file; `before` is that of our file, for notes of ours.

    Where that text was not kept, nobody can say where the passage is: the note wants a place.
    """
    article = articles.get(note["article"])
    if note["anchor"] is None or article is None:
        return note
    changed = before is not None and before != article["text_hash"]
    if not changed and not note["lost"]:
        return note
    if article["changed"] is None and before is not None and changed:
        articles[article["id"]] = {**article, "changed": {"text": before, "at": article["updated"]}}
    moved = places.moved(note, (ArticleId(before) if before else None, note["text"]), article["text_hash"])
    return {**note, "lost": True} if moved is note else moved


def _drafts(
    ours: Contents, theirs: Contents, as_ours: Mapping[str, str], notes: Mapping[str, Document]
) -> dict[str, Document]:
    """Return what is being written in either, on the notes as they are joined; each session's text stays its own."""
    found = {identity: _begun_here(draft, ours.notes, notes) for identity, draft in ours.drafts.items()}
    for draft in theirs.drafts.values():
        article = as_ours.get(draft["article"], draft["article"])
        identity = f"{article} {draft['note'] or 'new'} {draft['session']}"
        there = found.get(identity)
        if there is None or read_time(there["at"]) < read_time(draft["at"]):
            here = _begun_here(draft, theirs.notes, notes)
            found[identity] = {**here, "id": identity, "article": article}
    return found


def _begun_here(draft: Document, before: Mapping[str, Document], notes: Mapping[str, Document]) -> Document:
    """Return a draft of a note with the revision that it was begun on as the joined file counts.

    Where another text stands in the joined file than the draft was begun on it is 0, so that both will be kept.
    """
    old, new = before.get(draft["note"] or ""), notes.get(draft["note"] or "")
    if new is None:
        return draft
    begun = old is not None and draft_of(draft, ArticleId("")).base_in(note_of(old)) == old["revision"]
    same = begun and old is not None and old["body"] == new["body"]
    return {**draft, "revision": new["revision"] if same else 0}


def _begun_there(draft: Document, before: Mapping[str, Document], entities: Mapping[str, Document]) -> Document:
    """Return a draft of a note on a name as `_begun_here` returns that of a note."""
    old, new = before.get(draft["key"]), entities.get(draft["key"])
    if new is None:
        return draft
    same = old is not None and (draft["revision"], old["body"]) == (old["revision"], new["body"])
    return {**draft, "revision": new["revision"] if same else 0}


def _keyed(documents: Mapping[str, Document]) -> dict[str, Document]:
    """Return documents by the keys that they have in the file."""
    found: dict[str, Document] = {}
    for identity, document in documents.items():
        key = key_for(identity)
        while key in found:
            key = str(int(key) + 1)
        found[key] = document
    return found


def copy_texts(source: Path, into: Path) -> int:
    """Copy the texts kept beside one annotation file to another's, as far as they are not there; returns how many.

    Raises:
        ExchangeError: one could not be written.
    """
    here, there = KeptTexts(source), KeptTexts(into)
    copied = 0
    for path in sorted(here.folder.glob("??/*.json.gz")):
        copy = there.folder / path.parent.name / path.name
        if copy.exists():
            continue
        try:
            make_folder(copy.parent)
            replace(copy, read_all(path)[0])
        except OSError as error:
            raise ExchangeError(f"{copy} was not written: {error.strerror or error}.") from error
        copied += 1
    return copied
