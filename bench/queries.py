"""Times thirty real queries through the query session, beside notmuch on the same articles.

python -m bench.queries --articles 100000 --keep FOLDER
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path
from time import perf_counter

from bench.mail import Mail, write_maildir
from bench.measure import percentile
from bench.search_library import ANNOTATED, build, note_of, planted, tags_of
from store.config import Config
from store.library import Library

QUERIES: tuple[tuple[str, str, str], ...] = (
    # what it is, ours, notmuch's (empty where notmuch cannot say it)
    ("a word of nearly all", "harbour", "harbour"),
    ("a word of some", "boursta", "boursta"),
    ("two words", "harbour treaty", "harbour treaty"),
    ("three words", "vaccine railway Tallinn", "vaccine railway Tallinn"),
    ("a word of none", "zyzzyva", "zyzzyva"),
    ("a phrase", '"nobody here expected"', '"nobody here expected"'),
    ("a rare phrase", '"satellite survives the winter"', '"satellite survives the winter"'),
    ("a prefix", "harb*", "harb*"),
    ("a short prefix", "sta*", ""),  # notmuch gives up on prefixes of so many words
    ("either of two", "vaccine OR satellite", "vaccine or satellite"),
    ("one without another", "vaccine -satellite", "vaccine and not satellite"),
    ("parentheses", "(vaccine OR satellite) Nairobi -railway", "(vaccine or satellite) and Nairobi and not railway"),
    ("words close by", "near:5(missing satellite)", ""),
    ("words close by, often", "near:3(long harbour)", ""),
    ("in the title", "title:Tallinn", "subject:Tallinn"),
    ("two in the title", "title:Tallinn title:vaccine", "subject:Tallinn subject:vaccine"),
    ("a tag", "tag:japan", "tag:japan"),
    ("a tag and a word", "tag:budget harbour", "tag:budget harbour"),
    ("without a tag", "vaccine -tag:done", "vaccine and not tag:done"),
    ("starred with a word", "is:starred treaty", "tag:flagged treaty"),
    ("unread", "is:unread", "tag:unread"),
    ("a note", 'note:"harbour master"', ""),
    ("notes and a word", "has:note vaccine", ""),
    ("a year", "date:2017", "date:2017-01-01..2017-12-31"),
    ("a month and a word", "date:2017-03 harbour", "date:2017-03-01..2017-03-31 harbour"),
    ("a name", "entity:woddorke", ""),
    ("a beginning of names", "person:har*", ""),
    ("a place and a word", "place:ba* vaccine", ""),
    ("Japanese", "港湾", ""),
    ("a mixture", 'tag:harbours date:2010.. (vaccine OR "record budget") -is:read', ""),
)
ROUNDS = 7
PAGE = 200
"""Messages that notmuch is asked for: to load all of them takes it seconds."""


def main() -> None:
    """Print median and 95th percentile of each query, and the ratio to notmuch's."""
    parser = argparse.ArgumentParser(prog="python -m bench.queries", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--keep", type=Path, help="keep library and index there, and use them again")
    parser.add_argument("--without-peers", dest="peers", action="store_false", help="leave notmuch out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        for count in arguments.articles:
            _measure(count, arguments.keep or Path(passing), arguments.peers)


def _measure(count: int, home: Path, peers: bool) -> None:
    print(f"making {count:,} articles ...", file=sys.stderr, flush=True)
    folder = build(count, home)
    peer = _Notmuch(count, home) if peers and shutil.which("notmuch") else None
    with Library.open([folder], Config()) as library:
        library.load_annotations().result()
        print(f"\n{count:,} articles, {min(count, ANNOTATED):,} annotated; milliseconds, {ROUNDS} rounds")
        print(f"{'':24}{'found':>9}{'median':>9}{'95th':>9}{'notmuch':>9}{'95th':>9}{'ratio':>8}")
        medians, ratios = [], []
        for title, ours, theirs in QUERIES:
            found, took = _timed(lambda query=ours: len(library.search(query).result().keys))
            medians += took
            line = f"{title:24}{found:>9,}{statistics.median(took):>9.1f}{percentile(took, 0.95):>9.1f}"
            if peer is not None and theirs:
                other = [max(0.1, each - peer.start) for each in _timed(lambda query=theirs: peer.search(query))[1]]
                ratios.append(statistics.median(took) / statistics.median(other))
                line += f"{statistics.median(other):>9.1f}{percentile(other, 0.95):>9.1f}{ratios[-1]:>8.2f}"
            print(line, flush=True)
        print(f"{'all':33}{statistics.median(medians):>9.1f}{percentile(medians, 0.95):>9.1f}", end="")
        if ratios:
            print(f"{'':18}{statistics.median(ratios):>8.2f}  (below 1: quicker than notmuch)", end="")
        print(flush=True)


def _timed(search: Callable[[], int]) -> tuple[int, list[float]]:
    found = search()  # once for the disk
    took = []
    for _ in range(ROUNDS):
        start = perf_counter()
        search()
        took.append(1000 * (perf_counter() - start))
    return found, took


class _Notmuch:
    """notmuch on a Maildir of the same articles, with the same tags."""

    def __init__(self, count: int, home: Path) -> None:
        self._mail = home / f"mail-{count}"
        self._environment = os.environ | {"NOTMUCH_CONFIG": str(home / f"notmuch-{count}")}
        if not (self._mail / ".notmuch").exists():
            self._fill(count, home)
        starts = [self._run("count", "tag:nothing-has-this")[1] for _ in range(ROUNDS)]
        self.start = 1000 * statistics.median(starts)
        """Milliseconds that it takes to start and find nothing."""

    def search(self, query: str) -> int:
        """Search for the ids of the newest messages, a few screens of them; ours brings all there are."""
        return self._run("search", "--output=messages", "--sort=newest-first", f"--limit={PAGE}", query)[0]

    def _run(self, *words: str) -> tuple[int, float]:
        start = perf_counter()
        done = subprocess.run(["notmuch", *words], env=self._environment, stdout=subprocess.PIPE, check=True)
        return done.stdout.count(b"\n"), perf_counter() - start

    def _fill(self, count: int, home: Path) -> None:
        print("writing a Maildir, and having notmuch index it ...", file=sys.stderr, flush=True)
        lines = []

        def mails() -> Iterator[Mail]:
            annotated = 0
            for rank, one in enumerate(planted(count)):
                day = one.article.published
                yield Mail(str(rank), one.article.title, day and datetime.combine(day, time(12)), one.article.text)
                if rank % max(1, count // ANNOTATED) == 0:
                    tags = [*tags_of(annotated), *(["noted"] if note_of(annotated) else [])]
                    tags += ["flagged"] if annotated % 10 == 0 else []
                    lines.append(" ".join(f"+{tag}" for tag in tags) + f" -- id:{rank}@bench")
                    annotated += 1

        write_maildir(self._mail, mails())
        (home / f"notmuch-{count}").write_text(
            f"[database]\npath={self._mail}\n[user]\nname=bench\nprimary_email=reader@example.org\n"
            "[new]\ntags=unread;inbox\nignore=\n[search]\nexclude_tags=\n[maildir]\nsynchronize_flags=false\n"
        )
        quiet = {"env": self._environment, "stdout": subprocess.DEVNULL, "check": True}
        subprocess.run(["notmuch", "new"], **quiet)  # type: ignore[call-overload]
        subprocess.run(["notmuch", "tag", "--batch"], input="\n".join(lines).encode(), **quiet)  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
