"""Types twenty words letter by letter into the filter, beside fzf on the same titles in the same run.

python -m bench.filtering --articles 100000 --keep FOLDER
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from bench.keystrokes import Answer
from bench.measure import percentile
from bench.search_library import build, planted, writing
from bench.subjects import DATELINE, begin_anew, environment
from bench.terminal import Terminal
from store.config import Config
from store.library import Library
from tui.screens.main.listing import FIRST_PAGE

TYPED = (
    "harbour bridge budget treaty river archive vaccine railway strike festival "
    "Tallinn Nairobi Lisbon council museum questions unexpected boursta harterfen kelomi"
)
WORDS = TYPED.split()
_QUIET = "Dateline until quiet"
BUDGET = 60.0
"""Milliseconds that a key may take at the 95th percentile."""


def main() -> None:
    """Print what a key costs: in the query session, through a terminal, and in fzf."""
    parser = argparse.ArgumentParser(prog="python -m bench.filtering", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="keep library and index there, and use them again")
    parser.add_argument("--words", type=int, default=len(WORDS), help="how many words are typed in the terminal (20)")
    parser.add_argument("--without-peers", dest="peers", action="store_false", help="leave fzf out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        home = arguments.keep or Path(passing)
        print(f"making {arguments.articles:,} articles ...", file=sys.stderr, flush=True)
        folder = build(arguments.articles, home)
        print(f"{arguments.articles:,} articles, {len(WORDS)} words letter by letter; milliseconds a key")
        print(f"{'':34}{'keys':>6}{'median':>9}{'95th':>9}{'longest':>9}")
        _print("query session", _session(folder))
        _print("query session, keys 20 ms apart", _hurried(folder))
        peers: dict[str, Terminal] = {}
        if arguments.peers and shutil.which("fzf"):
            titles = home / f"titles-{arguments.articles}"
            if not titles.exists():
                lines = (one.article.title for one in planted(arguments.articles))
                titles.write_text("\n".join(lines) + "\n", encoding="utf-8")
            peers = {"fzf": _fzf(titles, home), "fzf --exact": _fzf(titles, home, "--exact")}
        took = _in_turns(folder, home, peers, WORDS[: arguments.words])
        medians = {name: _print(f"{name} in a terminal", each) for name, each in took.items()}
        if peers:
            _print("fzf --filter, a process for each", _floor(titles))
            fuzzy, exact = (medians[name] / medians["Dateline"] for name in peers)
            print(f"\nfzf's median is {fuzzy:.2f} of ours, exact {exact:.2f} (goal: 1.0 or more)")
            quiet = medians["fzf"] / medians[_QUIET]
            print(f"fzf is timed until it is quiet; ours until it is quiet, proposals and all: {quiet:.2f}")


def _print(name: str, took: list[float]) -> float:
    late = percentile(took, 0.95)
    verdict = "" if "fzf" in name else f"  {'within' if late <= BUDGET else 'OVER'} {BUDGET:.0f}"
    median = statistics.median(took)
    print(f"{name:34}{len(took):>6}{median:>9.1f}{late:>9.1f}{max(took):>9.1f}{verdict}", flush=True)
    return median


def _beginnings(words: Iterable[str]) -> list[str]:
    return [word[:end] for word in words for end in range(1, len(word) + 1)]


def _session(folder: Path) -> list[float]:
    """Search for every beginning, one after the other."""
    took = []
    with Library.open([folder], Config()) as library:
        library.load_annotations().result()
        library.search("", typing=True).result()
        for begun in _beginnings(WORDS):
            start = perf_counter()
            library.search(begun, typing=True, most=FIRST_PAGE).result()
            took.append(1000 * (perf_counter() - start))
    return took


def _hurried(folder: Path) -> list[float]:
    """Type without waiting for answers; what counts is the last letter's."""
    took = []
    with Library.open([folder], Config()) as library:
        library.load_annotations().result()
        library.search("", typing=True).result()
        for word in WORDS:
            for begun in _beginnings([word])[:-1]:
                sent = perf_counter()
                library.search(begun, typing=True, most=FIRST_PAGE)
                library.complete(begun, len(begun))
                while perf_counter() - sent < 0.02:
                    pass
            start = perf_counter()
            library.search(word, typing=True, most=FIRST_PAGE).result()
            took.append(1000 * (perf_counter() - start))
    return took


def _in_turns(
    folder: Path, home: Path, peers: dict[str, Terminal], words: Iterable[str]
) -> dict[str, list[float]]:
    """Type each word into all programs, one after the other, so that a busy moment of the machine is everybody's."""
    # Where this process, too, keeps everything.
    names = {name: value for name, value in os.environ.items() if name.startswith("XDG_")}
    ours = Terminal((str(DATELINE), str(folder)), environment(home / "user") | names)
    begin_anew(Path(names["XDG_STATE_HOME"]) / "dateline")
    took: dict[str, list[float]] = {"Dateline": [], _QUIET: [], **{name: [] for name in peers}}
    with ExitStack() as all_of_them:
        all_of_them.enter_context(writing(folder))
        all_of_them.enter_context(ours).wait_for("articles")
        for peer in peers.values():
            all_of_them.enter_context(peer).wait_for(r"\d/\d")
            peer.settle(quiet=1.0, limit=60)
        ours.settle(quiet=2.0, limit=60)
        ours.press("f", quiet=0.3)
        for word in words:
            # The first line tells what is typed in the frame that brings the list; the letter itself is there before.
            answers = _typed(ours, word, "“{}”")
            took["Dateline"] += [1000 * answer.shown for answer in answers]
            took[_QUIET] += [1000 * answer.last for answer in answers]
            for name, peer in peers.items():
                took[name] += [1000 * answer.last for answer in _typed(peer, word)]
    return took


def _fzf(titles: Path, home: Path, *options: str) -> Terminal:
    command = ("sh", "-c", f"fzf --no-mouse {' '.join(options)} < '{titles}' > /dev/null")
    return Terminal(command, environment(home / "user"))


def _typed(terminal: Terminal, word: str, until: str = "") -> list[Answer]:
    answers: list[Answer] = []
    for begun in _beginnings([word]):
        answers.append(terminal.press(begun[-1], until=until.format(begun)))
        terminal.settle(quiet=0.2)
    terminal.press("ctrl+u", quiet=0.1)
    terminal.settle(quiet=0.3)
    return [answer for answer in answers if answer.size]


def _floor(titles: Path) -> list[float]:
    took = []
    for begun in _beginnings(WORDS)[::4]:
        start = perf_counter()
        with titles.open("rb") as lines:
            subprocess.run(["fzf", "--filter", begun], stdin=lines, stdout=subprocess.DEVNULL, check=False)
        took.append(1000 * (perf_counter() - start))
    return took


if __name__ == "__main__":
    main()
