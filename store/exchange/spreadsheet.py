"""Notes and highlights as rows, one each, for a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from store.annotations.documents import stored_time
from store.exchange.dossier import Entry

COLUMNS = (
    "article", "title", "path", "url", "byline", "published", "retrieved", "tags", "note", "kind", "quote", "sentence",
    "body", "note_tags", "start", "end", "lost", "was", "created", "updated", "conflict_of",
)  # fmt: skip


def rows(entries: Iterable[Entry]) -> Iterator[tuple[object, ...]]:
    """Yield a row a note, in the order of `COLUMNS`. What a spreadsheet might run is for the writer to disarm."""
    for entry in entries:
        cited = entry.cited
        article = (
            cited.text,
            cited.title,
            cited.path,
            cited.url,
            cited.byline,
            cited.published.isoformat() if cited.published is not None else "",
            cited.retrieved.isoformat() if cited.retrieved is not None else "",
            " ".join(cited.tags),
        )
        for one in entry.passages:
            note, anchor = one.note, one.note.anchor
            yield (
                *article,
                note.id,
                "note" if note.body else "highlight",
                anchor.quote if anchor is not None else "",
                one.sentence,
                note.body,
                " ".join(note.tags),
                anchor.start if anchor is not None else "",
                anchor.end if anchor is not None else "",
                int(note.lost),
                note.was,
                stored_time(note.created),
                stored_time(note.updated),
                note.conflict_of or "",
            )
