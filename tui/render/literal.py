"""Text we did not write as Textual content: literal, never markup."""

from __future__ import annotations

from textual.content import Content

from tui.render.safe import safe, safe_block


def content(text: str) -> Content:
    """Return one line of foreign text as content that is shown as it is."""
    return Content(safe(text))


def content_block(text: str) -> Content:
    """Return foreign text as content, its line ends kept."""
    return Content(safe_block(text))
