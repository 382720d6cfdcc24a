"""Every query gives the articles that a plain reading of it gives, in the order asked for."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import query_reference as reference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.annotations.records import Marks
from store.article import EntityKey, key_of_entity
from store.query.ast import All, And, Field, Near, Node, Not, Or, Query, Text
from store.query.fields import POSSESSIONS, SORTS, STATES
from store.query.session import QuerySession

WORDS = [
    "abe",
    "Abel",
    "able",
    "café",
    "Kishida",
    "it's",
    "東京",
    "東京都",
    "한국어",
    "ไทยแลนด์",
    "Wałęsa",
    "x_y",
    "missile",
    "launch",
    "&",
    "☕",
]
PHRASES = [*WORDS, "abe able", "missile launch", "missile, launch", "north korea", "Kishida café", "京都"]
PHRASES += ["국", "ไทย", "walesa", "Łódź"]
TAGS = ["japan", "japan/tokyo", "Café", "cafe/x", "done", "japan2", "a b"]
NAMES = ["Lech Wałęsa", "한국", "Shinzo Abe", "Abe", "Abel Café", "U", "東京", "North Korea", "café club"]
NAMED = ("person", "org", "place", "entity")
KEYS = [key_of_entity(kind, name) for kind in ("person", "place") for name in NAMES[2:6]]
TITLES = ["한국어 Wałęsa", "abe able", "Café launch", "missile", "東京都", "zebra", "It's x_y"]
PATHS = ["/lib/a.txt", "/lib/b/c.txt", "/lib/bc/Café.md", "/lib/B/d", "/other/a.txt"]
DAYS = ["", "2023-05-01", "2023-11-30", "2024-02-29", "2024-03-13", "2024-03-20", "2024-03-25", "2023-03-20"]

marks = st.builds(
    Marks,
    tags=st.lists(st.sampled_from(TAGS), unique=True, max_size=3).map(tuple),
    starred=st.booleans(),
    read=st.booleans(),
    notes=st.integers(0, 1),
    highlights=st.integers(0, 1),
    draft=st.booleans(),
    changed=st.booleans(),
    lost=st.integers(0, 2),
    published=st.one_of(st.none(), st.sampled_from(DAYS[1:]).map(date.fromisoformat)),
    note_tags=st.lists(st.sampled_from(TAGS), unique=True, max_size=2).map(tuple),
)
sources = st.lists(
    st.tuples(st.sampled_from(PATHS), st.sampled_from(["", "m", "n#1"])), min_size=1, max_size=3, unique=True
).map(tuple)
bodies = st.lists(st.sampled_from(PHRASES), max_size=8).map(" ".join)
docs = st.lists(
    st.builds(
        reference.Doc,
        title=st.sampled_from(TITLES),
        text=bodies,
        published=st.sampled_from(DAYS),
        language=st.sampled_from(["", "en", "en-GB", "ja", "e"]),
        added=st.sampled_from(["2024-03-20T23:59:59", "2024-03-20T00:00:00", "2024-02-01T10:00:00"]),
        sources=sources,
        entities=st.lists(
            st.tuples(st.sampled_from(["person", "organisation", "place", "group"]), st.sampled_from(NAMES)),
            max_size=3,
        ).map(tuple),
        marks=st.one_of(st.just(Marks()), marks),
        notes=st.lists(st.lists(bodies, min_size=1, max_size=2), max_size=2).map(
            lambda notes: tuple((f"n{n}", *texts) for n, texts in enumerate(notes))
        ),
        group=st.integers(0, 2),
        is_gone=st.integers(0, 3).map(lambda n: n == 0),
    ),
    max_size=7,
    unique_by=lambda doc: doc.id,
)


def fields(name: str, values: list[str]) -> st.SearchStrategy[Field]:
    return st.builds(Field, st.just(name), st.sampled_from(values), st.booleans())


texts = st.builds(Text, st.sampled_from(PHRASES), st.booleans())
plain_texts = texts.filter(lambda text: reference.tokens(text.text) and not reference.is_cjk(text.text))
leaves: st.SearchStrategy[Node] = st.one_of(
    texts,
    texts,
    st.builds(Near, st.integers(0, 4), st.lists(plain_texts, min_size=2, max_size=3).map(tuple)),
    fields("tag", [*TAGS, "JAPAN", "jap", "unknown"]),
    *(fields(name, [*NAMES, "korea north", "ab", "walesa", "국"]) for name in NAMED),
    st.builds(
        Field, st.sampled_from(NAMED), st.sampled_from([*NAMES, "SHINZO ABE", "group:abe", "ab"]), exact=st.just(True)
    ),
    fields("note", PHRASES),
    fields("title", [*PHRASES, *TITLES]),
    fields(
        "path",
        ["a.txt", "CAFE", "b/c", "/lib", "/lib/b", "/lib/b/", "/", "#n", "/lib/a.txt#m", "/lib/a.txt#n#1"],
    ),
    fields("lang", ["en", "EN", "ja", "e"]),
    st.builds(Field, st.sampled_from(["date", "added"]), st.sampled_from(reference.DATES)),
    st.builds(Field, st.just("is"), st.sampled_from(sorted(STATES))),
    st.builds(Field, st.just("has"), st.sampled_from(sorted(POSSESSIONS))),
    st.just(All()),
)
trees = st.recursive(
    leaves,
    lambda nodes: st.one_of(
        st.builds(Not, nodes),
        st.builds(And, st.lists(nodes, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(nodes, min_size=2, max_size=4).map(tuple)),
    ),
    max_leaves=8,
)
EXAMPLES = int(os.environ.get("DATELINE_EXAMPLES", "100"))
QUICK = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


joins = st.dictionaries(st.sampled_from(KEYS[2:]), st.sampled_from(KEYS[:2]), max_size=3)


@QUICK
@given(docs, joins, st.lists(st.tuples(trees, st.sampled_from(sorted(SORTS))), min_size=1, max_size=12))
def test_a_query_finds_what_it_says(
    library: list[reference.Doc], joined: dict[EntityKey, EntityKey], queries: list[tuple[Node, str]]
) -> None:
    library = [replace(doc, joined=tuple(joined.items())) for doc in library]
    with tempfile.TemporaryDirectory() as folder:
        rows = reference.build(Path(folder) / "index", library)
        session = QuerySession(
            Path(folder) / "index", today=lambda: reference.TODAY, describe=reference.describe(rows)
        )
        session.fill_mirror(reference.mirror(library)).result()
        session.join_names(joined).result()
        for tree, sort in queries:
            found = list(session.search(str(Query(tree, sort))).result().keys)
            expected = reference.found(tree, rows)
            assert sorted(found) == sorted(expected), str(tree)
            if sort != "relevance":
                assert found == reference.in_order(rows, expected, sort)
            folded = session.search(str(Query(tree, sort)), fold=True).result()
            assert (list(folded.keys), dict(folded.copies)) == reference.folded(rows, found)
        session.close()


@QUICK
@given(docs, trees, trees)
def test_several_queries_are_their_conjunction(library: list[reference.Doc], one: Node, other: Node) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = reference.build(Path(folder) / "index", library)
        session = QuerySession(
            Path(folder) / "index", today=lambda: reference.TODAY, describe=reference.describe(rows)
        )
        session.fill_mirror(reference.mirror(library)).result()
        both = session.search(str(one), str(other)).result().keys
        assert both == session.search(str(And((one, other)))).result().keys
        counted = session.count([str(one), "wrong:", str(other)]).result()
        assert counted == [
            len(session.search(str(one)).result().keys),
            -1,
            len(session.search(str(other)).result().keys),
        ]
        session.close()
