"""The benches can begin with a library that is annotated, and look a second time at one that has not changed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import indexing, start_and_keys, subjects
from bench.annotating import annotate
from bench.make_library import write_library


def _count(library: Path, home: Path, query: str) -> int:
    command = [str(subjects.DATELINE), "list", str(library), "--query", query, "--format", "paths"]
    done = subprocess.run(command, env=subjects.environment(home), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return len(done.stdout.splitlines())


def test_so_many_articles_are_annotated_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library, home = tmp_path / "articles-30", tmp_path / "home"
    measured: list[int] = []

    def measure(*_: object, **__: object) -> dict[str, float]:
        measured.append(_count(library, home, "has:tag"))
        return dict.fromkeys(("first paint", "ready", "start cpu", "start bytes", "memory"), 1.0)

    monkeypatch.setattr(start_and_keys, "measure", measure)
    words = ["--articles", "30", "--annotated", "10", "--without-entities", "--without-peers", "--keep", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["bench", *words])
    start_and_keys.main()
    assert "30 articles, 10 of them annotated" in capsys.readouterr().out
    assert measured == [10, 10, 10]
    assert (_count(library, home, "has:note"), _count(library, home, "is:starred")) == (4, 1)
    annotate(library, home, 10)
    assert _count(library, home, "has:tag") == 10, "those that are annotated are not taken twice"
    assert _count(library, home, "has:note") == 4


def test_a_library_that_was_read_is_looked_at_a_second_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = tmp_path / "articles"
    write_library(indexing.PAGE + 10, library)
    indexing.first_reading(library, tmp_path, 1)
    assert re.search(r"; a second look, with nothing changed, \d+\.\d\d s$", capsys.readouterr().out.strip())
