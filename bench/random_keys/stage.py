"""Where the keys are pressed: real articles with annotations, and nothing within reach that could do harm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.random_keys.files import Files
from store.annotations.tables import AnnotationDB
from store.article import EntityKey
from store.config import Config
from store.library import (
    AssignDigit,
    Library,
    Read,
    SaveNote,
    SaveSearch,
    Star,
    Tag,
    TagEntity,
    make_anchor,
)

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "articles" / "18f"
"""Real articles beside the checkout; without them it is the samples."""

_PROGRAMS = ("cat", "wc", "sort", "head", "true", "false")
_EDITOR = """#!/bin/sh
printf ' edited' >> "$1"
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """The folders of a run."""

    base: Path

    @property
    def articles(self) -> Path:
        """The library's folder."""
        return self.base / "articles"

    @property
    def file(self) -> Path:
        """The annotation file."""
        return self.base / "data" / "dateline" / "annotations.json"

    @property
    def record(self) -> Path:
        """What counted as saved."""
        return self.base / "record"

    def inside(self, number: int) -> Path:
        """Return the folder of what one of the sessions tells of itself."""
        return self.base / f"session-{number}"

    def environment(self) -> dict[str, str]:
        """Return an environment in which a wrong key can do nothing outside of the stage."""
        kept = {key: os.environ[key] for key in ("LANG", "TMPDIR") if key in os.environ}
        programs = str(self.base / "bin")
        return kept | {
            "PATH": programs, "EDITOR": "editor", "VISUAL": "editor", "PAGER": "cat", "BROWSER": "true",
            "SHELL": "/bin/sh",
            "HOME": str(self.base / "home"), "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8",
            "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
        } | self.folders()  # fmt: skip

    def folders(self) -> dict[str, str]:
        """Return the variables that say where things are."""
        return {f"XDG_{name.upper()}_HOME": str(self.base / name) for name in ("config", "data", "cache", "state")}

    @property
    def files(self) -> Files:
        """What may happen to the articles."""
        return Files(self.articles, self.base / "first", sorted((self.base / "more").iterdir()))

    def reset(self) -> None:
        """Have articles, their index, annotations and state as at the beginning, and nothing recorded."""
        for name in ("data", "state", "home", "session-0", "session-1"):
            shutil.rmtree(self.base / name, ignore_errors=True)
            (self.base / name).mkdir()
        self.files.reset()
        # Or files that are as at first again are edited ones, which annotations follow.
        shutil.rmtree(self.base / "cache")
        shutil.copytree(self.base / "first-cache", self.base / "cache")
        self.file.parent.mkdir(parents=True)
        shutil.copy(self.base / "first.json", self.file)
        self.record.write_bytes(b"")


def prepare(base: Path, source: Path, most: int, *, names: bool = True) -> Stage:
    """Copy at most so many articles into a new stage, index and annotate them; one that is there is used again."""
    stage = Stage(base)
    if (base / "first-cache").exists():
        return stage
    for name in ("articles", "first", "more", "config", "data", "cache", "state", "home", "bin"):
        (base / name).mkdir(parents=True, exist_ok=True)
    found = sorted(source.iterdir())
    most = min(most, len(found) * 9 // 10)
    for file in found[:most]:
        shutil.copy2(file, base / "first")
        shutil.copy2(file, stage.articles)
    for file in found[most:]:
        shutil.copy2(file, base / "more")
    for name in _PROGRAMS:
        if (there := shutil.which(name)) is not None:
            (base / "bin" / name).symlink_to(there)
    editor = base / "bin" / "editor"
    editor.write_text(_EDITOR)
    editor.chmod(0o755)
    os.environ.update(stage.folders())
    if names:
        subprocess.run([sys.executable, "-m", "tui", "index", stage.articles], cwd=ROOT, check=True)
    _annotate(stage)
    shutil.copytree(base / "cache", base / "first-cache")
    return stage


def _annotate(stage: Stage) -> None:
    """Tag, note, star and decide what the keys will then change."""
    with Library.open([stage.articles], Config(), annotations=stage.file) as library:
        library.bring_up_to_date()
        library.load_annotations().result()
        rows = library.first_page()
        tags = ("japan", "agile", "open/source", "kept", "to-check")
        for number, row in enumerate(rows[:120]):
            target = library.target(row.key)
            library.change(Tag((target,), add=(tags[number % 5], tags[number % 3]))).result()
            if number % 4 == 0:
                library.change(Star((target,), True)).result()
            if number % 5 == 0:
                library.change(Read((target,), True)).result()
            stored = library.article(row.key)
            if number % 3 == 0 and stored is not None:
                text = stored.article.text
                anchor = make_anchor(text, min(40, len(text) // 2), min(140, len(text))) if number % 2 else None
                library.change(
                    SaveNote(target, f"Note {number}\n\n- one", anchor=anchor, tags=(tags[number % 5],))
                ).result()
        for digit, tag in enumerate(tags[:2], 1):
            library.change(AssignDigit(digit, tag)).result()
        library.change(SaveSearch("saved", "tag:kept", pinned=True)).result()
        library.change(TagEntity(EntityKey("place:japan"), "Japan", "place", ("kept",))).result()
    # The steps of the making are not what is to be undone.
    database = AnnotationDB(stage.file)
    database.drop_table("undo")
    database.storage.fold()
    database.close()
    shutil.copy(stage.file, stage.base / "first.json")
