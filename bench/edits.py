"""Edits that real articles go through, made by a seeded script that knows where every character went."""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from store.sentences import sentences

NEW = -1
"""The origin of a character that the edit wrote."""

_GAP = re.compile(r"\n\s*\n|\n(?=\S)")


@dataclass(slots=True)
class Draft:
    """A text on its way: its characters, each with the offset that it had in the original."""

    text: str
    origins: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.origins = self.origins or list(range(len(self.text)))

    def splice(self, start: int, end: int, text: str, origins: list[int] | None = None) -> None:
        """Put other characters in the place of some; new ones where no origins are given."""
        self.text = self.text[:start] + text + self.text[end:]
        self.origins[start:end] = origins if origins is not None else [NEW] * len(text)

    def take(self, start: int, end: int) -> tuple[str, list[int]]:
        """Cut characters out and return them."""
        taken = self.text[start:end], self.origins[start:end]
        self.splice(start, end, "", [])
        return taken

    def where(self, start: int, end: int) -> list[int]:
        """Return where the characters of an original span are now."""
        return [at for at, origin in enumerate(self.origins) if start <= origin < end]


@dataclass(frozen=True, slots=True)
class Hand:
    """Who edits: the dice, the passages that are marked, and sentences of other articles."""

    dice: random.Random
    marked: tuple[tuple[int, int], ...]
    foreign: tuple[str, ...]


Edit = Callable[[Draft, Hand], None]


