"""Whom the program takes a name for is whom a reader takes it for, on articles judged by hand."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.names.gold import CORPUS, wikigold
from bench.names.gum import gum
from store.article import Article, Block
from store.entities.forms import folded, plain
from store.entities.labels import Group, group_of
from store.entities.link import link
from store.entities.recognizer import Recognizer
from store.formats.folder import read_path

JUDGED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "linking" / "judged.json").read_text("utf-8")
)
SOURCES = ("18f", "wikinews", "wikipedia")
_BLOG = CORPUS.parent / "articles" / "18f"


@cache
def _gum() -> dict[str, str]:
    paths = sorted((CORPUS / "gum_news").glob("*.tsv"))
    return {path.name: text.text for path, text in zip(paths, gum(CORPUS), strict=True)}


@cache
def _wikigold() -> list[str]:
    return [text.text for text in wikigold(CORPUS)]


def _article(judged: dict[str, Any]) -> tuple[str, tuple[Block, ...]]:
    """Read an article from the corpus; skips where it is not there or not as it was judged."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus is not in {CORPUS.parent}")
    if judged["source"] == "18f":
        [article] = [item for item in read_path(str(_BLOG / judged["id"])) if isinstance(item, Article)]
        text, blocks = article.text, article.blocks
    else:
        text = _gum()[judged["id"]] if judged["source"] == "wikinews" else _wikigold()[int(judged["id"])]
        blocks = ()
    if hashlib.sha256(text.encode()).hexdigest() != judged["sha256"]:
        pytest.skip(f"{judged['source']}/{judged['id']} is not the text that was judged")
    return text, blocks


@pytest.mark.parametrize("reading", ["first", "second"])
def test_links_are_right_and_most_are_found(reading: str, recogniser: Recognizer) -> None:
    counts: dict[str, Counter[str]] = {source: Counter() for source in SOURCES}
    wrong = []
    for judged in (one for one in JUDGED if one["reading"] == reading):
        text, blocks = _article(judged)
        names = {
            (start, end): {folded(name) for name in entity["names"]}
            for entity in judged["entities"]
            for start, end, _ in entity["mentions"]
        }
        count = counts[judged["source"]]
        count["short"] += sum(folded(text[start:end]) not in full for (start, end), full in names.items())
        for mention in link(text, blocks, recogniser.recognise(text)):
            words = text[mention.start : mention.end]
            if group_of(mention.label) is Group.NUMBER or mention.entity == plain(words):
                continue
            count["links"] += 1
            if folded(mention.entity) in names.get((mention.start, mention.end), ()):
                count["right"] += 1
                count["found"] += folded(words) != folded(mention.entity)
            else:
                wrong.append(f"{judged['source']}/{judged['id']} {mention.start} {words!r} -> {mention.entity!r}")
    total: Counter[str] = sum(counts.values(), Counter())
    told = f"{ {source: dict(count) for source, count in counts.items()} }\n" + "\n".join(wrong)
    assert total["right"] >= 0.97 * total["links"], told
    assert all(count["right"] >= 0.94 * count["links"] for count in counts.values()), told
    assert total["links"] >= 80, told
    assert total["found"] >= (0.75 if reading == "first" else 0.4) * total["short"], told


def test_sixty_articles_of_three_sources_and_more_are_judged() -> None:
    first = Counter(one["source"] for one in JUDGED if one["reading"] == "first")
    assert first == dict.fromkeys(SOURCES, 20)
    for judged in JUDGED:
        spans = [tuple(mention[:2]) for entity in judged["entities"] for mention in entity["mentions"]]
        assert len(spans) == len(set(spans)), judged["id"]
        assert all(len(words) == end - start for e in judged["entities"] for start, end, words in e["mentions"])
