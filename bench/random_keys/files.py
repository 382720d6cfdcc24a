"""What happens to the library's files while it is read: they come, change, go, come back, and some want to do harm."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

_EVIL = (
    "Talks \x1b]0;forged\x07\x1b[38;2;201;7;99m\u009b2J [@click=app.quit]x[/] \u202eevil\n\n"
    "Barack Obama met Angela Merkel in Berlin. \x1b]52;c;cm0=\x07 See https://example.org/\x1b[2J too.\n"
)
_NAMES = (b"come.md", b"esc\x1b[31m\nline [@click=app.quit] \xff.txt", b"deep/er/still.txt", "日本.md".encode())


class Files:
    """A library's folder, and what it was at first."""

    def __init__(self, folder: Path, first: Path, more: list[Path]) -> None:
        """`first` has the files as they were; `more` are real articles that the library has not."""
        self._folder, self._first, self._more = folder, first, more

    def reset(self) -> None:
        """Have all files as they were at first."""
        wanted = {file.name: file for file in self._first.iterdir()}
        for found in self._folder.iterdir():
            same = found.name in wanted and found.is_file() and found.read_bytes() == wanted[found.name].read_bytes()
            if not same and found.is_dir():
                shutil.rmtree(found)
            elif not same:
                found.unlink()
        for name, file in wanted.items():
            if not (self._folder / name).exists():
                shutil.copy2(file, self._folder / name)

    def touch(self, number: int) -> None:
        """Do one thing to one of them."""
        chance = random.Random(number)
        files = sorted(one for one in self._folder.rglob("*") if one.is_file())
        file = chance.choice(files) if files else self._folder / "come.md"
        text = file.read_bytes() if files else b"A title\n\nWords.\n"
        kind = chance.random()
        if kind < 0.25:
            source = chance.choice(self._more) if self._more else file
            _put(self._folder / source.name, source.read_bytes())
        elif kind < 0.5:
            words = text.split(b" ")
            at = chance.randrange(len(words))
            words[at : at + chance.randint(0, 40)] = [b"written", b"anew"]
            _put(file, b" ".join(words), aside=chance.random() < 0.5)
        elif kind < 0.65:
            file.unlink(missing_ok=True)
        elif kind < 0.75:
            file.rename(file.with_name(f"moved-{chance.randrange(100)}.md"))
        elif kind < 0.85:
            name = os.fsdecode(os.fsencode(self._folder) + b"/" + chance.choice(_NAMES))
            _put(Path(name), _EVIL.encode())
        elif kind < 0.9:
            _put(self._folder / f"copy-{chance.randrange(100)}.md", text)
        elif kind < 0.95:
            _put(file, text[: chance.randrange(len(text) + 1)])
        else:
            source = chance.choice(sorted(self._first.iterdir()))
            _put(self._folder / source.name, source.read_bytes())


def _put(file: Path, data: bytes, *, aside: bool = False) -> None:
    """Write a file, in place or as editors do: aside, and then under its name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    written = file.with_name(".written") if aside else file
    written.write_bytes(data)
    if aside:
        written.replace(file)
