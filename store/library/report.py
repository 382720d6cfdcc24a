"""Facts for a report of a bug that its reader may publish: versions, sizes and counts; no text, name or path."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from store import paths
from store.config import Config
from store.entities.language_names import language_name
from store.errors import DatelineError
from store.indexer import spawning
from store.library.examine import size
from store.library.library import Library
from store.library.log_lines import error_lines

Fact = tuple[str, str]
"""What it is about, and what is so."""

EXTRAS = {"pdf": "pypdf", "docx": "docx", "serve": "textual_serve"}
"""Each extra with the package that shows it is there."""
_LOG = 200_000
"""Characters at the end of the log that are looked at."""


def system() -> list[Fact]:
    """Return what the machine runs on."""
    kind = f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count() or '?'} processors"
    extras = ", ".join(f"{name} {'yes' if find_spec(package) else 'no'}" for name, package in EXTRAS.items())
    return [("system", kind), ("extras", extras), ("pipelines", ", ".join(_pipelines()) or "none")]


def _pipelines() -> list[str]:
    from store.entities.pipelines import KNOWN, find_pipeline, is_present

    found = []
    for name in sorted(filter(is_present, KNOWN)):
        try:
            found.append(f"{name} {find_pipeline(name).version}")
        except DatelineError:
            found.append(f"{name} (refused)")
    return found


def settings(config: Config) -> str:
    """Return which settings differ from the defaults, without their values."""
    default = Config()
    return ", ".join(one for one in config.__struct_fields__ if getattr(config, one) != getattr(default, one))


def library(opened: Library) -> list[Fact]:
    """Return the sizes and counts of a library."""
    from store.disk.mounts import on_network

    counts = opened.counts()
    places = ["network" if on_network(root) else "local" for root in opened.roots]
    stages = Counter(one.stage for one in opened.problems())
    told = ", ".join(f"{stage} {n:,}" for stage, n in sorted(stages.items()))
    known = [one for one in opened.languages() if _known(one.language)]
    languages = [f"{one.language or 'not clear'} {one.articles:,}" for one in known]
    return [
        ("folders", ", ".join(f"{n} {kind}" for kind, n in Counter(places).items()) or "none"),
        ("articles", f"{counts.articles:,}, names looked for in {counts.analysed:,}"),
        ("languages", ", ".join(languages) or "none"),
        ("not shown", f"{sum(stages.values()):,}{f' ({told})' if told else ''}"),
        ("index", f"{_size(opened.index_file)}, names of all libraries {_size(paths.analysis_file())}"),
    ]


def _known(language: str) -> bool:
    """Tell whether it is a language's code, since a file may say anything."""
    return not language or bool(language_name(language))


def annotated(opened: Library) -> list[Fact]:
    """Return the sizes and counts of the annotation file, or of what kind its trouble is."""
    from store.disk.mounts import on_network

    file = opened.annotations_file
    journal = file.with_name(f"{file.name}.journal")
    where = "on a network" if on_network(file.parent) else "local"
    facts = [("file", f"{_size(file)}, journal {_size(journal)}, {where}")]
    try:
        opened.load_annotations().result()
    except DatelineError as error:
        return [*facts, ("refused", type(error).__name__)]
    notes = [note for _, note in opened.all_notes()]
    lost = sum(1 for note in notes if note.lost)
    facts.append(("notes", f"{len(notes):,}, {lost:,} without a place"))
    facts.append(("tags", f"{len(opened.tags()):,}, searches {len(opened.searches()):,}"))
    facts.append(("names", f"{len(opened.corrections()):,} corrections, {len(opened.entity_decisions()):,} decisions"))
    facts.append(("undo list", f"{len(opened.history()):,} steps"))
    trouble = [*(["read only"] if opened.read_only else []), *(["warnings"] if opened.warnings else [])]
    return [*facts, ("trouble", ", ".join(trouble) or "none")]


def log() -> Sequence[str]:
    """Return what the indexer's log tells of mistakes, without what they were about."""
    try:
        text = spawning.log_file().read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    return error_lines(text[-_LOG:])


def _size(file: Path) -> str:
    try:
        return size(file.stat().st_size)
    except OSError:
        return "not there"
