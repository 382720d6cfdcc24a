"""Runs the real command in this process, in the test's own home, and catches the bytes it writes."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui.__main__ import main

SEEDS = Path(__file__).parents[3] / "seeds"


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    data: bytes
    talk: str

    @property
    def out(self) -> str:
        return self.data.decode()

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Dateline = Callable[..., Ran]


@pytest.fixture
def dateline(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Dateline:
    """Return a function that runs `dateline` with some words."""

    def run(*words: str | Path, stdin: str = "") -> Ran:
        capfdbinary.readouterr()
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = main([str(word) for word in words])
        out, err = capfdbinary.readouterr()
        return Ran(code, out, err.decode())

    return run


@pytest.fixture(scope="session")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a copy of the sample articles, and a cache where their names are known."""
    base = tmp_path_factory.mktemp("analysed")
    folder = Path(shutil.copytree(SEEDS, base / "seeds"))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(base / name.lower()))
        assert main(["index", str(folder)]) == 0
    return folder, base / "cache"


@pytest.fixture
def seeds(analysed: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of sample articles, analysed."""
    folder, cache = analysed
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder of three short articles, which no test has indexed."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in {
        "ferry.txt": "Ferry strike in Orkney\n\n2024-11-23\n\nThe strike began in Kirkwall on Friday.\n",
        "court.txt": "Court halts eviction\n\nA court in Nairobi halted the eviction of families.\n",
        "formula.txt": '=HYPERLINK("http://example.invalid")\n\nA headline that a spreadsheet would run.\n',
    }.items():
        (folder / name).write_text(text)
    return folder
