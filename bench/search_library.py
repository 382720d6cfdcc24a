"""Makes a library to search in: seeded articles with rare words and names, indexed without files, annotated.

Its index is written as the indexer writes it, but the names are planted where the generator puts them, since finding
those of 100,000 articles takes hours. Nothing else may index meanwhile: hold `writing` while Dateline runs on it.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from bench.make_library import samples
from store import paths
from store.annotations.records import SaveNote, Star, Tag, Target
from store.article import Article, ArticleId, Block, BlockKind, Mention, Source
from store.catalog.opening import open_for_reading, remove
from store.catalog.schema import INDEX_VERSION
from store.catalog.writer import CatalogWriter
from store.config import Config
from store.disk.lock import FileLock
from store.entities.labels import group_of
from store.library import Library

ANNOTATED = 10_000
_NAMES, _WORDS = 50_000, 40_000
_LETTERS = "ba ke lo mi nu ra se ti vo xa zi har bour ter mon pel dor gri sta cle fen wod qui jas"
_JAPANESE = ("東京都の港湾計画", "大阪の春祭り", "京都大学の研究", "北海道の漁業協定")
_LABELS = ("PERSON", "PERSON", "ORG", "GPE")
_FOUND_BY = "planted"
TAGS = ("japan", "japan/tokyo", "kenya", "harbours", "follow-up", "done", "to-check", "budget")


@dataclass(frozen=True, slots=True)
class Planted:
    """An article, where it is said to lie, and the names in it."""

    article: Article
    path: str
    """Relative to the library's folder."""
    mentions: tuple[Mention, ...]


def planted(count: int) -> Iterator[Planted]:
    """Yield `count` articles: made news, then words as rare as words are, and names that few share."""
    dice = random.Random("dateline words")
    words = sorted({_word(dice) for _ in range(_WORDS)})
    dice.shuffle(words)
    firsts, lasts = [_word(dice).title() for _ in range(400)], [word.title() for word in words[:5_000]]
    names = list(dict.fromkeys(f"{dice.choice(firsts)} {dice.choice(lasts)}" for _ in range(_NAMES * 2)))[:_NAMES]
    # As frequent as in language: the second half as often as the first, and so on (Zipf).
    often = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    named = list(accumulate(1 / (rank + 10) ** 0.9 for rank in range(len(names))))
    for rank, sample in enumerate(samples(count)):
        own = random.Random(f"words {rank}")
        title = f"{sample.title} and {' '.join(own.choices(words, cum_weights=often, k=2))}"
        text = f"{title}\n\n{sample.text if len(sample.text) < 5_000 else sample.text[:2_400]}\n\n"
        text += " ".join(own.choices(words, cum_weights=often, k=120)) + ".\n\n"
        mentions = []
        for name in dict.fromkeys(own.choices(names, cum_weights=named, k=12)):
            label = _LABELS[sum(map(ord, name)) % len(_LABELS)]
            mentions.append(Mention(len(text), len(text) + len(name), label, name))
            text += f"{name} was asked. "
        if rank % 50 == 7:
            text += own.choice(_JAPANESE) + "。"
        blocks = (Block(BlockKind.TITLE, 0, len(title)), Block(BlockKind.PARAGRAPH, len(title) + 2, len(text)))
        language = ("en", "en", "en-GB", "fr", "")[rank % 5]
        article = Article(title, text, blocks, "", sample.published, language)
        yield Planted(article, sample.path, tuple(mentions))


def build(count: int, home: Path) -> Path:
    """Return a folder whose index, below `home`, holds `count` articles, and whose articles are annotated.

    What is there already is used again. From then on this process, and those it starts, keep everything there.
    """
    home = home / str(count)
    _use(home)
    folder = home / "articles"
    index = paths.index_file([folder])
    if folder.exists() and (known := open_for_reading(index, INDEX_VERSION)) is not None:
        known.close()
        return folder
    remove(index)
    for old in paths.annotations_file().parent.glob(f"{paths.annotations_file().name}*"):
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    index.parent.mkdir(parents=True, exist_ok=True)
    writer = CatalogWriter(index)
    annotated: list[Target] = []
    for rank, one in enumerate(planted(count)):
        path = str(folder / one.path)
        writer.put_file(path, "as planted", [one.article])
        writer.put_mentions(one.article.id, _FOUND_BY, one.mentions, lambda label: group_of(label).value)
        if rank % max(1, count // ANNOTATED) == 0:
            annotated.append(Target(ArticleId(one.article.id), one.article.title, (Source(path),)))
        if writer.due:
            writer.commit()
    writer.note_looked()
    writer.close()
    _annotate(folder, annotated)
    return folder


def _use(home: Path) -> None:
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())


def tags_of(rank: int) -> tuple[str, ...]:
    """Return the tags of the annotated article of this number."""
    dice = random.Random(f"tags {rank}")
    return tuple(dice.sample(TAGS, dice.randint(1, 3)))


def note_of(rank: int) -> str:
    """Return the note on the annotated article of this number; empty for two of three."""
    said = ("call the harbour master back", "quote on page two", "check against the budget")
    return said[rank % 9 // 3] if rank % 3 == 0 else ""


def _annotate(folder: Path, targets: list[Target]) -> None:
    with Library.open([folder], Config()) as library:
        library.load_annotations().result()
        mark(library, targets)


def mark(library: Library, targets: Sequence[Target]) -> None:
    """Tag each of these articles, note on each third and star each tenth; returns when all is on disk."""
    last = None
    for rank, target in enumerate(targets):
        last = library.change(Tag((target,), add=tags_of(rank)))
        if note_of(rank):
            last = library.change(SaveNote(target, note_of(rank)))
        if rank % 10 == 0:
            last = library.change(Star((target,), True))
    if last is not None:
        last.result()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Keep every indexer from a library: it would miss the files that its index tells of."""
    index = paths.index_file([folder])
    lock = FileLock(index.with_name(index.name + ".lock"))
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _word(dice: random.Random) -> str:
    pieces = _LETTERS.split()
    return "".join(dice.choice(pieces) for _ in range(dice.randint(2, 4)))
