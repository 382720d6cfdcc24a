"""The detector that the hostile tests rely on: what a terminal would obey is found, wherever the bytes were cut."""

from __future__ import annotations

import pytest

from bench.leaks import Leaks, leaks

FORGED = "38;2;201;7;99"

EVIL = {
    "a title": b"\x1b]0;forged\x07",
    "a title ended by ST": b"\x1b]2;forged\x1b\\",
    "a title without an end": b"\x1b]0;forged",
    "the clipboard asked for": b"\x1b]52;c;?\x07",
    "the clipboard with what is no text": b"\x1b]52;c;/////w==\x07",
    "another clipboard": b"\x1b]52;p;cm0=\x07",
    "a link": b"\x1b]8;;file:///etc/passwd\x1b\\",
    "a colour that is not ours": b"\x1b[38;2;201;7;99m",
    "another screen": b"\x1b[?47h",
    "a reset": b"\x1bc",
    "a question": b"\x1b[6n",
    "a printer": b"\x1b[5i",
    "a device string": b"\x1bP$qp\x1b\\",
    "an application string": b"\x1b_Gf=100;AAAA\x1b\\",
    "a private message": b"\x1b^x\x1b\\",
    "a start of string": b"\x1bXx\x1b\\",
    "a character set": b"\x1b(0",
    "a lone escape": b"a\x1b",
    "an unfinished sequence": b"a\x1b[",
    "a repeated character": b"\x1b[99b",
    "a cursor's shape": b"\x1b[2 q",
    "a keypad mode": b"\x1b=",
    "a bell": b"\x07",
    "a backspace": b"\x08",
    "a tab": b"\x09",
    "a nul": b"\x00",
    "a delete": b"\x7f",
    "a form feed": b"\x0c",
    "a shift out": b"\x0e",
    "a C1 control": "\u009b38;5;9m".encode(),
    "a raw C1 byte": b"\x9b31m",
    "a next line": "\u0085".encode(),
    "an override": "\u202e".encode(),
    "an isolate": "\u2066".encode(),
    "a mark": "\u200f".encode(),
    "an Arabic mark": "\u061c".encode(),
    "broken UTF-8": b"\xff\xfe",
}
OURS = (
    "\x1b[?1049h\x1b[?2026h\x1b[1;1H\x1b[38;2;1;2;3;48:5:1m日本 text é e\u0301 \U0001f469\u200d\U0001f680\x1b[m\x1b[3X"
    "\x1b[?69h\x1b[3;40s\x1b[2;20r\x1b[2M\x1b[?2026l\x1b]22;default\x1b\\\x1b[>1u\x1b[<u\x1b[?2026$p\r\n\x1b[?1049l"
).encode()


@pytest.mark.parametrize("name", EVIL)
def test_what_a_terminal_obeys_is_found(name: str) -> None:
    assert leaks(OURS + EVIL[name], [FORGED])
    whole = OURS + EVIL[name] + OURS
    assert leaks(whole, [FORGED]) or name.startswith(("a lone", "an unfinished"))


@pytest.mark.parametrize("name", EVIL)
def test_wherever_it_was_cut(name: str) -> None:
    piecewise = Leaks([FORGED])
    for byte in EVIL[name]:
        piecewise.feed(bytes([byte]))
    assert piecewise.end()


def test_text_and_our_own_sequences_are_none() -> None:
    assert leaks(OURS, [FORGED]) == []
    for cut in range(len(OURS)):
        found = Leaks([FORGED])
        found.feed(OURS[:cut])
        found.feed(OURS[cut:])
        assert found.end() == [], cut


def test_a_copy_is_told_with_what_was_copied() -> None:
    found = Leaks()
    found.feed(b"a\x1b]52;c;SmFw")
    found.feed(b"YW4=\x07b")
    assert found.end() == []
    assert found.copies == ["Japan"]
    assert leaks(b"a\x1b]52;c;SmFwYW4=\x07b", copies=1) == []
    assert leaks(b"a\x1b]52;c;SmFwYW4=\x07b"), "no key asked for it"


def test_replacement_characters_of_a_text_may_be_allowed() -> None:
    assert leaks("a\ufffdb".encode())
    assert leaks("a\ufffdb".encode(), replacement=True) == []
