"""What a log tells of mistakes without a word of what was read: where in the code, and of which kind. Pure.

Only what is recognised as such is let through: a message of an error may hold a text, a path or a name.
"""

from __future__ import annotations

import builtins
import re
import sqlite3

from store import errors

_FRAME = re.compile(r'^\s*File "([^"]*)", line (\d{1,7}),? in ([A-Za-z_<][\w.<>]*)\s*$')
_ERROR = re.compile(r"^([A-Za-z_][\w.]*)(?::.*)?$")
_FATAL = re.compile(r"^Fatal Python error: (Segmentation fault|Aborted|Bus error|Illegal instruction|Floating point)")
_OURS = re.compile(r"(?:^|/)((?:tui|store)/[\w./]+\.py)$")
_PACKAGE = re.compile(r"(?:^|/)site-packages/([A-Za-z_]\w*)/[\w./]*$")
_KNOWN = {
    name
    for module in (builtins, sqlite3, errors)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}


def error_lines(log: str, most: int = 20) -> list[str]:
    """Return the last lines of a log that tell of mistakes: `store/query/ast.py:12 in parse`, or a kind."""
    found = [told for line in log.splitlines() if (told := _told(line))]
    return found[-most:]


def _told(line: str) -> str:
    frame = _FRAME.match(line)
    if frame is not None:
        ours, package = _OURS.search(frame[1]), _PACKAGE.search(frame[1])
        if ours is not None:
            return f"{ours[1]}:{frame[2]} in {frame[3]}"
        return f"in the package {package[1]}" if package is not None else "in Python itself, or elsewhere"
    fatal = _FATAL.match(line)
    if fatal is not None:
        return f"fatal: {fatal[1]}"
    error = _ERROR.match(line)
    kind = error[1].rpartition(".")[2] if error is not None else ""
    return kind if kind in _KNOWN else ""
