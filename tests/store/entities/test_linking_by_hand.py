"""Whom the program takes a name for is whom a reader takes it for, on articles judged by hand."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.names.gold import CORPUS, ewt, wikigold
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
LEAST_FOUND = {"first": 0.75, "second": 0.45, "third": 0.45}
"""Of short forms. What no name finder would tag is among them, as "the Standards"."""
_BLOG = CORPUS.parent / "articles" / "18f"


@cache
def _gum() -> dict[str, str]:
    paths = sorted((CORPUS / "gum_news").glob("*.tsv"))
    return {path.name: text.text for path, text in zip(paths, gum(CORPUS), strict=True)}


@cache
def _numbered(source: str) -> list[str]:
    return [text.text for text in (wikigold if source == "wikipedia" else ewt)(CORPUS)]


def _article(judged: dict[str, Any]) -> tuple[str, tuple[Block, ...]]:
    """Read an article from the corpus; skips where it is not there or not as it was judged."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus is not in {CORPUS.parent}")
    if judged["source"] == "18f":
        [article] = [item for item in read_path(str(_BLOG / judged["id"])) if isinstance(item, Article)]
        text, blocks = article.text, article.blocks
    else:
        number = judged["id"]
        text = _gum()[number] if judged["source"] == "wikinews" else _numbered(judged["source"])[int(number)]
        blocks = ()
    if hashlib.sha256(text.encode()).hexdigest() != judged["sha256"]:
        pytest.skip(f"{judged['source']}/{judged['id']} is not the text that was judged")
    return text, blocks


def _judge(reading: str, recogniser: Recognizer) -> tuple[dict[str, Counter[str]], list[str]]:
    """Count links, right ones, short forms and those that were found, by source; and tell the wrong links."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
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
    return counts, wrong


@pytest.mark.parametrize("reading", ["first", "second", "third"])
def test_links_are_right_and_most_are_found(reading: str, recogniser: Recognizer) -> None:
    counts, wrong = _judge(reading, recogniser)
    total: Counter[str] = sum(counts.values(), Counter())
    told = "\n".join([*(f"{source}: {dict(count)}" for source, count in counts.items()), *wrong])
    assert total["right"] >= 0.97 * total["links"], told
    assert all(count["right"] >= 0.94 * count["links"] for count in counts.values()), told
    assert total["links"] >= 50, told
    assert total["found"] >= LEAST_FOUND[reading] * total["short"], told


def test_mail_whose_lines_run_together_makes_few_links(recogniser: Recognizer) -> None:
    counts, wrong = _judge("mail", recogniser)
    assert len(wrong) <= 5 and counts["web"]["links"] <= 15, wrong


def test_sixty_articles_of_three_sources_and_more_are_judged() -> None:
    first = Counter(one["source"] for one in JUDGED if one["reading"] == "first")
    assert first == dict.fromkeys(SOURCES, 20)
    for judged in JUDGED:
        spans = [tuple(mention[:2]) for entity in judged["entities"] for mention in entity["mentions"]]
        assert len(spans) == len(set(spans)), judged["id"]
        assert all(len(words) == end - start for e in judged["entities"] for start, end, words in e["mentions"])
