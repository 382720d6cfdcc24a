"""Press random keys in the reader: `python -m bench.random_keys --keys 100000 --seed 1`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.random_keys.player import Player
from bench.random_keys.stage import CORPUS, ROOT, prepare
from tui.commands.registry import COMMANDS


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
    parser.add_argument("--without", nargs="*", default=(), choices=("sizes", "signals", "files", "pairs", "names"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-keys-") as folder:
        base = args.stage or Path(folder)
        stage = prepare(base.absolute(), args.source, args.articles, names="names" not in args.without)
        left_out = {name: name not in args.without for name in ("sizes", "signals", "files", "pairs")}
        player = Player(stage, args.seed, **left_out)
        began, told = time.monotonic(), 0
        goal = 0
        while goal < args.keys:
            goal = min(args.keys, goal + args.segment)
            outcome = player.play(goal, segment=args.segment, session=args.session)
            for one in outcome.failures[told:]:
                print(f"WRONG {one}\n", flush=True)
            told = len(outcome.failures)
            ends = ", ".join(f"{count} {end}" for end, count in sorted(outcome.ends.items()))
            print(
                f"{outcome.keys:,} keys in {time.monotonic() - began:,.0f} s: {outcome.sessions} sessions ({ends}), "
                f"{outcome.sizes} sizes, {outcome.signals} signals, {outcome.touches} files, {outcome.copies} copies, "
                f"{outcome.changes:,} changes saved, {outcome.steps:,} of them to undo; {told} things wrong",
                flush=True,
            )
        never = sorted({command.id for command in COMMANDS} - outcome.commands)
        print(f"commands that no key has reached: {', '.join(never) or 'none'}")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
