"""What is installed, where things are and what is wrong with them: facts for a user in trouble, never article text."""

from __future__ import annotations

import importlib.metadata
import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from store import paths
from store.catalog.schema import INDEX_VERSION
from store.catalog.waiting import LanguageCount
from store.config import Config
from store.errors import DatelineError
from store.record import Record

_PACKAGES = ("dateline", "textual", "rich", "spacy", "tinydb", "orjson", "trafilatura", "chardet", "markdown-it-py")


class Finding(Record):
    """One line of what was found out."""

    name: str
    value: str
    wrong: str = ""
    """What is wrong with it and what to do, as a sentence; empty when it is as it should be."""


def installed() -> list[Finding]:
    """Return the versions of what is installed."""
    found = [Finding("python", sys.version.split()[0]), Finding("sqlite", sqlite3.sqlite_version)]
    for package in _PACKAGES:
        try:
            found.append(Finding(package, importlib.metadata.version(package)))
        except importlib.metadata.PackageNotFoundError:
            wrong = "" if package == "dateline" else f"It is not installed. Run: pip install {package}"
            found.append(Finding(package, "runs from its source" if package == "dateline" else "missing", wrong))
    return found


def pipeline(config: Config) -> Finding:
    """Return the pipeline that finds the names, in English and where a language is not clear; nothing is loaded."""
    from store.entities.choice import NO_PIPELINE_AT_ALL, Choice

    try:
        found = Choice(config.model, config.models).pipeline("")
    except DatelineError as error:
        return Finding("pipeline", config.model or "none", str(error))
    if found is None:
        return Finding("pipeline", "none", NO_PIPELINE_AT_ALL)
    return Finding("pipeline", f"{found.name} {found.version} in {found.folder}")


def languages(config: Config, counts: Sequence[LanguageCount]) -> list[Finding]:
    """Return the languages of a library with their articles and the pipeline of each; `wrong` is what would bring one.

    A language that no pipeline reads is no mistake: its texts are shown without names.
    """
    from store.entities.choice import Choice, how_to_read, why_not
    from store.entities.language_names import language_name

    try:
        choice = Choice(config.model, config.models)
    except DatelineError:
        return []
    found = []
    for one in counts:
        name = language_name(one.language) or "not clear"
        number = f"{one.articles:,} article{'' if one.articles == 1 else 's'}"
        pipeline = choice.pipeline(one.language)
        if pipeline is not None:
            which = str(pipeline.folder) if pipeline.name == "folder" else f"{pipeline.name} {pipeline.version}"
            found.append(Finding(name, f"{number}, {which}"))
        else:
            advice = why_not(one.language) or how_to_read(one.language)
            found.append(Finding(name, f"{number}, no names: no pipeline reads this language", advice))
    return found


def places(config: Config, annotations: Path) -> list[Finding]:
    """Return where things live, and whether they can be read and written."""
    found = [
        _file("config", paths.config_file(), needed=False),
        _file("annotations", annotations, needed=True),
        _folder("cache", paths.cache_folder()),
        _file("analysis", paths.analysis_file(), needed=False),
        _folder("state", paths.state_folder()),
    ]
    if config.names is not None:
        missing = "" if config.names.is_file() else "The config names it, and it is not there."
        found.append(Finding("own names", str(config.names), missing))
    return found


def watching(roots: Sequence[Path]) -> Finding:
    """Return how changes in a library's folders are noticed; they are watched for a moment to find out."""
    from store.indexer.watch import try_to_watch

    reason = try_to_watch([str(root) for root in roots])
    return Finding("new files", "looked for now and then" if reason else "show by themselves, as they come", reason)


def index(file: Path) -> Finding:
    """Return the state of a library's index."""
    if not file.exists():
        return Finding("index", f"{file} (not made yet)")
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        return Finding("index", str(file), f"It cannot be read ({error}). Delete it; nothing of yours is in it.")
    other = f"Another version of Dateline made it ({version}, not {INDEX_VERSION}); it is built anew when needed."
    return Finding("index", f"{file} ({_size(file)})", "" if version == INDEX_VERSION else other)


def _file(name: str, file: Path, *, needed: bool) -> Finding:
    if not file.exists():
        return Finding(name, f"{file} (not made yet)", _unwritable(file.parent) if needed else "")
    if not os.access(file, os.R_OK):
        return Finding(name, str(file), "It cannot be read.")
    wrong = "" if not needed or os.access(file, os.W_OK) else "It cannot be written."
    return Finding(name, f"{file} ({_size(file)})", wrong or (_unwritable(file.parent) if needed else ""))


def _folder(name: str, folder: Path) -> Finding:
    return Finding(name, str(folder), _unwritable(folder))


def _unwritable(folder: Path) -> str:
    """Return what is wrong with a folder; of one that is not there yet, with the one it will be made in."""
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if os.access(there, os.W_OK | os.X_OK):
        return ""
    return f"Its folder {there} cannot be written."


def _size(file: Path) -> str:
    return size(file.stat().st_size)


def size(count: float) -> str:
    """Write a number of bytes for people."""
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"
