"""Judges by the words around it whether an untagged occurrence is the name itself or a part of a longer one."""

from __future__ import annotations

import re
from collections.abc import Container

from store.entities.labels import Group

_BEFORE = re.compile(r"([^\W_][\w.’']*) $")
_AFTER = re.compile(r" ([^\W_]\w*)")
_HYPHENS = "-‐‑–"
_JOINED_BEFORE = re.compile(rf"(?:^|[^\w’'])([^\W_][\w’']*(?:[-‐‑][^\W_][\w’']*)*)[{_HYPHENS}]$")
_JOINED_AFTER = re.compile(rf"[{_HYPHENS}]([^\W_][\w’']*(?:[-‐‑][^\W_][\w’']*)*)")
_REACH = 40
STARTERS = frozenset(
    """A After Also Although Although Among An And Across Around As At Because Before Between Beyond Both But By Despite
    Did Does During Even For From Had Has Have How However If In Inside Into Is Its Like Many Meanwhile Near No Nor Not
    Now Of On Once Only Or Outside Over Since So Some Still That The Their Then These This Those Though Through To Today
    Toward Towards Under Unlike Until What When Where Which While Who Why Will With Within Without Would Yet""".split()  # noqa: SIM905 - read as one
)
TITLES = frozenset(
    """Mr Mrs Ms Dr Prof Sir Lord Lady Dame President Minister Premier Chancellor Senator Sen Rep Gov Governor Mayor
    Judge Justice General Gen Colonel Col Captain Capt Lt Sgt Professor King Queen Prince Princess Pope Bishop
    Archbishop Secretary Ambassador Congressman Congresswoman Commissioner Chairman Chairwoman Coach""".split()  # noqa: SIM905 - read as one
)


def stands_alone(flat: str, start: int, end: int, group: Group, forms: Container[str]) -> bool:
    """Tell whether the words at this place are a whole name.

    A capitalised neighbour makes it part of a longer one ("Tokyo Electron"), unless it only begins a sentence or is
    a title. Joined by a hyphen it counts beside a word in lower case ("China-backed") or another of `forms`
    ("Japan-Russia").
    """
    before = flat[max(0, start - _REACH) : start]
    after = flat[end : end + _REACH]
    if before[-1:] in ("'", "’", "@", "#", "/", "_", ".") or after[:1] == "@":
        return before[-1:] in ("'", "’", "/") and not before[-2:-1].isalnum() and _after_alone(after, forms)
    if before[-1:] and before[-1] in _HYPHENS and not _may_join(_JOINED_BEFORE.search(before), forms):
        return False
    if (word := _BEFORE.search(before)) and _belongs_to(word[1], group):
        return False
    return _after_alone(after, forms)


def is_joined(flat: str, start: int, end: int) -> bool:
    """Tell whether these words are part of a compound."""
    return flat[end : end + 1] in tuple(_HYPHENS) or (start > 0 and flat[start - 1] in _HYPHENS)


def _belongs_to(word: str, group: Group) -> bool:
    """Tell whether a name continues this word."""
    if not word[0].isupper() or word in STARTERS:
        return False
    bare = word.rstrip(".")
    if group is Group.PERSON and bare in TITLES:
        return False
    # A stop after a long word ends a sentence; after a short one it abbreviates, as in "St. Petersburg".
    return bare == word or len(bare) < 4 or bare in TITLES


def _after_alone(after: str, forms: Container[str]) -> bool:
    if after[:1] and after[0] in _HYPHENS and not _may_join(_JOINED_AFTER.match(after), forms):
        # A dash before a space or a quote joins nothing.
        return not after[1:2].isalnum()
    following = _AFTER.match(after)
    return following is None or not following[1][0].isupper()


def _may_join(word: re.Match[str] | None, forms: Container[str]) -> bool:
    return word is not None and (word[1].islower() or word[1] in forms)
