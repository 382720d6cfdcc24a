"""The bench beside other programs has a figure for each of its lines, of Dateline and of each program that is here."""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench import subjects
from bench.make_library import samples
from bench.peers.__main__ import LEAST, run
from bench.peers.looking import Row, Sight
from bench.peers.programs import PEERS, dateline, installed
from bench.peers.report import missing, report

HERE = installed()


def test_a_list_is_told_from_its_titles_wherever_they_are_cut(tmp_path: Path) -> None:
    articles = list(samples(60))
    sight = Sight(dateline(tmp_path, tmp_path), articles)

    def shown(*ranks: int) -> list[Row]:
        return [Row(line, articles[rank].title[:20], False) for line, rank in enumerate(ranks)]

    assert sight.top(shown(*range(7, 37)), 0, 59) == 7
    assert sight.top(shown(*range(7, 36), 37), 0, 59) is None, "a gap"
    assert sight.top(shown(*range(10)), 0, 59) is None, "too few to be a whole list"
    assert sight.lists(shown(3, 9, 12), [3, 9, 12])
    assert not sight.lists(shown(3, 9), [3, 9, 12]), "one is missing"
    assert not sight.lists(shown(3, 9, 12), [3, 9]), "one too many"


@pytest.mark.skipif("newsboat" not in HERE, reason="needs newsboat installed")
def test_articles_that_were_fetched_for_another_number_are_not_taken(tmp_path: Path) -> None:
    for count in (3, 5, 3):
        assert subjects.newsboat(count, tmp_path) is not None
        with closing(sqlite3.connect(subjects.newsboat_cache(count, tmp_path))) as cache:
            assert cache.execute("SELECT count(*) FROM rss_item").fetchone() == (count,)


@pytest.mark.skipif(not HERE, reason=f"needs {', '.join(PEERS[:-1])} or {PEERS[-1]} installed")
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("version")
def test_each_line_has_a_figure(tmp_path: Path) -> None:
    figures = run(tmp_path, LEAST, runs=0, keys=2, rounds=1, pace=1.0)
    assert list(figures) == ["Dateline", *HERE]
    assert missing(figures) == []
    for its in figures.values():
        assert its["start to list"] <= its["start to text"]
        assert all(math.isfinite(value) for value in its.values())
    lines = list(report(figures))
    assert all(f"beside {name}:" in "\n".join(lines) for name in HERE)
