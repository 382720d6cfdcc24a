"""The annotation file as `dateline doctor` tells of it, and how it mends it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.library.examine import Finding, size

if TYPE_CHECKING:
    from store.annotations.state import State


def standing(file: Path) -> list[Finding]:
    """Return how the annotation file stands; it is only looked at."""
    from store.annotations.state import state_of

    found = state_of(file)
    if found.refused:
        return [Finding("state", "it cannot be used", found.refused), *_beside(found)]
    held = ", ".join(f"{count:,} {name}" for name, count in found.documents.items()) or "nothing yet"
    return [
        Finding("holds", f"{held} (schema {found.schema})", " ".join(found.warnings)),
        Finding("journal", _journal(found)),
        *_beside(found),
    ]


def _journal(found: State) -> str:
    if not found.journal:
        return "none yet"
    if not found.pending:
        return "nothing waits in it"
    waits = "1 change waits" if found.pending == 1 else f"{found.pending:,} changes wait"
    return f"{waits} to be written into the plain file ({size(found.journal)})"


def _beside(found: State) -> list[Finding]:
    days = [datetime.strptime(day, "%Y%m%d") for day in found.backups if _is_day(day)]
    told = f"{len(days)}, from {days[0]:%d %b %Y} to {days[-1]:%d %b %Y}" if days else "none yet"
    findings = [Finding("backups", told)]
    findings += [Finding("kept aside", str(one)) for one in found.aside]
    if found.file_system:
        shared = "; it lies on a network: one machine at a time may write" if found.network else ""
        findings.append(Finding("file system", f"{found.file_system}{shared}"))
    return findings


def _is_day(day: str) -> bool:
    try:
        datetime.strptime(day, "%Y%m%d")
    except ValueError:
        return False
    return True


def mend(file: Path) -> list[str]:
    """Make an annotation file usable that was refused; returns what was done, in sentences.

    What was there is kept beside it. Raises AnnotationsError where that is not possible, having changed nothing.
    """
    from store.annotations.repair import repair

    return repair(file)
