"""Takes the README's pictures from the real app on the samples: `python -m bench.screenshot .github`."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_ARTICLE = "seeds/000_9df55ca59aaa8a9a.txt"
_READER = ("G", "k", "1", *"japan", "enter", "3", *"kuriles", "enter", "enter", "] p")
"""To the undated articles at the list's end, two tags on numbers, into the text, to the first person."""
_PREPARED = (
    ("index", "seeds"),
    ("tag", "-q", "title:kuriles OR title:nemuro", "seeds", "--", "+kuriles"),
    ("tag", "-q", "title:tokyo title:cairo OR title:nemuro", "seeds", "--", "+japan"),
    ("note", "seeds/nemuro-crab.html", "--tag", "verify", "--text", "Who counts the crabs? Ask the cooperative.",
     "--quote", "the animal that pays for most things here"),
    ("note", "seeds/nairobi-court-eviction.txt", "--text", "Due within **sixty days**: look again in January."),
    ("note", _ARTICLE, "--text", "Check the sanction list with Anna.", "--quote",
     "Long strained over the island dispute, Japan-Russia ties worsened in 2014 after Moscow seized Crimea "
     "and supported separatists in eastern Ukraine, and Japan joined Western nations in imposing sanctions "
     "in response."),
)  # fmt: skip
_MOMENT, _WRITTEN = re.compile(r"(?<=ed\": \")20\d\d-[^\"]+"), "2024-11-25T09:30:00+00:00"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: how large, and what is pressed before it is taken."""

    name: str
    size: tuple[int, int]
    keys: Sequence[str]
    theme: str = "dark"


PICTURES = (
    Picture("screenshot", (120, 40), _READER),
    Picture("name-page", (110, 30), (*_READER, "enter")),
    Picture("map", (110, 30), ("g m",)),
    Picture("notes", (110, 30), ("B",), "light"),
    Picture("small", (60, 20), (*_READER[:2], "enter", "] p")),
)


def main() -> None:
    """Index the samples in a home of their own, tag and note some, and take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m bench.screenshot", description=__doc__)
    parser.add_argument("place", type=Path, help="the folder of the pictures, or a file for one of your own")
    parser.add_argument("--size", default="120x40", help="for a file: columns and lines of the terminal (120x40)")
    parser.add_argument("--keys", nargs="*", default=_READER, help="for a file: what is pressed before it is taken")
    parser.add_argument("--theme", default="dark", help="for a file: the theme (dark)")
    arguments = parser.parse_args()
    place = arguments.place.absolute()
    columns, lines = map(int, arguments.size.split("x"))
    own = (Picture(place.stem, (columns, lines), arguments.keys, arguments.theme),)
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder, "prepared")
        _prepare(prepared)
        for picture in PICTURES if place.is_dir() else own:
            # Each begins in a home of its own, so that no picture depends on the one before.
            home = Path(shutil.copytree(prepared, Path(folder, picture.name)))
            _move_into(home)
            file = place / f"{picture.name}.svg" if place.is_dir() else place
            file.write_text(asyncio.run(_take(picture)), encoding="utf-8")


def _move_into(home: Path) -> None:
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home)


def _prepare(home: Path) -> None:
    home.mkdir()
    _move_into(home)
    for name in ("DATELINE_DB", "DATELINE_CONFIG", "NO_COLOR", "SSH_CONNECTION", "TMUX", "STY"):
        os.environ.pop(name, None)
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}
    kept, annotations = home / "kept.jsonl", home / "dateline" / "annotations.json"
    for words in (*_PREPARED, ("export", "-o", str(kept))):
        _dateline(*words)
    # Brought in again as if they had been written on that day, so that pictures are the same whenever they are taken.
    kept.write_text(_MOMENT.sub(_WRITTEN, kept.read_text(encoding="utf-8")), encoding="utf-8")
    for file in annotations.parent.glob(f"{annotations.name}*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    _dateline("import", str(kept))


def _dateline(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "tui", *words], cwd=ROOT, check=True, capture_output=True)


async def _take(picture: Picture) -> str:
    from store.config import Config
    from store.library import Library
    from tui.app import ReaderApp

    library = Library.open([ROOT / "seeds"], Config(theme=picture.theme))
    app = ReaderApp(library, index=False)
    async with app.run_test(size=picture.size, notifications=True) as pilot:
        await _settled(app, pilot)
        for key in picture.keys:
            await pilot.press(*key.split())
            await _settled(app, pilot)
        svg = app.export_screenshot(title="dateline seeds/")
    # Looking at the picture fetches no fonts from anywhere, and it tells nobody where it was taken.
    elsewhere = re.compile(re.escape(f"{ROOT}/") + r"([^\s&<]*)")
    svg = elsewhere.sub(lambda found: f"~/{found[1]}{'&#160;' * (len(str(ROOT)) - 1)}", svg)
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)


async def _settled(app: Any, pilot: Any) -> None:
    """Wait until what is shown has stayed the same for a moment."""
    before = ""
    for _ in range(20):
        await pilot.pause(0.25)
        now = app.export_screenshot()
        if now == before:
            return
        before = now


if __name__ == "__main__":
    main()
