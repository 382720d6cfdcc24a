"""A linear session that is told to end does so, though its disk hangs; what was not saved it says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tui.linear.session import Session
from tui.linear.signals import Ended, Signals

HANGS = """
import sys, time
def hang(*_, **__):
    print("it hangs", file=sys.stderr, flush=True)
    while True:
        time.sleep(3600)
{what} = hang
import tui.linear.signals as signals
signals.GRACE = 6.0  # half of it is enough on a busy machine for what is said at the end
from tui.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
JOURNAL = "import store.disk.atomic as atomic\natomic.System.fdatasync"
HOME = "import store.library.last_place as place\nplace.LastPlace.leave"


@pytest.mark.parametrize("what", [JOURNAL, HOME], ids=["in a save", "at the end"])
def test_a_session_whose_disk_hangs_ends_when_it_is_told_to(tmp_path: Path, what: str) -> None:
    article = tmp_path / "one.txt"
    article.write_text("A title\n\nAnd a text.\n")
    session = subprocess.Popen(
        [sys.executable, "-c", HANGS.format(what=what), "read", os.fspath(article)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert session.stdin is not None and session.stderr is not None and session.stdout is not None
    try:
        session.stdin.write("open 1\nnote a thought\n" + ("" if what is JOURNAL else "quit\n"))
        session.stdin.flush()
        assert any("it hangs" in line for line in session.stderr)
        session.send_signal(signal.SIGTERM)
        assert session.wait(timeout=60) == 128 + signal.SIGTERM
        said = session.stdout.read()
    finally:
        session.kill()
        session.communicate()
    assert ("The last changes could not be saved" in said) == (what is JOURNAL)
    assert ("The note was:\na thought" in said) == (what is JOURNAL)


def test_a_save_is_given_up_only_for_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.linear.signals.signal.setitimer", lambda *_: (0.0, 0.0))
    before = signal.getsignal(signal.SIGALRM)
    try:
        with Signals() as signals:
            with signals.saving():
                signal.raise_signal(signal.SIGTERM)
                assert signals.left > 0.0, "the save goes on"
                with pytest.raises(Ended):
                    signal.raise_signal(signal.SIGALRM)
            with pytest.raises(Ended), signals.waiting():
                pass
        with Signals() as signals:
            with signals.lent():
                signal.raise_signal(signal.SIGTERM)
                assert signals.left == 0.0, "an editor is not ended by it"
            assert signals.left > 0.0
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_ctrl_c_for_another_program_is_none_for_this_one() -> None:
    with Signals() as signals:
        with signals.lent():
            signal.raise_signal(signal.SIGINT)
        with signals.waiting():
            pass
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt), signals.waiting():
            pass


def test_nothing_was_done_is_said_only_where_nothing_was() -> None:
    said: list[str] = []
    with Signals() as signals:
        session: Any = SimpleNamespace(
            over=False, commands=SimpleNamespace(person=True), say=said.append, signals=signals,
            voice=SimpleNamespace(flush=lambda: None),
        )  # fmt: skip
        lines = iter(["star", "(ctrl+c)", None])

        def read(_: str) -> str | None:
            with signals.waiting():
                if (line := next(lines)) == "(ctrl+c)":
                    raise KeyboardInterrupt
            return line

        # Pressed while the change is being saved, which goes on.
        session.commands.read, session.obey = read, lambda _: signal.raise_signal(signal.SIGINT)
        Session.run(session, lambda _: said.append(">"))
    assert said == [">", ">", "\nNothing was done. quit ends Dateline.", ">", ""]
