"""What was copied where no terminal takes it: a private file, each copy in the place of the one before."""

from __future__ import annotations

from pathlib import Path

from store import paths
from store.errors import NotSaved


def keep_copy(text: str) -> Path:
    """Write a copy for its owner alone, and return where it is.

    Raises:
        NotSaved: the disk refused.
    """
    from store.disk import atomic

    file = paths.state_folder() / "clipboard.txt"
    try:
        atomic.make_folder(file.parent)
        atomic.replace(file, text.encode("utf-8", "replace"))
    except OSError as error:
        raise NotSaved(f"not copied: {file} could not be written ({error.strerror}).") from error
    return file
