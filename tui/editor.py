"""The user's own editor: a text goes out in a private file and comes back."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path


class EditorError(Exception):
    """The editor could not be run, or failed; the message says why and what to do."""

    def __init__(self, message: str, written: str | None = None) -> None:
        super().__init__(message)
        self.written = written
        """What stands in the file of an editor that failed, where that is another text than went out."""


def editor_command(configured: Sequence[str] = ()) -> list[str]:
    """Return the editor's argv: the config's, else `$VISUAL`, `$EDITOR`, else the first of nano, vi that is there.

    Never a shell: the words are split as a shell splits them, and nothing in them is expanded.

    Raises:
        EditorError: none can be found.
    """
    candidates = [list(configured)] if configured else []
    candidates += [shlex.split(os.environ.get(variable, "")) for variable in ("VISUAL", "EDITOR")]
    candidates += [["nano"], ["vi"]]
    for words in candidates:
        if words and shutil.which(words[0]):
            return words
    raise EditorError("no editor found: set $EDITOR, or `editor` in the config file")


def edit_text(text: str, configured: Sequence[str] = ()) -> str:
    """Let the user edit a text in their editor, and return what they saved.

    The file lies in a folder of its own that only the user can read; it is kept when the editor fails, and the
    message names it.

    Raises:
        EditorError: the editor is missing, or ended with an error.
    """
    command = editor_command(configured)
    folder = Path(tempfile.mkdtemp(prefix="dateline-"))
    path = folder / "note.md"
    path.write_text(text + ("\n" if text and not text.endswith("\n") else ""), encoding="utf-8")
    try:
        status = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as error:
        raise EditorError(f"{command[0]} could not be started: {error.strerror}") from error
    written = path.read_text(encoding="utf-8", errors="replace")
    if status != 0:
        # The program's name alone: the line has to have room for where the words are.
        said = f"{Path(command[0]).name} failed; what you wrote is in {path}"
        raise EditorError(said, written.strip("\n") if written.strip() != text.strip() else None)
    shutil.rmtree(folder, ignore_errors=True)
    return written
