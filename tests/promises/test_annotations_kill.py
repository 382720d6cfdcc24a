"""What was acknowledged is there after kill -9, with one session or several; and the check would notice if not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.annotations.records import Target
from store.annotations.store import AnnotationStore
from store.article import text_hash

ROOT = Path(__file__).parents[2]
SHARED = Target(text_hash("shared"), "Shared")

TAGGING = """
import sys
from pathlib import Path
from store.annotations.records import Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash
file, name, count = sys.argv[1:]
store = AnnotationStore(Path(file), timeout=60)
sys.stdin.readline()
for number in range(int(count)):
    if number % 5 == 4:
        store.apply(Tag((Target(text_hash(f"{name} {number}"), "New"),), ("new",)))
    else:
        store.apply(Tag((Target(text_hash("shared"), "Shared"),), (f"{name}-{number}",)))
"""


@pytest.fixture
def path() -> Iterator[Path]:
    """Return a file where writing is quick: a kill loses nothing that a system call has taken, on any disk."""
    quick = Path("/dev/shm")
    folder = tempfile.mkdtemp(dir=quick if os.access(quick, os.W_OK) else None)
    yield Path(folder) / "annotations.json"
    shutil.rmtree(folder)


def run(path: Path, sessions: int, rounds: int, how: str = "ours") -> dict[str, int]:
    script = Path(__file__).with_name("annotation_sessions.py")
    done = subprocess.run(
        [sys.executable, str(script), str(path), str(sessions), str(rounds), "7", how],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


def judge(found: dict[str, int], kills: int) -> None:
    assert found["kills"] == kills
    assert found["lost"] == found["unparseable"] == 0
    assert found["acknowledged"] > kills / 4


def test_nothing_acknowledged_is_lost_to_kills(path: Path) -> None:
    judge(run(path, 1, 60), 60)


def test_nothing_acknowledged_is_lost_to_kills_of_three_sessions_at_once(path: Path) -> None:
    judge(run(path, 3, 12), 36)


def test_the_same_check_finds_what_writing_in_place_loses(path: Path) -> None:
    found = run(path, 1, 60, "in place")
    assert found["lost"] + found["unparseable"] > 0


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif("DATELINE_FULL" not in os.environ, reason="the full form runs with DATELINE_FULL set")
def test_nothing_acknowledged_is_lost_to_a_thousand_kills(path: Path) -> None:
    judge(run(path, 1, 1000), 1000)
    judge(run(path.with_name("three.json"), 3, 170), 510)


def test_two_sessions_writing_at_once_lose_nothing_and_refuse_nothing(path: Path) -> None:
    count = 60
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", TAGGING, str(path), name, str(count)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
        )
        for name in ("one", "two")
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.close()
    assert [writer.wait(60) for writer in writers] == [0, 0]
    store = AnnotationStore(path)
    expected = {f"{name}-{number}" for name in ("one", "two") for number in range(count) if number % 5 != 4}
    assert set(store.marks(SHARED).tags) == expected
    new = [Target(text_hash(f"{name} {n}")) for name in ("one", "two") for n in range(4, count, 5)]
    assert all(store.marks(target).tags == ("new",) for target in new)
    assert len(store.history()) == 2 * count
