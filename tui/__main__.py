"""The `dateline` command: shows what is known of the reader's screen; then everything else is loaded."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tui.cli import NAMES
from tui.last_screen import LastScreen

_INTERRUPTED = 128 + 2
"""What a shell gives a program that ctrl+c has ended."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `dateline` and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    last = LastScreen(words)
    try:
        if not (words and words[0] in NAMES):
            last.show()
        from tui.starting import start

        return start(words, last)
    except KeyboardInterrupt:
        return _INTERRUPTED
    finally:
        last.give_back()


if __name__ == "__main__":
    sys.exit(main())
