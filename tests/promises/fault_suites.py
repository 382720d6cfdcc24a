"""Runs a fault suite in the size that is quick enough for every change; a process of its own, since suites fork."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def run(suite: str) -> list[dict[str, Any]]:
    """Return what each part of a suite found; fails the test if one is not as promised, naming what it saw."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.faults", suite, "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=False,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    wrong = [one for one in found if not one["as_promised"]]
    assert found
    assert not wrong, "\n".join(f"{one['suite']}: {example}" for one in wrong for example in one["examples"] or [one])
    if all(one["skipped"] for one in found):
        pytest.skip(found[0]["skipped"])
    return found
