"""Annotates articles of a library, evenly spread: `python -m bench.annotating LIBRARY COUNT`, in the home of `HOME`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench import subjects
from bench.search_library import mark
from store.config import Config
from store.library import Library


def annotate(library: Path, home: Path, count: int) -> None:
    """Tag, note and star so many articles of an indexed library below a home; those that are so already stay."""
    words = [sys.executable, "-m", "bench.annotating", str(library), str(count)]
    subprocess.run(words, env=subjects.environment(home), check=True)


def main() -> None:
    """Annotate as the command line says."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    with Library.open([folder], Config()) as library:
        library.load_annotations().result()
        keys = list(library.search("").result().keys)
        chosen = keys[:: max(1, len(keys) // max(1, count))][:count]
        with library.reading() as many:
            targets = [one for one in many.targets(chosen) if not library.marks(one.id).tags]
        mark(library, targets)


if __name__ == "__main__":
    main()
