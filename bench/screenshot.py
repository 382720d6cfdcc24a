"""Takes the README's picture from the real app on the samples: `python -m bench.screenshot FILE.svg`."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZE = (120, 40)
KEYS = ("G", "k", "1", *"japan", "enter", "3", *"kuriles", "enter", "enter", "] p")
"""To the undated articles at the list's end, two tags on numbers, into the text, to the first person."""


async def _take(file: Path, size: tuple[int, int], keys: tuple[str, ...], theme: str) -> None:
    from store.config import Config
    from store.library import Library
    from tui.app import ReaderApp

    library = Library.open([ROOT / "seeds"], Config(theme=theme))
    app = ReaderApp(library, index=False)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause(0.5)
        for key in keys:
            await pilot.press(*key.split())
            await pilot.pause(0.3)
        svg = app.export_screenshot(title="dateline seeds/")
        # Looking at the picture fetches no fonts from anywhere.
        file.write_text(re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL), encoding="utf-8")


def main() -> None:
    """Index the samples in a home of their own, tag some, and take the picture."""
    parser = argparse.ArgumentParser(prog="python -m bench.screenshot", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--size", default="120x40", help="columns and lines of the terminal (120x40)")
    parser.add_argument("--keys", nargs="*", default=KEYS, help="what is pressed before the picture is taken")
    parser.add_argument("--theme", default="dark", help="in which theme (dark)")
    arguments = parser.parse_args()
    columns, lines = map(int, arguments.size.split("x"))
    with tempfile.TemporaryDirectory() as home:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = home
        for name in ("DATELINE_DB", "DATELINE_CONFIG", "NO_COLOR"):
            os.environ.pop(name, None)
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        for words in (
            ("index", "seeds"),
            ("tag", "-q", "title:kuriles OR title:nemuro", "seeds", "--", "+kuriles"),
            ("tag", "-q", "title:tokyo title:cairo OR title:nemuro", "seeds", "--", "+japan"),
            (
                "note",
                "seeds/000_9df55ca59aaa8a9a.txt",
                "--text",
                "Check the sanction list with Anna.",
                "--quote",
                "Long strained over the island dispute, Japan-Russia ties worsened in 2014 after Moscow seized Crimea "
                "and supported separatists in eastern Ukraine, and Japan joined Western nations in imposing sanctions "
                "in response.",
            ),
        ):
            subprocess.run([sys.executable, "-m", "tui", *words], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        asyncio.run(_take(arguments.file.absolute(), (columns, lines), tuple(arguments.keys), arguments.theme))


if __name__ == "__main__":
    main()
