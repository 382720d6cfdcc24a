"""The counts, forms and words of entities are what counting anew gives, whatever comes and goes."""

from __future__ import annotations

import sqlite3
import tempfile
from array import array
from collections import Counter
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.article import Article, Block, BlockKind, Mention
from store.catalog.entity_words import words_of
from store.catalog.mention_rows import written
from store.catalog.writer import CatalogWriter
from store.entities.labels import group_of

TEXTS = ("Abe met ABE in Tokyo.", "Tokyo and Abe. Abe!", "Nobody at all.", "Kiev is Kyiv,\nKiev.")
NAMES = ("", "Shinzo Abe", "Tokyo", "TOKYO", "東京都", "U.N.")
DAYS = (None, date(2017, 3, 20), date(2018, 1, 1))

mentions = st.lists(
    st.builds(
        lambda start, length, label, name: Mention(start, start + length, label, name),
        st.integers(0, 18),
        st.integers(1, 6),
        st.sampled_from(["PERSON", "GPE", "DATE"]),
        st.sampled_from(NAMES),
    ),
    max_size=6,
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 3), st.sampled_from(DAYS), mentions),
        st.tuples(st.just("name"), st.integers(0, 3), st.none(), mentions),
        st.tuples(st.just("remove"), st.integers(0, 3), st.none(), st.just([])),
    ),
    max_size=12,
)


def article(text: str, day: date | None) -> Article:
    return Article(text[:10], text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), published=day)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_counts_stay_exact(done: list[tuple[str, int, date | None, list[Mention]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        writer = CatalogWriter(Path(folder) / "index")
        for number, (what, which, day, names) in enumerate(done):
            one = article(TEXTS[which], day)
            if what == "write":
                writer.put_file(f"/{which}.txt", str(number), [one])
            if what == "remove":
                writer.remove_files([f"/{which}.txt"])
            else:
                writer.put_mentions(one.id, str(number), names, group_of)
        writer.close()
        db = sqlite3.connect(Path(folder) / "index")
        check(db)
        db.close()


def check(db: sqlite3.Connection) -> None:
    texts = dict(db.execute("SELECT id, text FROM body"))
    rows = db.execute("SELECT article, entity, start, end FROM mention").fetchall()
    named = Counter((entity, article) for article, entity, _, _ in rows)
    days = {key: int(day.replace("-", "") or 0) for key, day in db.execute("SELECT id, published FROM article")}
    assert {(e, a): (n, day) for e, day, a, n in db.execute("SELECT entity, day, article, n FROM article_entity")} == {
        pair: (n, days[pair[1]]) for pair, n in named.items()
    }
    mentions = Counter(entity for _, entity, _, _ in rows)
    articles = Counter(entity for entity, _ in named)
    known = db.execute("SELECT id, kind, canonical, folded, mentions, articles, level FROM entity").fetchall()
    assert {row[0]: row[4:] for row in known} == {
        entity: (n, articles[entity], articles[entity].bit_length()) for entity, n in mentions.items()
    }
    assert set(db.execute("SELECT kind, level, word, entity FROM entity_word")) == {
        (row[1], row[6], word, row[0]) for row in known for word in words_of(row[3])
    }
    canonical = {row[0]: row[2] for row in known}
    forms = Counter((entity, written(texts[article], start, end)) for article, entity, start, end in rows)
    assert {(e, form): n for e, form, n in db.execute("SELECT entity, form, n FROM entity_form")} == {
        (entity, form): n for (entity, form), n in forms.items() if form != canonical[entity]
    }
    packed = {key: (sorted(array("I", one)), sorted(array("I", two))) for key, one, two in db.execute(
        "SELECT article, entities, again FROM named")}  # fmt: skip
    expected: dict[int, tuple[list[int], list[int]]] = {}
    for (entity, key), n in sorted(named.items()):
        once, again = expected.setdefault(key, ([], []))
        once.append(entity)
        again += [entity] * (n - 1)
    assert packed == expected
    assert not db.execute("SELECT 1 FROM talked WHERE article NOT IN (SELECT id FROM article)").fetchall()
