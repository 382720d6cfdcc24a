"""The programs that are measured: how each is started on the same articles, and its keys."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from bench.make_library import OPENERS, Sample, moment, samples, special_length
from bench.terminal import Terminal

DATELINE = Path(sys.executable).with_name("dateline")
ANYTHING = r"\S"
MADE_LENGTHS = tuple(special_length(rank) or 0 for rank in range(OPENERS))


@dataclass(frozen=True)
class Subject:
    """A program to measure."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    list_shown: str
    """A regular expression that the screen shows when the list is there."""
    article_shown: str = ANYTHING
    """Likewise for the text of the first article; programs that show none beside the list leave it out."""
    enter: tuple[str, ...] = ()
    """Keys from the start to the list of articles."""
    open: tuple[str, ...] = ()
    """Keys from the list into its first article; empty where the program has no articles."""
    top: tuple[str, ...] = ()
    """Keys to the first article of the list."""
    lengths: tuple[int, ...] = ()
    """About how many characters the newest articles have: 4,000, 1,000,000, or 0 for any other length."""
    leave: tuple[str, ...] = ("q",)
    """Keys from the list to the shell."""
    tag: tuple[str, ...] = ()
    """Keys that put a tag on the first number; it is then toggled with `1`."""
    first_key: tuple[str, str] | None = None
    """A key that is pressed as soon as anything is shown, and a regular expression that its answer shows."""
    places: Path | None = None
    """A folder where it keeps the place of the last session, which no start here is to come back to."""

    def terminal(self, columns: int = 120, lines: int = 40) -> Terminal:
        """Return a terminal that runs it, to be entered with `with`."""
        if self.places is not None:
            begin_anew(self.places)
        return Terminal(self.command, self.environment, columns, lines)


def environment(home: Path) -> dict[str, str]:
    """Return an environment with a home of its own, in a terminal that knows all colours."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LD_LIBRARY_PATH", "TMPDIR")}
    folders = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local/share",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_STATE_HOME": home / ".local/state",
        "PYTHONPATH": Path(__file__).parents[1],
    }
    for name, folder in folders.items():
        if name != "PYTHONPATH":
            folder.mkdir(parents=True, exist_ok=True)
    fixed = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return kept | fixed | {name: str(folder) for name, folder in folders.items()}


def begin_anew(places: Path) -> None:
    """Let the next start come back to no place, and greet nobody: Dateline keeps there where its reader was."""
    places.mkdir(parents=True, exist_ok=True)
    (places / "looks.json").write_text('{"greeted": true}')
    (places / "last-screen.json").unlink(missing_ok=True)
    for place in places.glob("session-*.json"):
        place.unlink()


def dateline(library: Path, home: Path) -> Subject:
    """Return Dateline on a library."""
    newest = next(samples(1))
    places = home / ".local/state/dateline"
    return Subject(
        name="Dateline",
        command=(str(DATELINE), str(library)),
        environment=environment(home),
        list_shown=re.escape(newest.title[:12]),
        article_shown=re.escape(newest.first[:20]),
        open=("enter",),
        top=("g", "g"),
        tag=("1", *"bench", "enter"),
        lengths=MADE_LENGTHS,
        places=places,
    )


def dateline_on(library: Path, home: Path) -> tuple[Subject, int]:
    """Return Dateline on a folder of real articles, which is indexed, and how many it holds."""
    listed = json.loads(_answer("list", library, home))["articles"]
    text = json.loads(_answer("show", library, home, listed[0]["id"]))["text"]
    first = next((part for part in text.split("\n\n") if len(part) > 60), listed[0]["title"])
    made = dateline(library, home)
    shown = {"list_shown": re.escape(listed[0]["title"][:12]), "article_shown": re.escape(first[:20])}
    return replace(made, **shown, lengths=tuple(map(_length, listed[:OPENERS]))), len(listed)


def _answer(command: str, library: Path, home: Path, *words: str) -> str:
    asked = [str(DATELINE), command, *(words or [str(library)]), "--format", "json"]
    return subprocess.run(asked, env=environment(home), stdout=subprocess.PIPE, text=True, check=True).stdout


def _length(listed: dict[str, Any]) -> int:
    # Six characters a word, with its space.
    characters = 6 * int(listed["words"])
    return 4_000 if 2_000 <= characters < 8_000 else 1_000_000 if characters >= 500_000 else 0


def left(subject: Subject) -> Subject:
    """Return Dateline as it is opened again where it was left, and asked for a filter at once."""
    name = f"{subject.name}, again"
    return replace(subject, name=name, places=None, first_key=("f", "filter:"), leave=("enter", "q"))


def index(library: Path, home: Path, *, entities: bool) -> None:
    """Bring a library's index up to date, with the names in its texts or without."""
    # Listing reads new files and finds no names: the quick half of indexing.
    work = ["index", str(library), "--jobs", "2"] if entities else ["list", str(library), "--limit", "1"]
    done = subprocess.run([str(DATELINE), *work], env=environment(home), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"dateline {work[0]} ended with {done.returncode}")


def bare(home: Path, titles: int = 0) -> Subject:
    """Return the bare Textual app, with a list of so many titles if there are any."""
    return Subject(
        name="bare Textual",
        command=(sys.executable, "-m", "bench.bare_app", *([str(titles)] if titles else [])),
        environment=environment(home),
        list_shown="Article 0",
    )


def newsboat(count: int, home: Path) -> Subject | None:
    """Return newsboat on a feed of so many articles, already fetched; None where it is not installed."""
    program = shutil.which("newsboat")
    if program is None:
        return None
    feed, urls, cache = home / f"feed-{count}.rss", home / f"urls-{count}", newsboat_cache(count, home)
    config = home / "config"
    config.write_text("confirm-exit no\nbind-key j down\nbind-key k up\nbind-key g home\n")
    if not cache.exists():
        feed.write_text(_feed(samples(count)), encoding="utf-8")
        urls.write_text(f"file://{feed}\n")
        fetch = [program, "-u", str(urls), "-c", str(cache), "-C", str(config), "-x", "reload"]
        subprocess.run(fetch, env=environment(home), check=True, stdout=subprocess.DEVNULL)
    return Subject(
        name="newsboat",
        command=(program, "-u", str(urls), "-c", str(cache), "-C", str(config)),
        environment=environment(home),
        list_shown="Made to measure",
        enter=("enter",),
        open=("enter",),
        lengths=MADE_LENGTHS,
        leave=("q", "q"),
    )


def newsboat_cache(count: int, home: Path) -> Path:
    """Return the file where newsboat keeps so many articles: that of another number would be taken for them."""
    return home / f"cache-{count}.db"


def _feed(articles: Iterable[Sample]) -> str:
    items = "\n".join(
        f"<item><title>{escape(one.title)}</title><guid>{one.path}</guid>"
        f"<pubDate>{moment(rank, one):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>{escape(escape(one.text))}</description></item>"
        for rank, one in enumerate(articles)
    )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Made to measure</title>'
    return f"{head}<link>file:///</link><description>x</description>{items}</channel></rss>"
