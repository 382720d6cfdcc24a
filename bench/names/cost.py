"""Times analysis beside its floor: spaCy's own `nlp.pipe` over the same texts, with nothing but `ner` loaded."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from store.article import Article
from store.entities.correct import Fix, apply
from store.entities.link import link
from store.entities.recognizer import Recognizer
from store.formats.folder import read_path

_ROUNDS = 3
_FILES = 100
_WARM = 5
_NAMES = ("API", "GSA", "TTS", "Slack", "GitHub", "FEC", "DOJ", "EPA", "OMB", "HHS")
_FIXES = [Fix("drop", name, "ORG") for name in (*_NAMES, *(f"Nobody {n}" for n in range(90)))]


def print_cost(recogniser: Recognizer, folder: Path) -> None:
    """Print processor time of analysis as multiples of the floor, for articles, and for one long text.

    Linking goes with corrections: a hundred of them, ten of which meet names of the articles.
    """
    files = sorted(folder.glob("*.md"))
    articles = [a for f in files[:: max(1, len(files) // _FILES)] for a in read_path(str(f)) if isinstance(a, Article)]
    if not articles:
        print(f"\nno articles in {folder} to time")
        return
    text, blocks = "\n\n".join(article.text for article in articles), ()
    long = Article("All in one", text, blocks)
    print(f"\n{'processor time':24}{'characters':>12}{'spaCy':>9}{'found':>8}{'linked':>8}{'whole':>8}")
    for name, some in ((f"{len(articles)} articles", articles), ("one text of all", [long])):
        _print_line(name, recogniser, some)


def _print_line(name: str, recogniser: Recognizer, articles: Sequence[Article]) -> None:
    texts = [article.text for article in articles]
    nlp = recogniser._nlp
    nlp.max_length = max(nlp.max_length, *(len(text) + 1 for text in texts))
    list(recogniser.recognise_many(texts[:_WARM] if len(texts) > 1 else [texts[0][:20_000]]))
    found = [link(a.text, a.blocks, m) for a, m in zip(articles, recogniser.recognise_many(texts), strict=True)]

    def floor() -> None:
        recogniser.forget()
        with nlp.memory_zone():
            for doc in nlp.pipe(texts, batch_size=32):
                len(doc.ents)

    def finding() -> None:
        found[:] = list(recogniser.recognise_many(texts))

    def linking() -> None:
        for article, mentions in zip(articles, found, strict=True):
            apply(article.text, link(article.text, article.blocks, mentions), _FIXES)

    bare: list[float] = []
    finds: list[float] = []
    links: list[float] = []
    for _ in range(_ROUNDS):
        bare.append(_seconds(floor))
        finds.append(_seconds(finding))
        links.append(_seconds(linking))
    base, find, linked = (statistics.median(some) for some in (bare, finds, links))
    size = sum(len(text) for text in texts)
    print(
        f"{name:24}{size:12,}{base:8.2f}s{find / base:7.2f}x{linked / base:7.3f}x{(find + linked) / base:7.2f}x"
    )


def _seconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
