"""Starts are measured in turns, so that a busy moment of the machine is everybody's."""

from __future__ import annotations

import os
from pathlib import Path

from bench.measure import measure_starts
from bench.subjects import Subject


def test_programs_start_in_turns_and_once_each_before_it_counts(tmp_path: Path) -> None:
    log = tmp_path / "log"
    subjects = [
        Subject(
            name=name,
            command=("sh", "-c", f"echo {name} >> {log}; printf 'here is {name}'; read -r _"),
            environment=dict(os.environ),
            list_shown=f"here is {name}",
            article_shown=name,
            leave=("enter",),
        )
        for name in ("one", "two")
    ]
    one, two = measure_starts(subjects, 2, 40, 12)
    assert log.read_text().split() == ["one", "two"] * 3
    for figures in (one, two):
        assert 0 < figures["first paint"] <= figures["ready"] < float("inf")
    assert one["start bytes"] == len("here is one")
