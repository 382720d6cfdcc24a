"""Where the words of a query stand in a text, to be marked there. Pure."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from functools import lru_cache

from store.article import count_words
from store.query.ast import All, Node, Not, Or, Text
from store.query.fold import fold, has_letters, plain_words, spaceless

_PIECE = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")
_fold_character = lru_cache(4096)(fold)


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where words and phrases stand in a text, in order and without overlap.

    Words are as `Answer.words` gives them: folded, a phrase with spaces, `*` behind one that may go on.
    """
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted:
        return []
    sought = re.compile("|".join(f"(?:{_expression(word)})" for word in wanted))
    folded, offsets = _folded(text)
    hits = (match.span() for match in sought.finditer(folded))
    if offsets is None:
        return [(start, end) for start, end in hits if end > start]
    return [(offsets[start], offsets[end]) for start, end in hits if end > start]


def any_of(words: Iterable[str]) -> Node:
    """Return the query for the articles in which one of these words stands, as `spans` takes them."""
    texts = tuple(Text(word.removesuffix("*") or word, word.endswith("*") and word != "*") for word in words if word)
    return Or(texts) if len(texts) > 1 else texts[0] if texts else Not(All())


def close_by(text: str, distance: int, *parts: str) -> bool:
    """Tell whether all parts stand in a text with at most `distance` words between the first and the last.

    In scripts without spaces two characters count as one word.
    """
    hits = sorted(
        (start, end, number)
        for number, part in enumerate(parts)
        for start, end in spans(text, [_as_word(part)])
    )
    newest: dict[int, int] = {}
    for start, end, number in hits:
        newest[number] = end
        if len(newest) == len(parts) and count_words(text[min(newest.values()) : start]) <= distance:
            return True
    return False


def _as_word(part: str) -> str:
    bare = part.removesuffix("*")
    if spaceless(bare) or not has_letters(bare):
        return fold(bare).strip()
    return " ".join(plain_words(bare)) + part[len(bare) :]


def _expression(word: str) -> str:
    bare = word.removesuffix("*")
    if spaceless(word) or not has_letters(bare):
        return r"\s+".join(map(re.escape, (word if spaceless(word) else bare or word).split()))
    ending = r"[^\W_]*" if bare != word else r"(?![^\W_])"
    return r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, bare.split())) + ending


def _folded(text: str) -> tuple[str, array[int] | None]:
    """Fold a text; return with it where each of its characters comes from, None where all stay in place."""
    if text.isascii():
        return text.lower(), None
    pieces: list[str] = []
    offsets = array("q")
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        if text[start] < "\x80":
            pieces.append(piece[0].lower())
            offsets.extend(range(start, end))
        else:
            folded = _fold_character(piece[0])
            pieces.append(folded)
            offsets.extend([start] * len(folded))
    offsets.append(len(text))
    return "".join(pieces), offsets
