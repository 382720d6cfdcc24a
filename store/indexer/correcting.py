"""Sees to it that the index reflects the corrections of names in the annotation file, whichever session made them.

What the index reflects is noted in it, so that it does not matter who wrote the file meanwhile, or whether the index
was made anew. A text is written anew in one piece; killed between two, the next start does them again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.article import ArticleId, Mention
from store.catalog.corrected_texts import CorrectedTexts
from store.catalog.writer import CatalogWriter
from store.entities.labels import group_of
from store.errors import AnnotationsError
from store.indexer.protocol import Corrected, Message

if TYPE_CHECKING:
    from store.annotations.name_follower import NameFollower
    from store.annotations.name_records import Correction

LOOK = 1.0
"""Seconds between two looks at the annotation file."""
_UNSURE = ""
"""Stands among the ids of corrections while the index reflects some of them in part."""
_AT_ONCE = 0.03
"""Seconds of writing after which something more urgent may come between."""


class Correcting:
    """Follows one annotation file and corrects the names in one index."""

    def __init__(self, annotations: Path | None) -> None:
        """Without a file nothing is corrected."""
        self._path = annotations
        self._follower: NameFollower | None = None
        self._texts: CorrectedTexts | None = None
        self._work: Iterator[None] | None = None
        self._rewritten = 0
        self._next_look = 0.0
        self._stale = True
        """Whether the index may not reflect the corrections that were read last."""

    def begin(self, writer: CatalogWriter) -> None:
        """Begin to correct the names in an index."""
        self._texts = CorrectedTexts(writer) if self._path is not None else None
        self._work, self._stale = None, True
        self._next_look = time.monotonic() + LOOK

    def end(self) -> None:
        """Leave the index alone, since another process writes it or nobody can."""
        self._texts = self._work = None

    def step(self, commit: Callable[[], None], tell: Callable[[Message], None], *, first: bool = False) -> bool:
        """Go on for a moment; returns whether there was something to do. `tell` is given what the screen is to know.

        `first`: look at once where that was not done yet, since there is nothing else to do.
        """
        if self._texts is None:
            return False
        if self._work is None:
            due = time.monotonic() >= self._next_look or (first and self._stale and self._follower is None)
            if not due or not self._start():
                return False
        until = time.monotonic() + _AT_ONCE
        try:
            while self._work is not None and time.monotonic() < until:
                self._go_on()
        except BaseException:
            self._work, self._stale = None, True
            raise
        commit()
        if self._work is None and self._rewritten:
            tell(Corrected(self._rewritten))
        return True

    def put(
        self, writer: CatalogWriter, article: ArticleId, version: str, text: str, names: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """Put names that were just found in the place of a text's old ones, corrected; returns them."""
        if self._texts is not None and self._work is None and self._stale and not self._start() and self._stale:
            # The file cannot be read now; later all is looked at again.
            self._texts.note({_UNSURE: ""})
        corrected = names if self._follower is None else _corrected(self._follower, article, text, names)
        if writer.put_mentions(article, version, corrected, group_of) and self._texts is not None:
            key = self._texts.key_of(article)
            if key is not None:
                self._texts.keep(key, names, corrected)
        return corrected

    # ---- inside ----------------------------------------------------------------------------------------------
    def _start(self) -> bool:
        """Look at the file, and begin to write what is other than it was; returns whether that is anything."""
        assert self._texts is not None
        if not self._look() or not self._stale:
            return False
        self._stale = False
        self._work, self._rewritten = self._rewrite(self._texts), 0
        self._go_on()
        return self._work is not None

    def _go_on(self) -> None:
        if self._work is not None and next(self._work, StopIteration) is StopIteration:
            self._work = None

    def _look(self) -> bool:
        """See what the file says now; returns whether that can be known."""
        self._next_look = time.monotonic() + LOOK
        if self._path is None:
            return True
        if self._follower is None:
            from store.annotations.journal_file import journal_path

            if not self._path.exists() and not journal_path(self._path).exists():
                return True
            # TinyDB and the file itself, which most libraries have no correction in, must not hold up a start.
            from store.annotations.name_follower import NameFollower

            follower = NameFollower(self._path)
        else:
            follower = self._follower
        try:
            self._stale |= follower.look()
        except AnnotationsError:
            # The screen tells of it. Read again a second later; until then what was read stays.
            return False
        self._follower = follower
        return True

    def _rewrite(self, texts: CorrectedTexts) -> Iterator[None]:
        """Write the names of all texts that a change of the corrections concerns."""
        follower = self._follower
        corrections = follower.corrections() if follower is not None else []
        now: dict[str, str] = {one.id: _said(one, follower) for one in corrections}
        before = texts.said()
        unsure = before.pop(_UNSURE, None) is not None
        others = [one for one in dict.fromkeys((*before, *now)) if unsure or before.get(one) != now.get(one)]
        changed = {one: now.get(one) for one in others}
        if not changed and not unsure:
            return
        # Killed in the midst of this, and the change taken back meanwhile: then all is looked at again.
        texts.note({_UNSURE: ""})
        yield
        concerned = dict.fromkeys(texts.corrected() if unsure else ())
        for one, what in changed.items():
            old = before.get(one)
            found = (_concerned(texts, json.loads(said), new=said is what) for said in (old, what) if said is not None)
            concerned.update(dict.fromkeys(chain.from_iterable(found)))
            yield
        for key in concerned:
            self._rewritten += self._put(texts, key)
            yield
        texts.note({**changed, _UNSURE: None})

    def _put(self, texts: CorrectedTexts, key: int) -> bool:
        there = texts.text(key)
        if there is None:
            return False
        article, text = there
        present, found = texts.names_in(key)
        names = _corrected(self._follower, article, text, found) if self._follower is not None else found
        return texts.put(key, text, present, found, names, group_of)


def _corrected(
    follower: NameFollower, article: ArticleId, text: str, names: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    corrections = follower.corrections_for(article)
    if not corrections:
        return names
    from store.annotations.corrected import corrected

    return tuple(corrected(text, names, corrections))


def _said(one: Correction, follower: NameFollower | None) -> str:
    """Return all of a correction that its effect depends on."""
    text = follower.text_of(one.article) if follower is not None and one.article is not None else None
    places = [(anchor.quote, anchor.start) for anchor in (one.anchor, one.extent) if anchor is not None]
    said = [one.kind, one.scope, one.surface, one.old_label, one.label, text, places, one.n, one.lost]
    return json.dumps(said, ensure_ascii=True, separators=(",", ":"))


def _concerned(texts: CorrectedTexts, said: list[Any], *, new: bool) -> Iterator[int]:
    """Yield the texts whose names may be others by a correction; `new`: as it is now, and not as it was."""
    kind, scope, surface, old_label, _, text, *_ = said
    if scope != "library":
        key = texts.key_of(ArticleId(text)) if text else None
        yield from () if key is None else (key,)
        return
    if new:
        yield from texts.holding(surface) if kind == "add" else texts.naming(surface, old_label)
    yield from texts.corrected_holding(surface)
