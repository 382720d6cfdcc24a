"""Takes the README's picture from the real app on the samples: `python -m bench.screenshot FILE.svg`."""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZE = (120, 40)
KEYS = ("G", "enter", "w")
"""To the undated article at the list's end, into its text, to its first name."""


async def _take(file: Path, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    from store.config import Config
    from store.library import Library
    from tui.app import ReaderApp

    library = Library.open([ROOT / "seeds"], Config())
    app = ReaderApp(library, index=False)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause(0.5)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.4)
        file.write_text(app.export_screenshot(title="dateline seeds/"), encoding="utf-8")


def main() -> None:
    """Index the samples in a home of their own, tag some, and take the picture."""
    parser = argparse.ArgumentParser(prog="python -m bench.screenshot", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--size", default="120x40", help="columns and lines of the terminal (120x40)")
    parser.add_argument("--keys", nargs="*", default=KEYS, help="what is pressed before the picture is taken")
    arguments = parser.parse_args()
    columns, lines = map(int, arguments.size.split("x"))
    with tempfile.TemporaryDirectory() as home:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = home
        for name in ("DATELINE_DB", "DATELINE_CONFIG", "NO_COLOR"):
            os.environ.pop(name, None)
        for words in (
            ("index", "seeds"),
            ("tag", "-q", "kishida", "seeds", "--", "+japan", "+kuriles"),
            ("tag", "-q", "kenya", "seeds", "--", "+kenya"),
        ):
            subprocess.run([sys.executable, "-m", "tui", *words], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        asyncio.run(_take(arguments.file.absolute(), (columns, lines), tuple(arguments.keys)))


if __name__ == "__main__":
    main()
