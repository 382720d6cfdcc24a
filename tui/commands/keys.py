"""The keys that there are, and how they are written: what a user may put into the settings, and what was meant."""

from __future__ import annotations

from store.config import nearest

_SOLE = ("space", "enter", "esc", "tab", "shift+tab", "backspace")
_MOVABLE = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+[": "esc", "ctrl+space": "ctrl+@"}
"""What a terminal cannot tell from another key."""

KEYS = frozenset((
    *_SOLE,
    *_MOVABLE,
    *(f"{held}+{key}" for held in ("shift", "ctrl", "ctrl+shift") for key in _MOVABLE),
    *(f"ctrl+{letter}" for letter in _LETTERS if f"ctrl+{letter}" not in SAME),
    "ctrl+@", "ctrl+backslash", "ctrl+right_square_bracket", "ctrl+circumflex_accent", "ctrl+underscore",
    *(f"f{number}" for number in range(1, 21)),
))  # fmt: skip
"""Keys with a name, as commands and settings write them; a printable character is a key by itself."""

_ALSO = {
    "escape": "esc", "return": "enter", "cr": "enter", "del": "delete", "ins": "insert", "bs": "backspace",
    "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown", "page_up": "pageup", "page_down": "pagedown",
    "page-up": "pageup", "page-down": "pagedown", "backtab": "shift+tab", "spacebar": "space",
    "slash": "/", "backslash": "\\", "comma": ",", "dot": ".", "period": ".", "full_stop": ".", "plus": "+",
    "minus": "-", "hyphen": "-", "question_mark": "?", "colon": ":", "semicolon": ";", "pipe": "|", "star": "*",
    "hash": "#", "ctrl+\\": "ctrl+backslash", "ctrl+]": "ctrl+right_square_bracket",
    "ctrl+^": "ctrl+circumflex_accent", "ctrl+_": "ctrl+underscore",
}  # fmt: skip
"""Names by which other programs know keys."""


def is_text(key: str) -> bool:
    """Tell whether a key writes something where text is written."""
    return key == "space" or len(key) == 1


def wrong_with(keys: str) -> str:
    """Say which key cannot be pressed, of one or of a sequence with blanks between, and why; empty where all can."""
    if keys == " ":
        return "the key “ ” is written “space”"
    if not keys.strip():
        return "an empty text is no key; an empty list, [], takes all keys off a command"
    return next((f"“{_shown(key)}” {why}" for key in keys.split() if (why := _wrong(key))), "")


def _shown(key: str) -> str:
    return key if key.isprintable() else ascii(key)[1:-1]


def _wrong(key: str) -> str:
    if key in KEYS or (len(key) == 1 and key.isprintable()):
        return ""
    if not key.isprintable():
        return "holds a character that no key writes"
    meant, parts = _meant(key), _parts(key)
    if {"alt", "meta"} & set(parts[:-1]):
        return f"needs Alt: terminals send it as esc and a key, which a slow line tears apart{_proposed(meant)}"
    if meant in SAME:
        return f"cannot be told from “{SAME[meant]}” by a terminal"
    if parts[:-1] == ["shift"] and len(parts[-1]) == 1 and not parts[-1].isalpha():
        return "is written as the character that it gives"
    if meant in KEYS or (len(meant) == 1 and meant.isprintable()):
        return f"is no key{_proposed(meant)}"
    if len(parts) > 1 and len(parts[-1]) == 1:
        return "is no key that a terminal can send: ctrl goes with the letters from a to z, and shift+a is A"
    if len(key) <= 3:
        return f"is no key{_proposed(' '.join(key))}"
    return f"is no key{_proposed(nearest(key.lower(), tuple(KEYS))) or ': it is a character, or enter, tab, ctrl+d, …'}"


def _proposed(meant: str) -> str:
    return f"; did you mean “{meant}”?" if meant else ""


def _parts(key: str) -> list[str]:
    """Take a key apart: `C-x`, `^x`, `<c-x>` and `Ctrl+X` are all ctrl and x."""
    bare = key[1:-1] if key.startswith("<") and key.endswith(">") and len(key) > 2 else key
    if bare.startswith("^") and len(bare) == 2:
        return ["ctrl", bare[1].lower()]
    # The last character may itself be a plus or a minus.
    *held, last = bare[:-1].replace("-", "+").split("+")
    last += bare[-1:]
    known = {"c": "ctrl", "control": "ctrl", "strg": "ctrl", "s": "shift", "a": "alt", "m": "meta", "option": "alt"}
    return [*(known.get(one.lower(), one.lower()) for one in held), last]


def _meant(key: str) -> str:
    """Return the key that was meant, or what is nearest to it in our spelling."""
    *held, last = _parts(key)
    name = _ALSO.get(key.lower()) or _ALSO.get(last.lower())
    if not held:
        return name or last.lower()
    if held == ["shift"] and len(last) == 1:
        return last.upper()
    if set(held) & {"alt", "meta"}:
        return f"ctrl+{last.lower()}" if f"ctrl+{last.lower()}" in KEYS else ""
    found = "+".join([*held, name or last.lower()])
    return _ALSO.get(found, found)
