"""Damaged files of all formats become articles or sentences; `python -m bench.formats --full` reads ten thousand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.formats import suite
from bench.formats.mutations import mutant
from bench.formats.samples import FIXTURES, samples
from bench.formats.suite import run
from bench.formats.worker import wrong_with
from store.article import Article, Block, BlockKind, Problem
from store.formats.table import FORMATS

FAULTY = """
import os, sys
import bench.formats.worker as worker
read_well = worker.read

def read(stream, path):
    number = read.number
    if number == 1: raise KeyError("one")
    if number == 2: os.kill(os.getpid(), 9)
    if number == 3:
        while True: pass
    yield from read_well(stream, path)

def judged(seed, of):
    read.number = seed
    return judge(seed, of)

worker.read, judge, worker.judged = read, worker.judged, judged
worker.main(sys.argv[1:])
"""


@pytest.mark.timeout(300)
def test_a_few_hundred_damaged_files_bring_no_reader_down() -> None:
    report = run(range(400))
    assert report.bad == []
    assert report.outcomes["articles"] > 50
    assert report.outcomes["problems"] > 50


def test_there_is_a_sample_of_every_format() -> None:
    found = {suffix for path in FIXTURES.iterdir() for suffix in path.suffixes[-1:]}
    for format in FORMATS:
        assert found & set(format.suffixes.split()), f"{format.name} has no file in {FIXTURES}"


def test_the_same_number_makes_the_same_file() -> None:
    of = samples([FIXTURES])
    for seed in range(100):
        assert mutant(seed, of) == mutant(seed, of)
    assert len({mutant(seed, of) for seed in range(100)}) > 90


def test_the_suite_sees_exceptions_deaths_and_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suite that finds nothing wrong with these readers is blind."""
    script = tmp_path / "faulty.py"
    script.write_text(FAULTY)
    monkeypatch.setenv("PYTHONPATH", str(suite.ROOT))
    monkeypatch.setattr(suite, "SLOW", 0.25)
    report = run(range(5), [FIXTURES], (sys.executable, str(script)))
    assert report.files == 5
    one, two, three = (line for line in report.bad if "takes" not in line)
    assert one.startswith("file 1 ") and one.endswith("raises KeyError: 'one'")
    assert (two, three) == ("file 2 ends its reader with -9", "file 3 never ends")


def test_the_suite_sees_what_is_wrong_with_an_article_or_a_problem() -> None:
    good = Article("T", "One two", (Block(BlockKind.PARAGRAPH, 0, 3), Block(BlockKind.PARAGRAPH, 4, 7)))
    assert wrong_with(good) == wrong_with(Problem("/x", "read", "It is broken.", "m")) == []
    for wrong in (
        Article("", "One", (Block(BlockKind.PARAGRAPH, 0, 3),)),
        Article("T", "\x1b[2J", (Block(BlockKind.PARAGRAPH, 0, 4),)),
        Article("T", "One two", (Block(BlockKind.PARAGRAPH, 0, 3),)),
        Article("T", "One two", (Block(BlockKind.PARAGRAPH, 0, 3), Block(BlockKind.PARAGRAPH, 2, 7))),
        Article("T", "One", (Block(BlockKind.PARAGRAPH, 0, 9),)),
        Article("T", "One", (Block(BlockKind.PARAGRAPH, 0, 3),), member="\x9b"),
        Problem("/x", "read", "It defeats its reader (KeyError); please report it."),
        Problem("/x", "read", "no sentence"),
        Problem("/x", "read", "Fine.", "\x1b"),
    ):
        assert wrong_with(wrong), wrong
