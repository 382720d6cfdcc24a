"""Reads damaged files in a process of its own: a number in, what came of it out, a JSON line each."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.formats.mutations import mutant
from bench.formats.samples import Sample, samples
from store.article import Article, Problem
from store.formats.clean import is_clean
from store.formats.registry import format_name, read
from store.formats.source import DEFEATED

_MOST_TEXT = 2_000_000


def main(folders: Sequence[str]) -> None:
    """Answer numbers until there are none."""
    of = samples(map(Path, folders))
    print(json.dumps({"samples": len(of)}), flush=True)
    for line in sys.stdin:
        print(json.dumps(judged(int(line), of)), flush=True)


def judged(seed: int, of: Sequence[Sample]) -> dict[str, Any]:
    """Read one damaged file, and say how it went."""
    name, data = mutant(seed, of)
    forget_peak()
    began = time.process_time()
    faults: list[str] = []
    count = {"articles": 0, "problems": 0}
    try:
        kind = format_name(io.BytesIO(data), "/x/" + name)
        for item in read(io.BytesIO(data), "/x/" + name):
            count["articles" if isinstance(item, Article) else "problems"] += 1
            faults += wrong_with(item)
    except Exception as error:  # noqa: BLE001 - that there was one is what is looked for
        kind, faults = "", [*faults, f"raises {type(error).__name__}: {error}"]
    if not sum(count.values()) and not faults:
        faults.append("is passed over in silence")
    seconds = time.process_time() - began
    told = {"name": name, "format": kind, "seconds": seconds, "peak": peak(), "faults": faults[:3]}
    return told | count


def wrong_with(item: Article | Problem) -> list[str]:
    """Say what is wrong with an article or a problem that a reader has made."""
    if isinstance(item, Problem):
        found = [f"is told as {item.reason!r}"] if DEFEATED in item.reason else []
        found += [] if item.reason.endswith(".") and is_clean(item.reason) else [f"has the reason {item.reason!r}"]
        return found + ([] if is_clean(item.member) else [f"names a member {item.member!r}"])
    shown = (item.title, item.text, item.byline, item.url, item.member, item.language)
    found = [] if all(map(is_clean, shown)) else ["lets something dangerous through"]
    if not item.title.strip() or "\n" in item.title or len(item.title) > 250:
        found.append(f"has the title {item.title[:100]!r}")
    if len(item.text) > _MOST_TEXT or not item.text.strip():
        found.append(f"has a text of {len(item.text)} characters")
    end = 0
    for block in item.blocks:
        if not end <= block.start < block.end <= len(item.text) or item.text[end : block.start].strip():
            found.append(f"has an unsound block {block}")
            break
        end = block.end
    else:
        found += ["has text in no block"] if item.text[end:].strip() else []
    return found


def forget_peak() -> None:
    """Make the kernel count the largest memory anew."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak() -> int:
    """Return the most memory since then, in bytes; 0 where the kernel does not say."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    main(sys.argv[1:])
