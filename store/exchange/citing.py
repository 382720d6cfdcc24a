"""How a dossier names the source of a passage. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from store.exchange.dossier import Cited
from store.exchange.passages import Passage


def facts(cited: Cited) -> list[str]:
    """Return site, byline, dates as a source line lists them behind the title."""
    published = "undated" if cited.published is None else f"published {cited.published.isoformat()}"
    by_hand = " (date set by hand)" if cited.by_hand else ""
    retrieved = f"retrieved {cited.retrieved.isoformat()}" if cited.retrieved is not None else ""
    return [part for part in (cited.site, cited.byline, f"{published}{by_hand}", retrieved) if part]


def is_web(url: str) -> bool:
    """Tell whether a URL is one that a reader of the dossier can follow."""
    return url.startswith(("https://", "http://")) and not any(c.isspace() or ord(c) < 0x20 for c in url)


def states(one: Passage) -> Iterable[str]:
    """Say what must be known of a passage besides its words."""
    note = one.note
    if note.lost:
        yield "no longer in the present text"
    if note.was:
        yield f"at first: “{' '.join(note.was.split())}”"
    if note.conflict_of is not None:
        yield "kept beside another text of the same note"
    if note.tags:
        yield f"tags of the note: {', '.join(note.tags)}"
