"""Annotations follow an edited file: its new text takes over the old one's document, or gets copies."""

from __future__ import annotations

from store.annotations.documents import ARTICLES, CORRECTIONS, NOTES, Document, stored_sources
from store.annotations.index import Index
from store.annotations.reanchoring import Reanchoring
from store.annotations.records import Target
from store.annotations.tags import has
from store.annotations.work import Work
from store.article import ArticleId


def adopt(
    work: Work, index: Index, old: ArticleId, new: Target, *, still_live: bool, places: Reanchoring
) -> None:
    """Move the old text's document to the new text; doing it again changes nothing.

    Notes that move with their document are placed by `Reanchoring.follow`, which sees that its text is another.

    Copies are made instead where the old text is still somewhere, which keeps its own, or where the new text
    bears annotations already. A copy is made once: the receiving document remembers from where.
    """
    identity = index.documents.get(old)
    document = work.get(ARTICLES, identity) if identity is not None else None
    if document is None:
        return
    there = index.documents.get(new.id)
    receiver = work.get(ARTICLES, there) if there is not None else None
    if receiver is not None and receiver["id"] == document["id"]:
        # The same text at places that may have changed.
        if new.sources and stored_sources(new.sources) != document["sources"]:
            work.write(document, new)
        if document["changed"] is not None:
            places.check(work, document)
        return
    if receiver is None and not still_live:
        work.write(document, new)
        return
    if not _bears_something(work, document):
        return
    receiver = receiver or work.begin(new)
    if document["id"] not in receiver["from"]:
        _copy(work, document, receiver, new, places)
    if still_live:
        _release(work, document, new)


def _bears_something(work: Work, document: Document) -> bool:
    identity = document["id"]
    borne = work.notes_of(identity) or work.corrections_of(identity)
    return bool(document["tags"] or document["star"] or borne)


def _copy(work: Work, giver: Document, receiver: Document, target: Target, places: Reanchoring) -> None:
    tags = list(receiver["tags"])
    tags += [name for name in giver["tags"] if not has(tags, name)]
    base = giver["changed"]["text"] if giver["changed"] else giver["text_hash"]
    present = [(note["body"], note["anchor"]) for note in work.notes_of(receiver["id"])]
    copies = []
    for note in sorted(work.notes_of(giver["id"]), key=lambda note: note["n"]):
        copy = places.moved(note, (giver["text_hash"], base, note["text"]), target.id)
        # A text that was edited there and back would else collect its own notes again.
        if (copy["body"], copy["anchor"]) not in present:
            copies.append(copy)
    changed = {"text": base, "at": work.now} if copies and base != target.id else None
    work.write(
        receiver,
        target,
        tags=tags,
        star=receiver["star"] or giver["star"],
        changed=receiver["changed"] or changed,
        **{"from": [*receiver["from"], giver["id"]]},
    )
    for copy in copies:
        identity = work.new_id()
        work.put(NOTES, identity, {**copy, "id": identity, "article": receiver["id"], "conflict_of": None})
    _copy_corrections(work, giver, receiver, target, places)


def _copy_corrections(
    work: Work, giver: Document, receiver: Document, target: Target, places: Reanchoring
) -> None:
    own = ("id", "article", "n", "text", "created", "lost")
    present = [{**one, **dict.fromkeys(own)} for one in work.corrections_of(receiver["id"])]
    for correction in work.corrections_of(giver["id"]):
        copy = places.corrected(correction, (giver["text_hash"], correction["text"]), target.id)
        if {**copy, **dict.fromkeys(own)} not in present:
            identity = work.new_id()
            work.put(CORRECTIONS, identity, {**copy, "id": identity, "article": receiver["id"]})


def _release(work: Work, giver: Document, target: Target) -> None:
    """Take the source that now holds another text off the document that stays with the old one."""
    moved = stored_sources(target.sources)
    left = [place for place in giver["sources"] if place not in moved]
    if left != giver["sources"]:
        work.put(ARTICLES, giver["id"], {**giver, "sources": left})
