"""An index of as many articles as wanted, written at once: for what must cost the same at any size."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from store import paths
from store.article import text_hash
from store.catalog import opening, schema

NEWEST = date(2024, 6, 30)
FOLDERS = 50
WORDS = ("archive", "budget", "council", "harbour", "japan", "minister", "river", "strike", "treaty", "vote")


def make(folder: Path, count: int, *, seed: int = 1) -> Path:
    """Write the index of a library of `count` articles in `folder`, which need not be there; returns the index file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = paths.index_file((folder,))
    file.parent.mkdir(parents=True, exist_ok=True)
    db, _ = opening.open_for_writing(file, schema.INDEX, schema.INDEX_VERSION)
    dice = random.Random(seed)
    db.execute("BEGIN")
    for key in range(1, count + 1):
        title = f"{' '.join(dice.choices(WORDS, k=4)).capitalize()} {key}"
        day = (NEWEST - timedelta(days=dice.randrange(3_000))).isoformat() if key % 50 else ""
        path = f"{folder}/{dice.randrange(FOLDERS):02}/{key:06}.txt"
        db.execute(
            "INSERT INTO article(id, text_hash, title, byline, published, language, url, encoding, words, added,"
            " analysed) VALUES (?, ?, ?, '', ?, 'en', '', '', ?, '2024-07-01T00:00:00', 'x')",
            (key, text_hash(title), title, day, dice.randrange(50, 3_000)),
        )
        db.execute("INSERT INTO body(id, title, text, blocks) VALUES (?, ?, ?, '[]')", (key, title, title))
        db.execute("INSERT INTO file(path, stamp) VALUES (?, '')", (path,))
        db.execute("INSERT INTO source(path, member, article) VALUES (?, '', ?)", (path, key))
    for name in ("articles", "analysed"):
        db.execute("INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)", (name, str(count)))
    db.execute("COMMIT")
    db.close()
    return file
