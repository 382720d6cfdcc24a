"""Whether notes are found again after their articles were edited: `python -m bench.anchors`.

Real articles are read through our own formats, passages of them marked, and the articles edited by a seeded script
(`edits.py`) that knows where every passage went. The edited text is written in some encoding and read again.

A note is WRONG when it is put where its passage is not: less than half of what it covers and of the passage, taken
together, is common to both; or, of a passage that was removed, anywhere. It counts as there to be found while at
least two thirds of the passage stand in one piece. Of a passage torn apart, any of its parts is right.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench.edits import ENCODINGS, LOOKS, NEW, WORDS, Draft, Hand, units
from store.annotations.anchors import make_anchor
from store.annotations.placing import Placed, place
from store.annotations.searched_text import Searched
from store.article import Article
from store.formats.folder import read_path

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "articles" / "18f"
THERE = 2 / 3
"""The part of a passage that must stand in one piece for it to be there."""
KINDS = ("word", "phrase", "sentence", "sentence", "sentences", "paragraph", "paragraphs")


@dataclass(slots=True)
class Score:
    """What became of the notes."""

    there: int = 0
    """Notes whose passage is still in the text."""
    found: int = 0
    gone: int = 0
    """Notes whose passage was removed."""
    wrong: int = 0
    torn: int = 0
    """Notes whose passage was torn apart, or mostly removed: found or not, neither counts."""
    seconds: float = 0.0
    missed_after: Counter[str] = field(default_factory=Counter)
    """By edit, the notes that were not found."""
    there_after: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of notes found again, of those that could be."""
        return self.found / self.there if self.there else 1.0


def articles(files: Iterable[Path], most: int) -> list[Article]:
    """Read articles of at least ten sentences."""
    found: list[Article] = []
    for file in files:
        if len(found) == most:
            break
        read = [one for one in read_path(str(file)) if isinstance(one, Article)]
        found += [one for one in read[:1] if len(units(one.text)) >= 10]
    return found


def passages(article: Article, dice: random.Random) -> tuple[tuple[int, int], ...]:
    """Mark passages of every size, as users do: no two overlap."""
    spans = [span for span in units(article.text) if any(map(str.isalpha, article.text[slice(*span)]))]
    marked: list[tuple[int, int]] = []
    for kind in KINDS:
        first = dice.randrange(len(spans))
        start, end = spans[first]
        if kind in ("word", "phrase"):
            words = [(start + at, start + at + len(word)) for word, at in _words(article.text[start:end])]
            at = dice.randrange(len(words)) if words else 0
            last = at if kind == "word" else min(len(words) - 1, at + dice.randint(2, 5))
            start, end = (words[at][0], words[last][1]) if words else (start, end)
        elif kind == "sentences":
            end = spans[min(len(spans) - 1, first + dice.randint(1, 3))][1]
        elif kind.startswith("paragraph"):
            blocks = [block for block in article.blocks if block.end - block.start > 80] or list(article.blocks)
            at = dice.randrange(len(blocks)) if blocks else 0
            last = min(len(blocks) - 1, at + (dice.randint(1, 3) if kind == "paragraphs" else 0))
            start, end = (blocks[at].start, blocks[last].end) if blocks else (start, end)
        if all(end <= other[0] or start >= other[1] for other in marked):
            marked.append((start, end))
    return tuple(marked)


