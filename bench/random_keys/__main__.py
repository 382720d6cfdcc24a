"""Press random keys in the reader: `python -m bench.random_keys --keys 100000 --seed 1`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.random_keys.session import Player
from bench.random_keys.stage import CORPUS, ROOT, prepare


def main() -> int:
    """Press the keys, print what came of it, and return 1 where something went wrong."""
    parser = argparse.ArgumentParser(prog="bench.random_keys", description=__doc__)
    parser.add_argument("--keys", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--source", type=Path, default=CORPUS if CORPUS.is_dir() else ROOT / "seeds")
    parser.add_argument("--articles", type=int, default=300, help="how many of them")
    parser.add_argument("--stage", type=Path, help="where; used again when it is there")
    parser.add_argument("--segment", type=int, default=2500, help="keys after which annotations are as at first again")
    parser.add_argument("--session", type=int, default=700, help="keys of a session, about")
    parser.add_argument("--without-sizes", action="store_true", help="leave the window as it is")
    parser.add_argument("--without-signals", action="store_true", help="do not stop the program meanwhile")
    parser.add_argument("--without-names", action="store_true", help="do not find the names first")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-keys-") as folder:
        base = args.stage or Path(folder)
        stage = prepare(base.absolute(), args.source, args.articles, names=not args.without_names)
        player = Player(stage, args.seed, not args.without_sizes, not args.without_signals)
        began, told = time.monotonic(), 0
        goal = 0
        while goal < args.keys:
            goal = min(args.keys, goal + args.segment)
            outcome = player.play(goal, segment=args.segment, session=args.session)
            for one in outcome.failures[told:]:
                print(f"WRONG {one}\n", flush=True)
            told = len(outcome.failures)
            print(
                f"{outcome.keys:,} keys in {time.monotonic() - began:,.0f} s: {outcome.sessions} sessions, "
                f"{outcome.resizes} sizes, {outcome.stops} signals, {outcome.changes:,} changes saved, "
                f"{outcome.steps:,} of them to undo; {told} things wrong",
                flush=True,
            )
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
