"""Emoji whose width terminals disagree on, shown as their base character."""

from __future__ import annotations

import re
from collections.abc import Mapping

# tmux and screen draw an emoji presentation (FE0F), a keycap and a skin tone in other widths than the
# terminal behind them, and a line that holds one loses its right edge.
MODIFIERS = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")


def base_characters(text: str) -> str:
    """Drop emoji modifiers from a line. Unlike `safe` this shortens the text."""
    return text if text.isascii() else MODIFIERS.sub("", text)


def in_multiplexer(environ: Mapping[str, str]) -> bool:
    """Tell whether a terminal multiplexer stands between us and the terminal."""
    term = environ.get("TERM", "")
    return bool(environ.get("TMUX") or environ.get("STY")) or term.startswith(("screen", "tmux"))