def units(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text; no line that is empty lies within one."""
    found, done = [], 0
    for match in [*_GAP.finditer(text), None]:
        found += sentences(text, done, match.start() if match else len(text))
        done = match.end() if match else done
    return found


def _chosen(draft: Draft, hand: Hand, most: int, *, marked: float) -> list[tuple[int, int]]:
    """Choose sentences, and with that chance among them one that a marked passage touches; the last first."""
    here = units(draft.text)
    chosen = set(hand.dice.sample(here, min(len(here), hand.dice.randint(1, most))))
    if hand.dice.random() < marked:
        now = draft.where(*hand.dice.choice(hand.marked))
        chosen |= {unit for unit in here if any(unit[0] <= at < unit[1] for at in now)}
    return sorted(chosen, reverse=True)


# ---- the edits -----------------------------------------------------------------------------------------------
def typos(draft: Draft, hand: Hand) -> None:
    """Misspell a word in every 300 characters, and in half of the marked passages one or several."""
    places = [hand.dice.randrange(len(draft.text)) for _ in range(len(draft.text) // 300 + 1)]
    for passage in hand.marked:
        now = draft.where(*passage)
        if now and hand.dice.random() < 0.5:
            places += hand.dice.choices(now, k=1 + len(now) // 120)
    for at in sorted(set(places), reverse=True):
        if not draft.text[at : at + 2].isalpha():
            continue
        one, two = draft.text[at], draft.text[at + 1 : at + 2]
        slip = hand.dice.choice(("drop", "double", "swap", "other"))
        if slip == "drop":
            draft.splice(at, at + 1, "")
        elif slip == "double":
            draft.splice(at, at, one)
        elif slip == "swap" and two:
            draft.splice(at, at + 2, two + one, [draft.origins[at + 1], draft.origins[at]])
        else:
            draft.splice(at, at + 1, hand.dice.choice("abcdefghijklmnopqrstuvwxyz"))


def reworded(draft: Draft, hand: Hand) -> None:
    """Write one or two words anew in some sentences, the marked ones among them."""
    for start, end in _chosen(draft, hand, 4, marked=0.7):
        words = [match.span() for match in re.finditer(r"\w+", draft.text[start:end])]
        for low, high in sorted(hand.dice.sample(words, min(len(words), hand.dice.randint(1, 2))), reverse=True):
            draft.splice(start + low, start + high, _word(hand, draft.text[start + low : start + high]))


def inserted(draft: Draft, hand: Hand) -> None:
    """Write sentences of other articles between those that are there."""
    for start, _ in _chosen(draft, hand, 5, marked=0.5):
        draft.splice(start, start, f"{hand.dice.choice(hand.foreign)} ")


def removed(draft: Draft, hand: Hand) -> None:
    """Take sentences out, often a marked one."""
    for start, end in _chosen(draft, hand, 4, marked=0.5):
        draft.take(start, end + (draft.text[end : end + 1] == " "))


def moved(draft: Draft, hand: Hand) -> None:
    """Put sentences elsewhere, often a marked one."""
    taken = [draft.take(start, end) for start, end in _chosen(draft, hand, 3, marked=0.5)]
    for text, origins in taken:
        there = units(draft.text)
        at = hand.dice.choice(there)[0] if there else 0
        draft.splice(at, at, f"{text} ", [*origins, NEW])


def reordered(draft: Draft, hand: Hand) -> None:
    """Put some paragraphs, or all, in another order."""
    parts, done = [], 0
    for match in re.finditer(r"\n\n+", draft.text):
        parts.append((done, match.end()))
        done = match.end()
    parts.append((done, len(draft.text)))
    chosen = hand.dice.sample(range(len(parts)), min(len(parts), hand.dice.choice((2, 3, len(parts)))))
    order = dict(zip(sorted(chosen), chosen, strict=True))
    spans = [parts[order.get(at, at)] for at in range(len(parts))]
    text, origins = draft.text, draft.origins
    pieces = [(text[low:high].rstrip("\n") + "\n\n", [*origins[low:high]]) for low, high in spans]
    draft.text = "".join(piece for piece, _ in pieces)
    draft.origins = [origin for piece, own in pieces for origin in (own + [NEW] * len(piece))[: len(piece)]]


def baited(draft: Draft, hand: Hand) -> None:
    """Write near copies of marked sentences elsewhere: one to three words are others.

    Not right beside the sentence or its gap: what stands in the place of a sentence and is nearly it, is it, edited.
    """
    for passage in hand.dice.sample(hand.marked, min(len(hand.marked), 3)):
        here, now = units(draft.text), draft.where(*passage)
        touched = [at for at, unit in enumerate(here) if any(unit[0] <= one < unit[1] for one in now)]
        if not touched or len(here) < 8:
            continue
        text = draft.text[here[touched[0]][0] : here[touched[0]][1]]
        words = [match.span() for match in re.finditer(r"\w+", text)]
        for low, high in sorted(hand.dice.sample(words, min(len(words), hand.dice.randint(1, 3))), reverse=True):
            text = text[:low] + _word(hand, text[low:high]) + text[high:]
        far = [at for at in range(len(here)) if not touched[0] - 2 <= at <= touched[-1] + 3]
        if far:
            at = here[hand.dice.choice(far)][0]
            draft.splice(at, at, f"{text} ")


def _word(hand: Hand, instead_of: str) -> str:
    """Return a word that nobody takes for a misspelling of another."""
    words = re.findall(r"\w{3,}", hand.dice.choice(hand.foreign))
    return next((word for word in words if OSA.distance(word.lower(), instead_of.lower()) > 2), "something")


# ---- what changes no word ------------------------------------------------------------------------------------
def reflowed(draft: Draft, hand: Hand) -> None:
    """Break the lines of every paragraph anew."""
    width, at = hand.dice.randint(40, 100), 0
    for paragraph in re.split(r"\n\n+", draft.text):
        at = draft.text.find(paragraph, at)
        wrapped = textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
        done = 0
        for line in wrapped[:-1]:
            done += len(line) + 1
            if draft.text[at + done - 1 : at + done] == " ":
                draft.splice(at + done - 1, at + done, "\n", [draft.origins[at + done - 1]])
            else:
                break
        at += len(paragraph)


def retyped(draft: Draft, hand: Hand) -> None:
    """Set other quotation marks, apostrophes and dashes."""
    table = hand.dice.choice(({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-"}, {"'": "’", "-": "‑"}))
    draft.text = "".join(table.get(letter, letter) for letter in draft.text)


def decomposed(draft: Draft, hand: Hand) -> None:
    """Write letters and their accents apart (NFD)."""
    pieces = [unicodedata.normalize("NFD", letter) for letter in draft.text]
    draft.origins = [origin for piece, origin in zip(pieces, draft.origins, strict=True) for _ in piece]
    draft.text = "".join(pieces)


WORDS: dict[str, Edit] = {
    "typos": typos, "reworded": reworded, "inserted": inserted, "removed": removed, "moved": moved,
    "reordered": reordered, "bait": baited,
}  # fmt: skip
LOOKS: dict[str, Edit] = {"reflowed": reflowed, "retyped": retyped, "decomposed": decomposed}
ENCODINGS = ("utf-8", "utf-8", "cp1252", "utf-16", "utf-8-sig")
