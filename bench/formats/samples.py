"""The real files that are damaged: the tests' fixtures, and what lies in the corpora beside the checkout."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "formats"
CORPORA = ROOT.parent / "shared" / "corpus" / "articles"
_LARGEST = 300_000
_MOST_OF_A_KIND = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """A file to damage."""

    name: str
    data: bytes

    @property
    def kind(self) -> str:
        """What its name ends in."""
        return self.name.partition(".")[2]


def samples(folders: Iterable[Path] = (FIXTURES, CORPORA)) -> list[Sample]:
    """Return the files below some folders in order, of each kind at most so many, chosen by a fixed seed."""
    kinds: dict[str, list[Path]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and 0 < path.stat().st_size <= _LARGEST:
                kind = f"{folder.name}/{path.parent.name if folder == CORPORA else ''}{path.suffix}"
                kinds.setdefault(kind, []).append(path)
    chosen: list[Path] = []
    for _, paths in sorted(kinds.items()):
        chosen += paths if len(paths) <= _MOST_OF_A_KIND else random.Random(1).sample(paths, _MOST_OF_A_KIND)
    return [Sample(path.name, path.read_bytes()) for path in chosen]
