"""Words are found as people type them who have no key for their strokes, accents and ligatures."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import query_reference as reference
from query_reference import Doc

from store.query.session import QuerySession

TEXTS = ["Lech Wałęsa", "Straße in Køge", "İstanbul ılık", "the ﬁnal ‘word’ – Œuvre…", "Ｗｉｄｅ café", "ΜΕΓΑΣ Ёлка"]


@pytest.mark.parametrize(("typed", "found"), [
    ("walesa", 1), ("WAŁĘSA", 1), ("wales*", 1), ("strasse", 2), ("straße", 2), ("koge", 2), ("istanbul", 3),
    ("ilik", 3), ("final", 4), ("word", 4), ("oeuvre", 4), ("wide", 5), ("café", 5), ("μεγας", 6), ("елка", 6),
    ('"strasse in køge"', 2),
    ("title:walesa", 1), ("near:1(strasse koge)", 2),
])  # fmt: skip
def test_a_word_is_found_however_its_letters_are_decorated(tmp_path: Path, typed: str, found: int) -> None:
    reference.build(tmp_path / "index", [Doc(text, text) for text in TEXTS])
    with closing(QuerySession(tmp_path / "index")) as session:
        assert list(session.search(typed).result().keys) == [found]
