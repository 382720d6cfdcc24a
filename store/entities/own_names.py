"""Lays the user's own names over those that a model found. Pure, and without spaCy: a new name costs no analysis."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from store.article import Mention
from store.entities.forms import Taken, occurrences
from store.entities.guard import unwrapped
from store.entities.names import OwnName, spellings

_SPACELESS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
"""Scripts that write no spaces around a name."""


class OwnNames:
    """The user's names, ready to be found in many texts."""

    def __init__(self, names: Sequence[OwnName] = ()) -> None:
        self.names = tuple(names)
        labels = {form: name.label for name in names for form in spellings(name.term)}
        self._labels = labels
        # A form is sought as whole words, but where it begins with none.
        self._worded = {form for form in labels if form[0].isalnum() and not _is_spaceless(form)}
        self._other = sorted(labels.keys() - self._worded, key=len, reverse=True)

    @property
    def version(self) -> str:
        """A digest of the names; empty where there are none."""
        if not self.names:
            return ""
        told = "\0".join(f"{name.label} {name.term}" for name in self.names)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def over(self, text: str, mentions: Iterable[Mention]) -> list[Mention]:
        """Return mentions with the user's names wherever they stand; where they overlap with others, they stay."""
        found = list(mentions)
        if not self._labels:
            return found
        flat = unwrapped(text)
        own = [Mention(start, end, self._labels[flat[start:end]]) for start, end in self._places(flat)]
        taken = Taken(own)
        kept = [mention for mention in found if taken.is_free(mention.start, mention.end)]
        return sorted([*kept, *own], key=lambda one: (one.start, -one.end))

    def _places(self, flat: str) -> Iterator[tuple[int, int]]:
        places = list(occurrences(flat, self._worded, Taken(())))
        for form in self._other:
            if form not in flat:
                continue
            taken = Taken(Mention(start, end, "") for start, end in places)
            at = flat.find(form)
            while at >= 0:
                if taken.is_free(at, at + len(form)) and _stands_alone(flat, at, form):
                    places.append((at, at + len(form)))
                at = flat.find(form, at + len(form))
        yield from places


def _stands_alone(flat: str, at: int, form: str) -> bool:
    """Whether what stands around a form is no part of its word; in a script without spaces that cannot be told."""
    if _is_spaceless(form):
        return True
    before, after = flat[at - 1 : at], flat[at + len(form) : at + len(form) + 1]
    return not (form[0].isalnum() and before.isalnum()) and not (form[-1].isalnum() and after.isalnum())


def _is_spaceless(form: str) -> bool:
    return not form.isascii() and any(unicodedata.name(c, "").startswith(_SPACELESS) for c in form)
