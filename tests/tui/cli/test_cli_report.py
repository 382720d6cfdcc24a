"""`dateline doctor --report` tells what a mistake needs to be found, and not a word of what is read and written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.library.log_lines import error_lines
from tests.tui.cli.conftest import Dateline
from tui.cli.report import harmless
from tui.render.safe import CONTROLS

SECRET = "Zanzibar"


def test_nothing_of_a_hostile_library_is_in_the_report(
    dateline: Dateline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / f"{SECRET}\x1b[31m"
    folder.mkdir()
    head = f"---\ntitle: {SECRET} \x1b]0;x\x07\nlanguage: {SECRET}\nauthor: {SECRET}\n---\n"
    (folder / f"{SECRET}.md").write_text(f"{head}\n{SECRET} said {SECRET}.\n")
    (folder / f"{SECRET}.json").write_text(f'[{{"text": "{SECRET}"')
    (folder / f"{SECRET}.pdf").write_text(SECRET)
    dateline("list", folder)
    dateline("tag", "-q", SECRET.lower(), folder, "--", f"+{SECRET}")
    dateline("note", folder / f"{SECRET}.md", "--text", SECRET, "--tag", SECRET)
    dateline("searches", "save", SECRET, SECRET)
    own = tmp_path / f"{SECRET}.toml"
    own.write_text(f'[PERSON]\nnames = ["{SECRET}"]\n')
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline" / "config.toml"
    config.parent.mkdir(parents=True)
    model = tmp_path / SECRET
    config.write_text(f'names = "{own}"\neditor = ["{SECRET}"]\nmodel = "{model}"\n[json]\ntext = "{SECRET}"\n')
    config.chmod(0o600)
    log = Path(os.environ["XDG_STATE_HOME"]) / "dateline" / "indexer.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    code = f"/home/{SECRET}/lib/site-packages/store/query/ast.py"
    log.write_text(
        f'Traceback (most recent call last):\n  File "{code}", line 12, in parse\n    {SECRET}\n'
        f'  File "/home/{SECRET}/{SECRET}.py", line 3, in {SECRET}\nValueError: {SECRET}\n{SECRET}\n{SECRET}Error\n'
    )
    for name in ("TERM", "COLORTERM", "LANG", "TMUX", "SSH_CONNECTION"):
        monkeypatch.setenv(name, f"/{SECRET}\x1b[6n")
    ran = dateline("doctor", "--report", folder)
    assert ran.code == 0, ran.talk
    assert SECRET.casefold() not in (ran.out + ran.talk).casefold()
    assert str(tmp_path) not in ran.out and os.environ["HOME"] not in ran.out
    assert not CONTROLS.search(ran.out.replace("\n", ""))
    told = " ".join(ran.out.split())
    for fact in (
        "What did you expect?", "textual 8.2.8", "articles 1, names looked for in 0",
        "changed model, names, editor, json",
        "notes 1, 0 without a place", "tags 1, searches 1", "within tmux, ssh", "TERM something odd",
        "store/query/ast.py:12 in parse", "ValueError", "not shown 2 (read 2)",
    ):  # fmt: skip
        assert fact in told, fact


def test_a_report_is_written_also_where_nothing_can_be_read(dateline: Dateline, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("colour = 1\n")
    ran = dateline("doctor", "--report", "--db", broken)
    told = " ".join(ran.out.split())
    assert ran.code == 0
    assert "refused Unreadable" in told and "changed cannot be read" in told and "colour" not in told


def test_of_a_log_only_places_in_the_code_and_kinds_of_errors_are_let_through() -> None:
    log = """DatabaseError
  File "/x/store/catalog/writer.py", line 7, in commit
  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
  File "/v/site-packages/trafilatura/core.py", line 9, in extract
store.errors.NotText: secret
Fatal Python error: Segmentation fault
  File "/x/store/formats/pdf.py", line 3 in read
KeyError
an article: with a colon
OneError"""
    assert error_lines(log) == [
        "DatabaseError",
        "store/catalog/writer.py:7 in commit",
        "in Python itself, or elsewhere",
        "in the package trafilatura",
        "fatal: Segmentation fault",
        "store/formats/pdf.py:3 in read",
        "KeyError",
    ]
    assert error_lines("KeyError\n" * 30, 3) == ["KeyError"] * 3


def test_values_of_the_surroundings_are_told_where_they_look_like_names() -> None:
    assert harmless("xterm-256color") == "xterm-256color" and harmless("C.UTF-8") == "C.UTF-8"
    assert harmless("/home/me") == "something odd (8 characters)"
    assert harmless("x" * 41).startswith("something odd") and harmless("a\n").startswith("something odd")
