"""Plants the names of a made library, so that indexing it takes minutes: spaCy would need hours for 100,000 articles.

What a regular expression finds, of the words that `make_library` writes with, is kept as if the recogniser had found
it, under the recogniser's own version. The indexer then finds every text known, and links and enters as ever.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.make_library import WORDS
from store.article import Article, ArticleId, Mention
from store.catalog.analysis import AnalysisStore
from store.entities.pipelines import recogniser_version
from store.formats.registry import read

_AT_ONCE = 2_000
_PATTERNS = {
    "PERSON": rf"\b(?:{'|'.join(WORDS['first'])}) (?:{'|'.join(map(re.escape, WORDS['last']))})\b",
    "GPE": rf"\b(?:{'|'.join(WORDS['town'] + WORDS['land'])})\b",
    "DATE": rf"\b(?:{'|'.join(WORDS['day'])})\b",
}
_NAMES = re.compile("|".join(f"(?P<{label}>{pattern})" for label, pattern in _PATTERNS.items()))


def plant(library: Path, home: Path) -> int:
    """Plant the names of a made library below a home; returns in how many texts, 0 where all had some already.

    Raises:
        ModelError: no pipeline is installed whose version the names could be kept under.
    """
    version, path = recogniser_version(), home / ".cache/dateline/analysis.sqlite3"
    files = sorted(library.rglob("*.md"))
    if _known(path, version) >= len(files):
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    store, planted = AnalysisStore(path), 0
    try:
        texts = _texts(files, store, version)
        while some := dict(islice(texts, _AT_ONCE)):
            store.keep(version, some)
            planted += len(some)
        if store.trouble:
            raise SystemExit(f"The names cannot be planted. {store.trouble}")
    finally:
        store.close()
    return planted


def names_in(text: str) -> list[Mention]:
    """Return the names that stand in a made text, in order."""
    return [Mention(one.start(), one.end(), one.lastgroup or "") for one in _NAMES.finditer(text)]


def _texts(files: list[Path], store: AnalysisStore, version: str) -> Iterator[tuple[ArticleId, list[Mention]]]:
    for path in files:
        with path.open("rb") as stream:
            for item in read(stream, str(path)):
                if isinstance(item, Article) and store.find(item.id, version) is None:
                    yield item.id, names_in(item.text)


def _known(path: Path, version: str) -> int:
    if not path.exists():
        return 0
    db = sqlite3.connect(path)
    try:
        count: int = db.execute("SELECT count(*) FROM analysis WHERE recogniser=?", (version,)).fetchone()[0]
    except sqlite3.Error:
        return 0
    finally:
        db.close()
    return count
