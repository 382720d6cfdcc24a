"""Measures what a reader feels: starting, moving, opening, tagging, leaving. One command prints it all:

    python -m bench.start_and_keys --articles 10000

It makes a library, indexes it, and drives Dateline, a bare Textual app and, where installed, newsboat through
the same terminal. It judges each figure by its budget and never fails on one.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench import subjects
from bench.annotating import annotate
from bench.budgets import BUDGETS, table
from bench.make_library import write_library
from bench.measure import Figures, measure, measure_starts
from bench.planting import plant


def main() -> None:
    """Measure as the command line asks."""
    arguments = _arguments()
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        _run(arguments, arguments.keep)
        return
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        _run(arguments, Path(folder))


def _run(arguments: argparse.Namespace, folder: Path) -> None:
    library, home = arguments.of or folder / f"articles-{arguments.articles}", folder / "home"
    if not library.exists() and not arguments.of:
        _tell(f"making {arguments.articles:,} articles")
        write_library(arguments.articles, library)
    start = perf_counter()
    if arguments.planted and arguments.entities:
        _tell("planting names")
        plant(library, home)
    _tell("indexing" if arguments.entities else "indexing, without the names in the texts")
    subjects.index(library, home, entities=arguments.entities)
    _tell(f"indexed in {perf_counter() - start:.0f} s")
    if arguments.annotated:
        _tell(f"annotating {arguments.annotated:,} articles")
        annotate(library, home, arguments.annotated)

    programs = _subjects(arguments, library, folder)
    # With a list the bare app shows what moving costs; its start is that of the app with nothing in it.
    blank = subjects.bare(folder / "bare")
    _tell("measuring starts")
    starting = [blank if each.name == blank.name else each for each in programs]
    # It finds what the first of them has left just before.
    starts = measure_starts([starting[0], subjects.left(starting[0]), *starting[1:]], arguments.runs, *arguments.size)
    again = {f"again {figure}": value for figure, value in starts.pop(1).items()}
    figures: dict[str, Figures] = {}
    for subject, start in zip(programs, starts, strict=True):
        _tell(f"measuring {subject.name}")
        figures[subject.name] = start | measure(subject, arguments.runs, *arguments.size, keys=arguments.keys)
    figures[programs[0].name] |= again
    figures[blank.name]["memory"] = measure(blank, 1, *arguments.size, keys=1)["memory"]
    _print(figures, arguments)
    if arguments.json:
        arguments.json.write_text(_as_json(figures, arguments), encoding="utf-8")


def _subjects(arguments: argparse.Namespace, library: Path, folder: Path) -> list[subjects.Subject]:
    ours = subjects.dateline(library, folder / "home")
    if arguments.of:
        ours, arguments.articles = subjects.dateline_on(library, folder / "home")
    found = [ours, subjects.bare(folder / "bare", arguments.articles)]
    if arguments.peers and not arguments.of:
        peers = folder / f"newsboat-{arguments.articles}"
        peers.mkdir(exist_ok=True)
        peer = subjects.newsboat(arguments.articles, peers)
        found += [peer] if peer else []
    return found


def _print(figures: dict[str, Figures], arguments: argparse.Namespace) -> None:
    paint = figures["bare Textual"]["first paint"]
    columns, lines = arguments.size
    annotated = f", {arguments.annotated:,} of them annotated" if arguments.annotated else ""
    print(f"{arguments.articles:,} articles{annotated}, {columns}x{lines},", end=" ")
    print(f"medians of {arguments.runs} starts;", end=" ")
    print(f"a bare Textual app first paints after {paint:.0f} ms here.\n")
    rows = table(figures, arguments.articles)
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print(f"{row[0]:<{widths[0]}}  {'  '.join(cells)}".rstrip())


def _as_json(figures: dict[str, Figures], arguments: argparse.Namespace) -> str:
    paint, ours = figures["bare Textual"]["first paint"], figures["Dateline"]
    budgets = [
        {
            "title": one.title,
            "figure": one.figure,
            "unit": one.unit,
            "value": ours.get(one.figure),
            "allowed": one.allowed(arguments.articles, paint),
            "verdict": one.verdict(ours.get(one.figure), arguments.articles, paint),
        }
        for one in BUDGETS
    ]
    about = {
        "articles": arguments.articles,
        "annotated": arguments.annotated,
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    return json.dumps({"schema": 1, **about, "budgets": budgets, "figures": figures}, indent=1)


def _arguments() -> argparse.Namespace:
    def size(text: str) -> tuple[int, int]:
        columns, _, lines = text.partition("x")
        return int(columns), int(lines)

    parser = argparse.ArgumentParser(prog="python -m bench.start_and_keys", description="Measure what a reader feels.")
    parser.add_argument("--articles", type=int, default=10_000, help="how many to make (10000)")
    parser.add_argument("--of", type=lambda given: Path(given).absolute(), metavar="FOLDER",
                        help="measure on the articles that are there instead")  # fmt: skip
    parser.add_argument("--annotated", type=int, default=0, metavar="N", help="annotate so many of them first (0)")
    parser.add_argument("--size", type=size, default=(120, 40), help="of the terminal, as COLUMNSxLINES (120x40)")
    parser.add_argument("--runs", type=int, default=3, help="how often each start and end is measured (3)")
    parser.add_argument("--keys", type=int, default=100, help="how many scrolling keys are pressed (100)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="use and keep the library and index there")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there as well")
    parser.add_argument(
        "--without-entities",
        dest="entities",
        action="store_false",
        help="do not find names first; the indexer then works beside what is measured",
    )
    parser.add_argument(
        "--planted",
        action="store_true",
        help="plant the names instead of finding them, so that indexing takes minutes and not hours",
    )
    parser.add_argument("--without-peers", dest="peers", action="store_false", help="do not measure newsboat")
    return parser.parse_args()


def _tell(sentence: str) -> None:
    print(f"{sentence} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
