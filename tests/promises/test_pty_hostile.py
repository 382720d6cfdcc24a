"""Text we did not write never reaches the terminal raw, whatever it and its file's name hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from pty_driver import reader

from bench.leaks import Leaks
from bench.terminal import Terminal

ESC = "\x1b"
FORGED = "38;2;201;7;99"
"""A colour that no theme uses: were it on the wire, an article had put it there."""

TEXTS = {
    "clipboard": f"Tokyo {ESC}]52;c;cm0gLXJmIC8=\x07 after",
    "title": f"Oslo {ESC}]0;forged\x07 and {ESC}]2;forged{ESC}\\ after",
    "colour": f"Lima {ESC}[{FORGED}m after",
    "device": f'Cairo {ESC}P$q"p{ESC}\\ {ESC}_Gf=100;AAAA{ESC}\\ {ESC}^x{ESC}\\ {ESC}Xx{ESC}\\ after',
    "reset": f"Kyiv {ESC}c {ESC}[?1049l {ESC}[?47h {ESC}[21t {ESC}[6n {ESC}[5i after",
    "c1": "Delhi \u009b38;5;9m \u009d0;forged\u009c \u0090q\u009c after",
    "direction": "Quito \u202eevil\u202c \u2066x\u2069 \u200f after",
    "markup": "Riga [bold]x[/] [/] [@click=app.quit]quit[/] [link=file:///etc/passwd]x[/link] after",
    "backspace": "Perth \x08\x08\x08\x08 \x07 \x7f \r overwritten after",
}


def test_articles_and_file_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in TEXTS.items():
        body = f"Headline {text}\n\nA paragraph: {text}\n\nAnother, by Angela Merkel: {text}\n"
        (folder / f"{name}.txt").write_text(body, encoding="utf-8")
    for name in (b"esc\x1b[" + FORGED.encode() + b"m.txt", b"osc\x1b]0;forged\x07.txt", b"\xff\xfe.txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("Rome and Paris\n\nText.\n")
    with reader(folder) as terminal:
        terminal.wait_for("Headline")
        read_everything(terminal, articles=len(TEXTS) + 3)
        assert_only_our_own(terminal)
        terminal.send("q")
        terminal.wait_end()
        assert terminal.process.returncode == 0
    with reader(folder) as terminal:
        # What was left is shown again as it was written, by nobody who looks at it.
        terminal.wait_for("newest first")
        terminal.settle(1.0)
        assert_only_our_own(terminal)
        terminal.send("q")
        terminal.wait_end()


def test_the_hostile_corpus_is_read_without_a_leak(tmp_path: Path, shared: Path) -> None:
    folder = tmp_path / "hostile"
    made = subprocess.run(
        [sys.executable, shared / "tools" / "make_hostile.py", folder], capture_output=True, check=False
    )
    assert made.returncode == 0, made.stderr
    for heavy in ("big", "data", "enc", "types"):  # these hold no escapes; the store's own tests read them
        shutil.rmtree(folder / heavy)
    with reader(folder) as terminal:
        terminal.wait_for(r"Tokyo|Japan", 60)
        read_everything(terminal, articles=70)
        assert_only_our_own(terminal)
        terminal.send("q")
        terminal.wait_end()
        assert terminal.process.returncode == 0
        assert terminal.left_behind() == []


def read_everything(terminal: Terminal, articles: int) -> None:
    """Open every article in turn, page through some, and look at the help."""
    terminal.settle()
    terminal.send("enter")
    for number in range(articles):
        terminal.settle(0.04, limit=2)
        if number % 5 == 0:
            terminal.send("space")
            terminal.settle(0.04, limit=2)
        terminal.send("J")
        assert terminal.process.poll() is None, terminal.text()
    terminal.settle()
    terminal.send("?")
    terminal.settle()
    terminal.send("esc")
    terminal.settle()


def assert_only_our_own(terminal: Terminal, copies: int = 0) -> None:
    """Check that what was received is text and the few sequences that the reader itself writes."""
    received = bytes(terminal.received)
    found = Leaks([FORGED], replacement=True)
    found.feed(received)
    assert found.end() == []
    assert len(found.copies) <= copies, "only the key copies"
    assert re.findall(rb"\x1b\[\?1049([hl])", received) == [b"h"], "an article switched the screen"
