"""How far indexing has come is told as a bar on a terminal, and as a line now and then elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.library import Progress
from tests.tui.cli.conftest import Dateline
from tui.cli import progress
from tui.cli.output import Output
from tui.cli.progress import ProgressLine, sentence
from tui.render.duration import duration


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (Progress("scan", 4200, 0), "looking at files: 4,200"),
        (Progress("read", 5000, 100_000, 412.3, 230.0), "reading 5,000 of 100,000 (5%), 412 a second, 4 min left"),
        (Progress("analyse", 3, 10, 0.4, 20.0), "finding names 3 of 10 (30%), 20 s left"),
        (Progress("analyse", 10, 10), "finding names 10 of 10 (100%)"),
    ],
)
def test_a_line_says_how_much_how_fast_and_how_long(message: Progress, said: str) -> None:
    assert sentence(message) == said


def test_a_bar_is_drawn_on_a_terminal() -> None:
    assert sentence(Progress("read", 50, 100), bar=True) == "reading [##########          ] 50 of 100 (50%)"


def test_where_no_terminal_is_there_are_lines_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    with ProgressLine(Output(), lines=True) as line:
        for done in range(100):
            now[0] += 0.5
            line(Progress("read", done, 100))
    said = capsys.readouterr().err.splitlines()
    assert said == [f"reading {done} of 100 ({done}%)" for done in (19, 39, 59, 79, 99)]


def test_estimates_are_no_more_exact_than_they_are() -> None:
    assert [duration(seconds) for seconds in (0.2, 45, 100, 3000, 9000)] == ["1 s", "45 s", "2 min", "50 min", "2.5 h"]


def test_a_pipeline_that_is_not_there_is_told_in_words_and_by_the_exit_code(dateline: Dateline, articles: Path) -> None:
    ran = dateline("index", articles, "--model", "/nowhere")
    assert ran.code == 3
    assert "\ndateline: /nowhere: there is no such folder" in ran.talk and "  : " not in ran.talk
