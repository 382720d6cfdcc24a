"""Where things live: XDG folders with their overrides, and names that survive storage."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from store.errors import UsageError

_ESCAPE = 0x10FF00
"""Bytes that are no UTF-8 are stored as U+10FF80..U+10FFFF: private characters that no real file name holds."""


def _folder(variable: str, fallback: str) -> Path:
    base = os.environ.get(variable, "")
    # The XDG specification says to ignore a relative path.
    root = Path(base) if base.startswith("/") else _home() / fallback
    return root / "dateline"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise UsageError(
            "This user has no home directory to keep anything in. Set HOME to a folder, or XDG_CONFIG_HOME, "
            "XDG_DATA_HOME, XDG_CACHE_HOME and XDG_STATE_HOME."
        ) from error


def config_file() -> Path:
    """Return the user's config file: `$DATELINE_CONFIG`, else `config.toml` under `$XDG_CONFIG_HOME/dateline`."""
    override = os.environ.get("DATELINE_CONFIG")
    return Path(override) if override else _folder("XDG_CONFIG_HOME", ".config") / "config.toml"


def annotations_file() -> Path:
    """Return the TinyDB file: `$DATELINE_DB`, else `annotations.json` under `$XDG_DATA_HOME/dateline`."""
    override = os.environ.get("DATELINE_DB")
    return Path(override) if override else _folder("XDG_DATA_HOME", ".local/share") / "annotations.json"


def cache_folder() -> Path:
    """Return the folder of everything derived; it may be deleted at any time."""
    return _folder("XDG_CACHE_HOME", ".cache")


def state_folder() -> Path:
    """Return the folder of logs and of where the reader was; losing it costs nothing dear."""
    return _folder("XDG_STATE_HOME", ".local/state")


def looks_file() -> Path:
    """Return the file of the looks that the user has chosen in the reader."""
    return state_folder() / "looks.json"


def last_screen_file() -> Path:
    """Return the file of the screen that the reader left last."""
    return state_folder() / "last-screen.json"


def library_name(roots: Iterable[Path]) -> str:
    """Name the library that a set of opened roots makes: stable, whatever their order."""
    joined = b"\0".join(sorted(os.fsencode(root) for root in set(roots)))
    return hashlib.sha256(joined).hexdigest()[:16]


def index_file(roots: Iterable[Path]) -> Path:
    """Return the index of the library that these roots make."""
    return cache_folder() / f"library-{library_name(roots)}.sqlite3"


def analysis_file() -> Path:
    """Return the store of recognised names that all libraries share."""
    return cache_folder() / "analysis.sqlite3"


def storable(path: str) -> str:
    """Turn a path with surrogate escapes into text that SQLite and JSON accept; `openable` turns it back."""
    if path.isascii():
        return path
    return "".join(chr(_ESCAPE + ord(c) - 0xDC00) if "\udc80" <= c <= "\udcff" else c for c in path)


def openable(text: str) -> str:
    """Turn stored text back into the path that the file system knows."""
    if text.isascii():
        return text
    return "".join(chr(0xDC00 + ord(c) - _ESCAPE) if c >= "\U0010ff80" else c for c in text)
