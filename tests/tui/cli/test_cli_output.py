"""Whatever a text holds and wherever stdout goes: exact data, no command to a terminal, no traceback."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tui.cli.conftest import Dateline
from tui.cli import NAMES
from tui.cli.command import find
from tui.cli.layout import columns_of, cut, cut_or_pad
from tui.cli.output import to_json

ROOT = Path(__file__).parents[3]
DATELINE = [sys.executable, "-m", "tui"]


def started(*words: str | Path, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [*DATELINE, *map(str, words)], cwd=ROOT, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, **options
    )


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, talk = process.communicate(timeout=60)
    return process.returncode, talk.decode()


@given(st.text())
def test_json_is_exact_when_parsed_and_harmless_when_printed(text: str) -> None:
    written = to_json({"text": text})
    assert all(0x20 <= ord(c) < 0x7F or ord(c) >= 0xA0 for c in written)
    assert not set(written) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff")
    written.encode()
    assert json.loads(written)["text"] == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


@given(st.text(), st.integers(1, 30))
@example("00\u093e0", 3)
def test_a_cut_line_fits(text: str, columns: int) -> None:
    assert columns_of(cut(text, columns)) <= columns
    assert columns_of(cut_or_pad(text, columns)) == columns


def test_a_reader_that_has_seen_enough_ends_it_quietly(articles: Path) -> None:
    for number in range(400):
        (articles / f"{number:04}.txt").write_text(f"Title number {number} of many\n\n" + "word " * 200)
    process = started("list", articles, "--format", "json", stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_told(articles: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        code, talk = ended(started("list", articles, stdout=full))
    assert (code, talk) == (3, "dateline: No space left on device\n")


def test_a_closed_stdout_is_no_error(articles: Path) -> None:
    code, talk = ended(started("list", articles, preexec_fn=lambda: os.close(1)))
    assert (code, talk) == (0, "")


def test_a_person_gets_colours_and_a_pipe_does_not(seeds: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "COLUMNS": "70", "LINES": "20"}
    environment.pop("NO_COLOR", None)
    process = started("show", seeds / "000_9df55ca59aaa8a9a.txt", stdout=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # how Linux says that the other end was closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert ended(process)[0] == 0
    assert "\x1b[4;35mShinzo Abe\x1b[0m" in shown.decode()
    assert "\x1b[36m" not in shown.decode().split("first of its kind")[0].split("undated")[1], "dates are not shown"


def test_no_command_imports_textual() -> None:
    code = (
        "import sys\nfrom tui.__main__ import main\n"
        f"for name in {NAMES!r}: main([name, '--help'])\n"
        "main(['list'])\n"
        "heavy = ('textual', 'spacy', 'tinydb', 'orjson', 'numpy', 'trafilatura', 'asyncio')\n"
        "assert not [one for one in heavy if one in sys.modules]"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# ---- help and mistakes -----------------------------------------------------------------------------------------
def test_the_help_names_every_command(dateline: Dateline) -> None:
    ran = dateline("--help")
    assert (ran.code, ran.talk) == (0, "")
    for name in NAMES:
        command = find(name)
        assert f"dateline {name:<12} {command.help}" in ran.out
        ran_help = dateline(name, "--help")
        assert ran_help.code == 0
        assert ran_help.out.startswith(f"usage: dateline {name}")


def test_the_version_is_told(dateline: Dateline) -> None:
    ran = dateline("--version")
    assert ran.code == 0
    assert ran.out.startswith("dateline")


def test_the_reader_needs_a_terminal_and_says_what_does_not(dateline: Dateline, articles: Path) -> None:
    ran = dateline(articles)
    assert ran.code == 2
    assert "`dateline read`, `list` and `show` work without one" in ran.talk


@pytest.mark.parametrize("words", [["list", "--fromat", "json"], ["show"], ["index", "--jobs", "none"], ["-x"]])
def test_a_wrong_use_shows_the_usage(dateline: Dateline, words: list[str]) -> None:
    ran = dateline(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "usage: dateline" in ran.talk


def test_what_was_mistyped_reaches_the_terminal_as_text(dateline: Dateline) -> None:
    ran = dateline("list", "--\x1b]0;title\x07")
    assert ran.code == 2
    assert "\x1b" not in ran.talk


def test_a_wrong_config_is_named(dateline: Dateline, articles: Path) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("mesure = 60\n")
    config.chmod(0o600)
    ran = dateline("list", articles)
    assert ran.code == 2
    assert "unknown key `mesure`. Did you mean `measure`?" in ran.talk


def test_a_mistake_of_ours_is_not_taken_for_nothing_found(
    dateline: Dateline, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("\x1b]0;title\x07")

    monkeypatch.setattr("tui.cli.list.chosen", broken)
    ran = dateline("list", articles)
    assert (ran.code, ran.out) == (3, "")
    assert "please report" in ran.talk
    assert "\x1b" not in ran.talk
