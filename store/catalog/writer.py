"""The index's single writer. Whoever opens it holds the library's lock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from store.article import Article, ArticleId, Mention, Problem
from store.catalog.file_update import FileUpdate
from store.catalog.mention_rows import replace_mentions
from store.catalog.mentions import read_mentions
from store.catalog.transactions import Transactions
from store.catalog.versions import Versions
from store.catalog.waiting import LookedUp, Waiting, count_waiting, look_up, unjudged, waiting
from store.paths import openable, storable

_AT_ONCE = 200
"""Places forgotten in one piece."""


class CatalogWriter(Transactions):
    """Writes files, articles, names and problems. Nothing is seen by others before `commit`."""

    def __init__(self, path: Path) -> None:
        """Open or make the index.

        Raises:
            CatalogError: it cannot be written.
        """
        super().__init__(path)
        self._held: dict[str, str] = {}
        """Stamps of files that are left alone until they change, though the next start reads them again."""

    # ---- files and articles --------------------------------------------------------------------------------
    def stamps(self, within: Collection[str] | None = None) -> dict[str, str]:
        """Return every file that was looked at with the stamp it had; one without a stamp must be read.

        `within` limits it to what lies at or below these paths.
        """
        if within is None:
            found = {openable(path): stamp for path, stamp in self._db.execute("SELECT path, stamp FROM file")}
        else:
            sql = "SELECT path, stamp FROM file WHERE path=?1 OR (path>?1||'/' AND path<?1||'0')"
            places = (storable(place.rstrip("/")) for place in within)
            found = {openable(path): stamp for place in places for path, stamp in self._db.execute(sql, (place,))}
        found.update((path, stamp) for path, stamp in self._held.items() if found.get(path) == "")
        return found

    def hold(self, path: str, stamp: str) -> None:
        """Leave a file that is entered without a stamp alone all the same, until it changes or the next start."""
        self._held[path] = stamp

    def devices(self) -> dict[str, int]:
        """Return the numbers of the drives on which folders were when they were last looked at."""
        rows = self._db.execute("SELECT key, value FROM meta WHERE key LIKE 'device of %'")
        return {openable(key.removeprefix("device of ")): int(value) for key, value in rows}

    def note_device(self, folder: str, device: int | None) -> None:
        """Note which drive a folder is on; None: it need not be known any more."""
        with self.changing(0) as db:
            db.execute("DELETE FROM meta WHERE key=?", (f"device of {storable(folder)}",))
            if device is not None:
                db.execute("INSERT INTO meta VALUES (?,?)", (f"device of {storable(folder)}", str(device)))

    def update_file(self, path: str) -> FileUpdate:
        """Begin to put what a file holds now in the place of what it held."""
        return FileUpdate(self, path)

    def has_fingerprints(self, path: str) -> bool:
        """Whether articles of this file are known by the bytes they were read from."""
        sql = "SELECT 1 FROM source WHERE path=? AND raw<>0 LIMIT 1"
        return self._db.execute(sql, (storable(path),)).fetchone() is not None

    def put_file(self, path: str, stamp: str, items: Iterable[Article | Problem]) -> None:
        """Put all that a file holds, in one go."""
        update = self.update_file(path)
        for item in items:
            update.add(item)
        update.finish(stamp)

    def unsettle(self, paths: Iterable[str]) -> None:
        """Mark files to be read again; others of their texts' sources speak for the text meanwhile."""
        with self.changing(0) as db:
            db.executemany("UPDATE file SET stamp='' WHERE path=?", [(storable(path),) for path in paths])

    def remove_files(self, paths: Iterable[str]) -> list[str]:
        """Forget files. A text goes with its last source.

        Returns the files that should be read again: they now are the first source of a text whose title came
        from one that is gone.
        """
        again: set[str] = set()
        for path in paths:
            for _ in self.emptying(path, again):
                pass
            again.discard(path)
            with self.changing() as db:
                stored = storable(path)
                self.delete_problems("path=?", (stored,))
                db.execute("DELETE FROM file WHERE path=?", (stored,))
        return sorted(again)

    def emptying(self, path: str, again: set[str]) -> Iterator[None]:
        """Forget what a file holds in pieces, between which one may commit; adds to `again` as `remove_files` does.

        It is for files with many articles, which go with the file one by one.
        """
        while self._forget_some(storable(path), again):
            yield

    def _forget_some(self, stored: str, again: set[str]) -> bool:
        """Forget some of a file's places; says whether there may be more."""
        with self.changing(0) as db:
            rows = db.execute("SELECT member, article FROM source WHERE path=? LIMIT ?", (stored, _AT_ONCE)).fetchall()
            touched = list(dict.fromkeys(article for _, article in rows))
            for article in touched:
                first = db.execute(
                    "SELECT path FROM source WHERE article=? ORDER BY path, member LIMIT 2", (article,)
                ).fetchall()
                if len(first) == 2 and first[0][0] == stored and first[1][0] != stored:
                    again.add(openable(first[1][0]))
            db.executemany("DELETE FROM source WHERE path=? AND member=?", [(stored, member) for member, _ in rows])
            self.drop_sourceless(touched)
        return len(rows) == _AT_ONCE

    def note_looked(self) -> None:
        """Note that all of the library was looked at once: a text that is not in the index from now on is gone."""
        if self._db.execute("SELECT 1 FROM meta WHERE key='looked'").fetchone() is None:
            with self.changing(0) as db:
                db.execute("INSERT INTO meta VALUES ('looked', '1')")

    # ---- problems ------------------------------------------------------------------------------------------
    def set_scan_problems(self, problems: Collection[Problem], within: Collection[str] | None = None) -> list[Problem]:
        """Put what a scan could not look at in the place of what earlier ones could not; writes differences.

        `within` limits it to what lies at or below these paths. Returns those that were not known.
        """
        found = {(storable(p.path), p.member): p.reason for p in problems}
        rows = self._db.execute("SELECT path, member, reason FROM problem WHERE stage='scan'").fetchall()
        known = {
            (path, member): reason
            for path, member, reason in rows
            if within is None or is_within(openable(path), within)
        }
        if found == known:
            return []
        with self.changing(0) as db:
            gone = [(path, member) for path, member in known if (path, member) not in found]
            db.executemany("DELETE FROM problem WHERE stage='scan' AND path=? AND member=?", gone)
            new = [(*key, "scan", reason, "") for key, reason in found.items() if known.get(key) != reason]
            db.executemany("INSERT OR REPLACE INTO problem VALUES (?,?,?,?,?)", new)
            self._problems_changed = True
        return [problem for problem in problems if known.get((storable(problem.path), problem.member)) is None]

    def skip_file(self, path: str, stamp: str, reason: str, *, again: bool = False) -> None:
        """Leave a file out until its stamp changes, or `again` until the next start. What was read before stays."""
        if again:
            self.hold(path, stamp)
            stamp = ""
        with self.changing() as db:
            db.execute("INSERT OR REPLACE INTO problem VALUES (?,'','read',?,?)", (storable(path), reason, stamp))
            db.execute(
                "INSERT INTO file(path, stamp) VALUES (?1,?2) ON CONFLICT(path) DO UPDATE SET stamp=?2",
                (storable(path), stamp),
            )
            self._problems_changed = True

    # ---- languages -----------------------------------------------------------------------------------------
    def unjudged(self, detector: int, limit: int) -> list[ArticleId]:
        """Return the newest of the texts whose language this detector has not looked at."""
        return unjudged(self._db, detector, limit)

    def put_language(self, article: ArticleId, language: str, detector: int) -> None:
        """Put the language that a text is in."""
        with self.changing() as db:
            db.execute("UPDATE article SET judged=?, language=? WHERE text_hash=?", (detector, language, article))

    # ---- names ---------------------------------------------------------------------------------------------
    def use_recogniser(self, version: str) -> None:
        """Give texts that another recogniser could not analyse a second chance."""
        known = self._db.execute("SELECT value FROM meta WHERE key='recogniser'").fetchone()
        if known is not None and known[0] == version:
            return
        with self.changing(0) as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('recogniser',?)", (version,))
            db.execute("UPDATE article SET failed='' WHERE failed<>''")
            self.delete_problems("stage='analyse'", ())
            self._count_articles()

    def waiting(self, versions: Versions, limit: int) -> list[Waiting]:
        """Return texts to be analysed, those without names first, then the newest; not those that cannot be."""
        return waiting(self._db, versions, limit)

    def count_waiting(self, versions: Versions) -> tuple[int, int]:
        """Count the texts to be analysed, and their words."""
        return count_waiting(self._db, versions)

    def look_up(self, article: ArticleId) -> LookedUp | None:
        """Return a text with what is known of its names."""
        return look_up(self._db, article)

    def mentions(self, key: int) -> tuple[Mention, ...]:
        """Return the names that an article has now."""
        return read_mentions(self._db, key)

    def put_mentions(
        self, article: ArticleId, version: str, mentions: Sequence[Mention], kind_of: Callable[[str], str]
    ) -> bool:
        """Put all names of a text in the place of its old ones; False when the text has gone meanwhile."""
        sql = "SELECT a.id, analysed<>'' OR failed<>'', b.text FROM article a JOIN body b USING(id) WHERE text_hash=?"
        row = self._db.execute(sql, (article,)).fetchone()
        if row is None:
            return False
        key, done, text = row
        with self.changing() as db:
            replace_mentions(db, key, text, mentions, kind_of)
            db.execute("UPDATE article SET analysed=?, failed='' WHERE id=?", (version, key))
            self.analysed += not done
        return True

    def fail(self, article: ArticleId, recogniser: str, reason: str) -> bool:
        """Leave a text without new names until the recogniser changes; False when there is no such text."""
        sql = "SELECT id, analysed<>'' OR failed<>'' FROM article WHERE text_hash=?"
        row = self._db.execute(sql, (article,)).fetchone()
        if row is None:
            return False
        key, done = row
        with self.changing() as db:
            db.execute("UPDATE article SET failed=? WHERE id=?", (reason, key))
            self.analysed += not done
            sql = "SELECT path, member FROM source WHERE article=? ORDER BY path, member LIMIT 1"
            for path, member in db.execute(sql, (key,)).fetchall():
                db.execute(
                    "INSERT OR REPLACE INTO problem VALUES (?,?,'analyse',?,?)",
                    (path, member, reason, recogniser),
                )
                self._problems_changed = True
        return True


def is_within(path: str, places: Collection[str]) -> bool:
    """Whether a path is one of these places or lies below one."""
    return any(path == place or path.startswith(place.rstrip("/") + "/") for place in places)
