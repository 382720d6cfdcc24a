"""Where the keys are pressed: real articles with annotations, and nothing within reach that could do harm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.random_keys.annotating import OWN, annotate, change, settle
from bench.random_keys.files import Files

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
        shutil.copytree(self.base / "first-data", self.base / "data", dirs_exist_ok=True)
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
    for name, text in OWN.items():
        (base / "first" / name).write_text(text, encoding="utf-8")
    shutil.copytree(base / "first", stage.articles, dirs_exist_ok=True)
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
    annotate(stage.articles, stage.file)
    for changed in change(base / "first"):
        shutil.copy2(changed, stage.articles)
    settle(stage.articles, stage.file)
    shutil.copytree(base / "data", base / "first-data")
    shutil.copytree(base / "cache", base / "first-cache")
    return stage
