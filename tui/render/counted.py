"""Numbers in words. Pure."""

from __future__ import annotations


def counted(count: int, what: str, many: str = "") -> str:
    """Write a count: `1 article`, `2,310 articles`; `many` where an s does not do."""
    return f"{count:,} {what if count == 1 else many or what + 's'}"
