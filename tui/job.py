"""Whether a shell looks after this program, so that it can be stopped and brought back."""

from __future__ import annotations

import os
from pathlib import Path


def has_shell() -> bool:
    """Tell whether some process of this terminal could have the program go on once it is stopped.

    Where the terminal runs the program alone, as `ssh -t HOST dateline` and `mosh HOST -- dateline` do, and most
    windows opened for one command, nothing would: whoever started it is of another session.
    """
    try:
        session, group = os.getsid(0), os.getpgrp()
        parent = os.getppid()
        # The first process of a container has no parent.
        while parent and os.getsid(parent) == session:
            if os.getpgid(parent) != group:
                return True
            # A script, which stops together with us: it is its own parent that counts.
            parent = _parent_of(parent)
    except (OSError, ValueError, IndexError):
        return True  # a system that does not tell; most programs are started by a shell
    return False


def _parent_of(process: int) -> int:
    """Return the parent of a process.

    Raises:
        OSError: there is no `/proc`, or the process has ended.
        ValueError, IndexError: what stands there is of another form.
    """
    status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    # The name before it may hold anything, also brackets.
    return int(status.rpartition(")")[2].split()[1])
