"""Whatever keys are pressed, in whatever window, nothing breaks, nothing is lost, nothing foreign is sent out.

`python -m bench.random_keys --keys 100000` is the full form, on real articles.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(600)
def test_random_keys_break_and_lose_nothing(tmp_path: Path) -> None:
    options = ("--source", "seeds", "--keys", "1500", "--session", "500", "--seed", "7", "--stage", tmp_path / "stage")
    done = subprocess.run(
        [sys.executable, "-m", "bench.random_keys", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
