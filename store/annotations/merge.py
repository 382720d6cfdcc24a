"""Two people's annotations, or two machines', become one's: what one holds is joined to what the other holds. Pure.

Nothing is taken away. Tags are united. Stars, read marks and places in the text are those of the article that was
changed last. Of a note that both have, the text that went on from the other's wins; where both went on, both stay.
Of a saved search that both have, the one that was changed last stays, and so it is with what was decided about two
entities. Corrections of names are united; of two notes on one entity both stay, one below the other.
Joining the same thing again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import Struct, field

from store.annotations.contents import Contents
from store.annotations.documents import (
    ALIASES,
    ARTICLES,
    CORRECTIONS,
    ENTITIES,
    NOTES,
    SEARCHES,
    TAGS,
    Document,
    read_time,
)
from store.annotations.merge_names import NameJoining
from store.annotations.merge_notes import NoteJoining
from store.annotations.tags import folded, has
from store.article import ArticleId


class Joint(NamedTuple):
    """One document that is other than it was."""

    table: str
    before: Document | None
    after: Document


class Counts(Struct):
    """What joining comes to, for the user."""

    notes: int = 0
    """Notes and highlights that are new."""
    newer: int = 0
    """Notes that got the text or the place that they have over there."""
    conflicts: int = 0
    """Notes that were kept beside a text of one's own."""
    tags: int = 0
    """Tags put on articles and notes."""
    marks: int = 0
    """Articles whose star, read mark or publication date changed."""
    keys: int = 0
    """Number keys that got a tag."""
    searches: int = 0
    """Saved searches that are new, or that were changed later over there."""
    corrections: int = 0
    """Corrections of names that are new."""
    decisions: int = 0
    """Decisions about which names are one that are new, or were made later over there."""
    entities: int = 0
    """Entities that got tags or another note."""
    taken: list[str] = field(default_factory=list)
    """Tags that got no number key, since it bears another tag here."""
    articles: set[str] = field(default_factory=set)
    """The articles that all this is on."""


class Joined(Struct):
    """What must be written so that one file holds both."""

    joints: list[Joint]
    counts: Counts
    articles: Mapping[str, str]
    """From the ids of their articles to ours."""


def join(ours: Contents, theirs: Contents, stays: Callable[[ArticleId], bool] = lambda _: False) -> Joined:
    """Find what our annotations lack of theirs; neither is changed.

    `stays` tells of a text of ours that it is what a file holds now, whatever theirs says the article has become.
    """
    return _Joining(ours, theirs, stays).joined()


