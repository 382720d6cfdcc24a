"""The frame of the reader: what a start shows at once where nothing more is sure.

Which articles it will list is known only when the index has been read, in which colours before that. So whoever opens
Dateline sees that it opens, also where a cold disk takes seconds to load it. The frame is drawn without Textual, whose
own first frame finds it on the terminal.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from store import paths

Look = dict[str, str]
"""The colours of `page` and `bar`, and of the `text` on a bar, as the numbers of `CSI ... m`; empty: the terminal's."""

DARK: Look = {"page": "48;2;23;25;28", "bar": "48;2;31;35;39", "text": "38;2;217;216;211"}
"""How the reader looks at first where the terminal knows all colours."""
PLAIN: Look = {"page": "", "bar": "", "text": ""}
"""How it looks where they are few, or not wanted."""

_LEAST = (40, 12)
"""Columns and lines below which the reader may have no room."""
_LOOKED_AT = 9
"""Words of a command line that are looked at: a shell may have written thousands."""
_MESSAGE = "opening"
_UNKNOWN = "\0"
"""As `tui.wire.cells` has it."""


def frame(kept: Mapping[str, Any], now: Mapping[str, Any], size: tuple[int, int]) -> dict[str, Any]:
    """Return the frame's cells, as `tui.wire.kept` makes them, and as `frame` what writes them; empty: none is shown.

    `kept` is what the last session has left, empty where it left nothing; `now` is what this start is begun with.
    """
    same = bool(kept) and all(kept["conditions"][one] == now[one] for one in ("words", "folder"))
    if size[0] < _LEAST[0] or size[1] < _LEAST[1] or not (same or _opens_reader(now["words"], bool(kept))):
        return {}
    look = (kept and _kept_look(kept, now)) or _first_look(now["environment"])
    return cells(size, look, kept["opening"]["title"] if same else "Dateline") if look else {}


def to_keep(look: Look, title: str) -> dict[str, Any]:
    """Return what a later start needs to know of this session's colours, and of what it has read."""
    return {"look": look, "title": title, "settings": stamp(str(paths.config_file())), "theme": _chosen_theme()}


def cells(size: tuple[int, int], look: Look, title: str) -> dict[str, Any]:
    """Return a frame of this size with a title in its head."""
    width, height = size
    page, bar, text = ("", look["page"]), ("", look["bar"]), (look["text"], look["bar"])
    pens = list(dict.fromkeys((("", ""), page, bar, text)))
    on_page, on_bar, on_text = (chr(pens.index(pen) + 1) for pen in (page, bar, text))
    title = title[: width // 2]
    head = f" {title}".ljust(width)
    rows = [[" " * width, on_page * width] for _ in range(height)]
    rows[0] = [head, "".join(on_bar if letter == " " else on_text for letter in head)]
    if not title.isascii():
        # How many cells it takes is for others to say.
        rows[0] = [_UNKNOWN * width] * 2
    rows[-2] = [" " * width, on_bar * width]
    return {
        # Some terminals clear a screen in their own colour only, but each line in that of the pen.
        "frame": f"{_pen(look['page'])}\x1b[2J\x1b[H" + "\n".join(["\x1b[K"] * height)
        + f"\x1b[H{_pen(look['bar'], look['text'])} {title}\x1b[K\x1b[{height - 1}H\x1b[K\x1b[m\x1b[H",
        "size": [width, height],
        "rows": rows,
        "cursor": [0, 0],
        "pens": [[[], foreground, ground, ""] for foreground, ground in pens],
        "clusters": [],
        "of_text": on_text,
    }


def tell_slow(shown: dict[str, Any]) -> str:
    """Put into the status line of a frame that loading goes on; returns what writes it."""
    text, look = shown["rows"][-2]
    pen = shown["of_text"]
    end = 1 + len(_MESSAGE)
    shown["rows"][-2] = [f" {_MESSAGE}{text[end:]}", look[0] + pen * len(_MESSAGE) + look[end:]]
    _, foreground, ground, _ = shown["pens"][ord(pen) - 1]
    written = f"\x1b[{shown['size'][1] - 1};2H{_pen(ground, foreground)}{_MESSAGE}\x1b[m\x1b[H"
    shown["frame"] += written
    return written


def stamp(file: str) -> list[int] | None:
    """Return what tells one state of a file from another; None where there is none."""
    try:
        found = os.stat(file)  # noqa: PTH116 - there are a dozen of them before the first paint
    except OSError:
        return None
    return [found.st_ino, found.st_mtime_ns, found.st_size]


def _pen(*colours: str) -> str:
    return f"\x1b[0;{';'.join(filter(None, colours))}m" if any(colours) else "\x1b[m"


def _opens_reader(words: Sequence[str], has_read: bool) -> bool:
    """Tell whether a command line of other words than the last one's opens the reader, as far as one sees at once."""
    return (has_read or bool(words)) and all(map(os.path.exists, words[:_LOOKED_AT]))


def _kept_look(kept: Mapping[str, Any], now: Mapping[str, Any]) -> Look:
    """Return the look of the last session, if this one will have it too."""
    same = all(kept["conditions"][one] == now[one] for one in ("environment", "there"))
    now_as_then = to_keep(kept["opening"]["look"], kept["opening"]["title"]) == kept["opening"]
    return kept["opening"]["look"] if same and now_as_then else {}


def _first_look(environment: Mapping[str, str]) -> Look:
    """Return how it looks to whom has chosen nothing yet; empty where that cannot be told from a few variables."""
    term = environment.get("TERM", "")
    asked = any(name.startswith(("TEXTUAL", "DATELINE_")) or name == "FORCE_COLOR" for name in environment)
    if asked or stamp(str(paths.config_file())) or _chosen_theme():
        return {}
    if not term.startswith(("xterm", "tmux")) or "STY" in os.environ:
        return {}
    if environment.get("NO_COLOR") or term.endswith("-16color"):
        return PLAIN
    return DARK if environment.get("COLORTERM") in ("truecolor", "24bit") else {}


def _chosen_theme() -> str:
    """Return the theme that was chosen in the reader; empty: none."""
    try:
        return str(json.loads(paths.looks_file().read_bytes()).get("theme", ""))
    except (OSError, ValueError, AttributeError):
        return ""
