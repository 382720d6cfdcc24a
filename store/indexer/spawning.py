"""How an indexer process is started: its command, its environment, its log."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import store
from store.paths import state_folder

COMMAND = (sys.executable, "-P", "-m", "store.indexer")
"""-P: a file in the working folder must never be taken for a module."""
LARGEST_LOG = 1_000_000
_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


def same_again() -> tuple[str, ...]:
    """Return the command of this very process."""
    return (sys.executable, *sys.orig_argv[1:])


def environment() -> dict[str, str]:
    """Return the child's environment: this one, one thread for numbers, and the way to this very package."""
    values = dict(os.environ)
    values.update(dict.fromkeys(_ONE_THREAD, "1"))
    # An empty or relative entry would be the working folder, which -P keeps out.
    paths = [path for path in values.get("PYTHONPATH", "").split(os.pathsep) if path.startswith("/")]
    home = str(Path(store.__file__).resolve().parent.parent)
    if "site-packages" not in home and "dist-packages" not in home and home not in paths:
        # An uninstalled checkout; an installed package is found without, and must not come before the standard library.
        paths.insert(0, home)
    values.pop("PYTHONPATH", None)
    if paths:
        values["PYTHONPATH"] = os.pathsep.join(paths)
    return values


def log_file() -> Path:
    """Return where the indexers of all libraries write what went wrong."""
    return state_folder() / "indexer.log"


def open_log() -> int:
    """Open the log for appending, as a file descriptor; the null device where it cannot be written."""
    path = log_file()
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_suffix(".log.old"))
        return os.open(path, flags, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