def _words(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        if any(map(str.isalnum, word)):
            yield word, at
        at += len(word)


def edited(article: Article, hand: Hand) -> tuple[Draft, tuple[str, ...]]:
    """Edit an article in two to four ways."""
    draft = Draft(article.text)
    names = tuple(hand.dice.sample(list(WORDS), hand.dice.randint(1, 3)))
    looks = tuple(hand.dice.sample(list(LOOKS), hand.dice.randint(0, 2)))
    for name in (*names, *looks):
        (WORDS | LOOKS)[name](draft, hand)
    return draft, names + looks


def read_again(draft: Draft, encoding: str, folder: Path) -> Draft:
    """Write a text to a file and read it as Dateline does; every character keeps its origin."""
    file = folder / "article.txt"
    file.write_bytes(draft.text.encode(encoding, "replace"))
    read = next((one.text for one in read_path(str(file)) if isinstance(one, Article)), "")
    origins = [-1] * len(read)
    for op in Levenshtein.opcodes(draft.text, read):
        if op.tag in ("equal", "replace"):
            origins[op.dest_start : op.dest_end] = draft.origins[op.src_start : op.src_end]
    return Draft(read, origins) if read else Draft(" ", [-1])


def run(texts: list[Article], seed: int, *, with_old: bool = True) -> Score:
    """Edit every article once and look for its notes."""
    score = Score()
    dice = random.Random(seed)
    foreign = tuple(article.text[slice(*dice.choice(units(article.text)))] for article in texts for _ in range(5))
    with tempfile.TemporaryDirectory() as folder:
        for article in texts:
            hand = Hand(dice, passages(article, dice), foreign)
            draft, names = edited(article, hand)
            encoding = dice.choice(ENCODINGS)
            draft = read_again(draft, encoding, Path(folder))
            begun = time.perf_counter()
            new, old = Searched(draft.text), Searched(article.text) if with_old else None
            placed = [place(make_anchor(article.text, *span), new, old) for span in hand.marked]
            score.seconds += time.perf_counter() - begun
            for span, at in zip(hand.marked, placed, strict=True):
                _judge(score, article, span, draft, at, (*names, encoding))
    return score


def _judge(
    score: Score, article: Article, span: tuple[int, int], draft: Draft, at: Placed | None, edits: tuple[str, ...]
) -> None:
    letters = sum(not letter.isspace() for letter in article.text[slice(*span)])
    now = [one for one in draft.where(*span) if not draft.text[one].isspace()]
    covered = [one for one in range(at.start, at.end) if not draft.text[one].isspace()] if at else []
    if now:
        # What was written into a passage is part of it now.
        covered = [one for one in covered if draft.origins[one] != NEW or not now[0] < one < now[-1]]
    common = len(set(now) & set(covered))
    core = _densest(now, draft, letters * 3 // 2 + 8)
    if not now:
        score.gone += 1
        wrong = at is not None
    elif len(core) < THERE * letters:
        score.torn += 1
        wrong = at is not None and common < len(covered) / 2
    else:
        score.there += 1
        score.there_after.update(edits)
        wrong = at is not None and common < 0.5 * len(set(core) | set(covered))
        score.found += at is not None and not wrong
        if at is None:
            score.missed_after.update(edits)
    score.wrong += wrong
    if wrong or (at is None and len(core) >= THERE * letters):
        what = "WRONG" if wrong else "missed"
        there = draft.text[min(now) : max(now) + 1] if now else "(removed)"
        put = draft.text[at.start : at.end] if at else "-"
        was = article.text[slice(*span)]
        score.examples.append(f"{what} {edits}\n  was {_short(was)}\n  now {_short(there)}\n  put {_short(put)}")


def _short(text: str) -> str:
    return repr(text if len(text) < 300 else f"{text[:140]} … {len(text) - 280} … {text[-140:]}")


def _densest(places: list[int], draft: Draft, width: int) -> list[int]:
    """Return the most places that lie within so many characters, those left out that were written new."""
    best: list[int] = []
    low = 0
    written = list(accumulate((origin == NEW for origin in draft.origins), initial=0))
    for high, at in enumerate(places):
        while at - places[low] - (written[at] - written[places[low]]) > width:
            low += 1
        if high + 1 - low > len(best):
            best = places[low : high + 1]
    return best


def report(name: str, score: Score) -> str:
    """Write the figures of a run."""
    missed = {edit: f"{score.missed_after[edit]}/{n}" for edit, n in sorted(score.there_after.items())}
    return (
        f"{name}: of {score.there} notes whose passage is there, {score.found} found again ({score.share:.2%}), "
        f"{score.wrong} in a wrong place; {score.gone} passages removed, {score.torn} torn apart or mostly removed; "
        f"{1000 * score.seconds / max(1, score.there + score.gone + score.torn):.2f} ms a note\n"
        f"  not found, by edit: {', '.join(f'{edit} {n}' for edit, n in missed.items())}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=0, help="print so many notes that were missed or misplaced")
    asked = parser.parse_args()
    texts = articles(sorted(asked.folder.rglob("*.md")), asked.articles)
    if not texts:
        sys.exit(f"{asked.folder} holds no articles")
    print(f"{len(texts)} articles, seed {asked.seed}")
    for name, with_old in (("with the old text", True), ("with the anchor alone", False)):
        for turn in range(asked.rounds):
            score = run(texts, asked.seed + turn, with_old=with_old)
            print(report(name, score))
            print(*sorted(score.examples, reverse=False)[: asked.examples], sep="\n")


if __name__ == "__main__":
    main()
