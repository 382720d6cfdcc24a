"""Makes any text safe and good to analyse, one character for one: no offset moves.

spaCy's tokenizer peels punctuation off both ends of a run without white space one sign at a time, and starts again
after each: 40 kB of brackets take minutes, in C, where no signal and no thread can stop it.
"""

from __future__ import annotations

import re
import unicodedata

RUN = 200
"""The longest run without white space that is left as it is, in characters."""
SIGNS = 24
"""The most punctuation that is left in one run."""

_SUSPECT = re.compile(rf"\S{{{SIGNS + 1},}}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_WORD = re.compile(r"[^\w\s]|_")
_NARROWEST, _WIDEST = 45, 120
"""The lengths of a line that was broken for width, in characters."""
_STOPS = ".!?:;。！？"


def guarded(text: str) -> str:
    """Return the text with the punctuation of overlong runs as spaces; of the same length.

    Half a surrogate pair, which no encoder takes, becomes the replacement character.
    """
    return _SUSPECT.sub(_without_signs, _SURROGATE.sub("\ufffd", text))


def unwrapped(text: str) -> str:
    """Return the text with spaces where lines were broken for width, so that names are whole; of the same length."""
    if "\n" not in text:
        return text
    characters = list(text)
    for newline in re.finditer("\n", text):
        if is_wrap(text, newline.start()):
            characters[newline.start()] = " "
    return "".join(characters)


def is_wrap(text: str, at: int) -> bool:
    """Tell whether the newline at this offset was put there for width and means a space."""
    start = text.rfind("\n", max(0, at - _WIDEST - 1), at) + 1
    if start == 0 and at > _WIDEST:
        return False
    line = text[start:at].strip()
    if not _NARROWEST <= len(line) <= _WIDEST or line[-1] in _STOPS:
        return False
    return text[at + 1 : at + 9].lstrip(" \t")[:1].isalpha()


def _without_signs(run: re.Match[str]) -> str:
    signs = 0
    for sign in _NO_WORD.finditer(run[0]):
        signs += not _is_mark(sign[0])
    if signs <= SIGNS and len(run[0]) <= RUN:
        return run[0]
    return _NO_WORD.sub(lambda sign: sign[0] if _is_mark(sign[0]) else " ", run[0])


def _is_mark(character: str) -> bool:
    """Accents and vowel signs belong to the letter before them."""
    return unicodedata.category(character)[0] == "M"
