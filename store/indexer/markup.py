"""The markup that one article was made of, read once more by a process of its own, which may hang or crash.

`python -P -m store.indexer.markup` takes what to read on its standard input, as JSON, and writes a list of pairs: what
the markup is (`html` or `markdown`), and its source.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable

from store.article import Article
from store.indexer import spawning

_COMMAND = (sys.executable, "-P", "-m", "store.indexer.markup")
_PATIENCE = 10.0
"""Seconds that it may take: a reader waits for it."""
_MOST = 2_000_000
"""Characters of an article's markup that are looked at."""


def markup_of(path: str, member: str, json_names: Iterable[str] = ()) -> list[tuple[str, str]] | None:
    """Return the markup of an article of a file; nothing where it has none or cannot be read. Blocks.

    Where it cannot be read in time it is None: to look for it elsewhere would take as long again.
    """
    asked = json.dumps({"path": os.fsencode(path).hex(), "member": member, "json": list(json_names)})
    try:
        done = subprocess.run(
            _COMMAND, input=asked.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_PATIENCE,
            env=spawning.environment(), check=True,
        )  # fmt: skip
        return [(str(kind), str(source)) for kind, source in json.loads(done.stdout)]
    except subprocess.TimeoutExpired:
        return None
    except (OSError, subprocess.SubprocessError, ValueError):
        # Links behind words are something more; those that stand in the text are there without them.
        return []


def _read(path: str, member: str, json_names: Iterable[str]) -> list[tuple[str, str]]:
    from store.formats.folder import read_path
    from store.formats.limits import limits_with

    held: list[tuple[str, str]] = []
    limits = limits_with(json_names)
    # First where it can be seen cheaply that it may be there.
    for wanted in dict.fromkeys((member, "")):
        errand = limits.errand.replace(
            wanted=wanted,
            # What was begun before has become no article.
            enter=lambda _: held.clear(),
            markup=lambda kind, source: held.append((kind, source)),
        )
        for one in read_path(path, limits.replace(errand=errand)):
            if isinstance(one, Article) and one.member == member:
                return held
            held.clear()
    return []


def _main() -> None:
    asked = json.load(sys.stdin.buffer)
    out = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints goes elsewhere.
    os.dup2(2, 1)
    told: list[tuple[str, str]] = []
    left = _MOST
    for kind, source in _read(os.fsdecode(bytes.fromhex(asked["path"])), asked["member"], asked["json"]):
        told.append((kind, source[:left]))
        left -= len(source)
        if left <= 0:
            break
    out.write(json.dumps(told).encode())
    out.flush()


if __name__ == "__main__":
    _main()
