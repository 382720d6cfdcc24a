"""How an annotation file stands, for a user in trouble: only looked at, never written."""

from __future__ import annotations

from pathlib import Path

from store.annotations.backups import backups, kept_aside
from store.annotations.base_file import META
from store.annotations.journal_file import journal_path
from store.annotations.reading import read_files
from store.annotations.storage import check, differences
from store.disk.mounts import file_system, is_network
from store.errors import AnnotationsError
from store.record import Record


class State(Record):
    """What there is of an annotation file."""

    refused: str
    """Why it cannot be used, with what to do; empty when it can."""
    schema: int
    """On the disk; 0 when that cannot be told."""
    documents: dict[str, int]
    """How many each table holds."""
    pending: int
    """Changes that wait in the journal."""
    journal: int
    """Bytes of the journal."""
    warnings: tuple[str, ...]
    backups: tuple[str, ...]
    """Their days, as YYYYMMDD, oldest first."""
    aside: tuple[Path, ...]
    """Copies that were kept because something was wrong, or of an earlier schema."""
    file_system: str
    network: bool


def state_of(path: Path) -> State:
    """Look at an annotation file and what stands beside it."""
    path = path.resolve()
    refused, schema, pending = "", 0, 0
    documents: dict[str, int] = {}
    warnings: list[str] = []
    try:
        found = read_files(path)
        if found.journal is not None:
            found.journal.close()
        check(differences({}, found.tables), path)
    except AnnotationsError as error:
        refused = str(error)
    except OSError as error:
        refused = f"The journal of {path} cannot be read: {error.strerror}."
    else:
        documents = {name: len(table) for name, table in found.tables.items() if name != META}
        schema, pending, warnings = found.schema, found.pending, found.warnings
    kind = file_system(path.parent)
    journal = journal_path(path)
    return State(
        refused=refused,
        schema=schema,
        documents=documents,
        pending=pending,
        journal=journal.stat().st_size if journal.is_file() else 0,
        warnings=tuple(warnings),
        backups=tuple(day for day, _ in backups(path)),
        aside=tuple(kept_aside(path)),
        file_system=kind,
        network=is_network(kind),
    )