class _Joining:
    def __init__(self, ours: Contents, theirs: Contents, stays: Callable[[ArticleId], bool]) -> None:
        self._ours = ours
        self._theirs = theirs
        self._stays = stays
        self._spelling = ours.tags_in_use()
        self._speaking: dict[str, str] = {}
        for one in sorted(ours.articles.values(), key=lambda one: (one["created"], one["id"])):
            self._speaking.setdefault(one["text_hash"], one["id"])
        self._as: dict[str, str] = {}
        self._after: dict[tuple[str, str], Document] = {}
        self._counts = Counts()

    def joined(self) -> Joined:
        for row in self._theirs.tags.values():
            self._spelling.setdefault(row["id"], row["name"])
        for article in self._theirs.articles.values():
            self._article(article)
        self._after |= NoteJoining(self._ours, self._theirs, self._text_here, self._united, self._counts).joined()
        self._rows()
        for search in self._theirs.searches.values():
            self._search(search)
        names = NameJoining(self._ours, self._theirs, self._text_here, self._united)
        self._after |= names.joined()
        self._counts.corrections, self._counts.decisions = names.corrections, names.decisions
        self._counts.entities = names.entities
        before = {
            ARTICLES: self._ours.articles, NOTES: self._ours.notes, TAGS: self._ours.tags,
            SEARCHES: self._ours.searches, CORRECTIONS: self._ours.corrections, ALIASES: self._ours.decisions,
            ENTITIES: self._ours.entities,
        }  # fmt: skip
        joints = [Joint(table, before[table].get(one), after) for (table, one), after in self._after.items()]
        return Joined([joint for joint in joints if joint.before != joint.after], self._counts, self._as)

    def _now(self, table: str, before: Mapping[str, Document], identity: str) -> Document | None:
        return self._after.get((table, identity)) or before.get(identity)

    # ---- articles ------------------------------------------------------------------------------------------
    def _article(self, their: Document) -> None:
        identity = self._partner(their)
        self._as[their["id"]] = identity
        our = self._now(ARTICLES, self._ours.articles, identity)
        after: Document
        if our is None:
            after = {**their, "tags": self._united([], their["tags"])}
            self._counts.tags += len(after["tags"])
            self._counts.marks += bool(their["star"] or their["read"] or their["published"])
            if _bears(after):
                self._counts.articles.add(identity)
        else:
            after = self._both(our, their)
            if {**after, "updated": our["updated"]} == our:
                return
        self._after[ARTICLES, identity] = after

    def _partner(self, their: Document) -> str:
        """Return the id of our article that theirs is: the same text, else what was the same text at first."""
        same = self._ours.articles.get(their["id"])
        if same is not None and same["text_hash"] == their["text_hash"]:
            return str(same["id"])
        own: str = their["id"]
        return self._speaking.get(their["text_hash"], own)

    def _both(self, our: Document, their: Document) -> Document:
        newer = read_time(their["updated"]) > read_time(our["updated"])
        went_on = our["text_hash"] != their["text_hash"] and newer and not self._stays(our["text_hash"])
        same = our["text_hash"] == their["text_hash"]
        first, second = (their, our) if went_on else (our, their)
        after: dict[str, Any] = {
            **our,
            "text_hash": first["text_hash"],
            "title": first["title"] or second["title"],
            "sources": _with(first["sources"], second["sources"]),
            "tags": self._united(our["tags"], their["tags"]),
            "from": _with(our["from"], their["from"]),
            "created": min(our["created"], their["created"], key=read_time),
            "updated": their["updated"] if newer else our["updated"],
            "changed": their["changed"] if went_on or (same and newer) else our["changed"],
        }
        if newer:
            position = their["position"] if (same or went_on) and their["position"] else our["position"]
            after |= {"star": their["star"], "read": their["read"], "position": position}
        if their["published"] is not None and (newer or our["published"] is None):
            after["published"] = their["published"]
        put = len(after["tags"]) - len(our["tags"])
        marked = any(after[name] != our[name] for name in ("star", "read", "published"))
        self._counts.tags += put
        self._counts.marks += marked
        if put or marked:
            self._counts.articles.add(our["id"])
        return after

    def _united(self, ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
        """Return our tags and theirs, as we write them."""
        found = list(ours)
        for name in theirs:
            name = self._spelling.get(folded(name), name)
            if not has(found, name):
                found.append(name)
        return found

    def _text_here(self, article: str) -> tuple[str, str | None, str | None]:
        """Return our id of one of their articles, with their text of it and ours."""
        identity = self._as.get(article, article)
        theirs, ours = self._theirs.articles.get(article), self._now(ARTICLES, self._ours.articles, identity)
        return identity, theirs["text_hash"] if theirs else None, ours["text_hash"] if ours else None

    # ---- number keys ---------------------------------------------------------------------------------------
    def _rows(self) -> None:
        """Join what is kept of the tags by themselves."""
        taken = {row["digit"] for row in self._ours.tags.values() if row["digit"] is not None}
        in_use = self._theirs.tags_in_use()
        for their in self._theirs.tags.values():
            if their["id"] not in in_use:
                continue
            our = self._ours.tags.get(their["id"])
            digit = our["digit"] if our is not None else None
            if digit is None and their["digit"] is not None:
                if their["digit"] in taken:
                    self._counts.taken.append(their["name"])
                else:
                    digit = their["digit"]
                    taken.add(digit)
                    self._counts.keys += 1
            used = their["used"] if our is None else max(our["used"], their["used"], key=read_time)
            self._after[TAGS, their["id"]] = {
                **(our or their), "name": self._spelling[their["id"]], "digit": digit, "used": used
            }  # fmt: skip

    # ---- saved searches ------------------------------------------------------------------------------------
    def _search(self, their: Document) -> None:
        our = self._ours.searches.get(their["id"])
        if our is not None and (our == their or read_time(their["updated"]) <= read_time(our["updated"])):
            return
        self._after[SEARCHES, their["id"]] = {**their, "tags": self._united([], their["tags"])}
        self._counts.searches += 1


def _bears(article: Document) -> bool:
    return bool(article["tags"] or article["star"] or article["read"] or article["published"])


def _with(ours: Iterable[Any], theirs: Iterable[Any]) -> list[Any]:
    found = list(ours)
    found += [one for one in theirs if one not in found]
    return found
