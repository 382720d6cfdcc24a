"""Articles go to a command by key: as text, JSON or paths; what it writes is shown, and how it ended is said."""

from __future__ import annotations

import contextlib
import json
import shlex
import sys
from pathlib import Path

import pytest

from tui.app import ReaderApp


def python(code: str) -> str:
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(code)}"


async def pipe(user, command: str) -> None:  # type: ignore[no-untyped-def]
    await user.press("|")
    await user.until(lambda: user.main.prompt.asking)
    user.main.prompt.query_one("Input").value = command
    await user.press("enter")
    await user.until(lambda: user.main.pipe is None)
    await user.pilot.pause()


COUNT = "import sys; t = sys.stdin.read(); print('pages', t.count(chr(12)) + 1, 'mark' + 'ed', 'Kuriles' in t)"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_all_in_the_list_go_to_a_command_as_text(run_app, size) -> None:
    async with run_app(size) as user:
        count = len(user.main.articles.keys)
        await user.press("|")
        assert user.sees(f"pipe {count} articles to:")
        await user.press("escape")
        await pipe(user, python(COUNT))
        assert user.sees(f"pages {count} marked True", "is done")
        await user.press("q")
        assert user.app.screen is user.main


async def test_the_marked_ones_or_the_one_in_the_reader_go(run_app) -> None:
    async with run_app() as user:
        await user.press("g", "g", "space", "space", "|")
        assert user.sees("pipe 2 articles to:")
        await user.press("escape")
        await pipe(user, python(COUNT))
        assert user.sees("pages 2")
        await user.press("q", "escape", "enter", "|")
        assert user.sees("pipe this article to:")


async def test_json_lines_and_paths_are_what_the_command_line_writes(run_app, tmp_path: Path) -> None:
    async with run_app() as user:
        keys = list(user.main.articles.keys)
        for form in ("json", "paths"):
            await pipe(user, f"{form}: tee {tmp_path / form}")
            await user.press("q")
    lines = [json.loads(line) for line in (tmp_path / "json").read_text().splitlines()]
    assert len(lines) == len(keys) and all(line["schema"] == 1 and line["text"] and line["title"] for line in lines)
    paths = (tmp_path / "paths").read_text().splitlines()
    assert sorted(paths) == sorted({line["path"] for line in lines}) and all(Path(path).is_file() for path in paths)


async def test_what_goes_wrong_is_said_plainly(run_app) -> None:
    async with run_app() as user:
        await pipe(user, "no-such-command --really")
        assert user.sees("there is no command no-such-command")
        await pipe(user, python("import sys; sys.exit(7)"))
        assert user.sees("failed, exit status 7")
        await pipe(user, "true")
        assert user.sees("true is done; it wrote nothing")
        await user.press("|", *"wc 'x", "enter")
        assert user.sees("a quote in it is not closed") and user.main.prompt.asking
        await user.press("escape")


async def test_what_a_command_writes_commands_no_terminal(run_app) -> None:
    async with run_app() as user:
        await pipe(user, python(r"print('\x1b]0;owned\x07\x1b[31mred\x1b[0m [bold]x[/]')"))
        assert user.sees("red [bold]x[/]") and not any(c in user.text() for c in "\x1b\x07")


async def test_ctrl_c_stops_a_command_and_keys_go_on_meanwhile(run_app) -> None:
    async with run_app() as user:
        await user.press("|", *"sleep 600", "enter")
        await user.until(lambda: user.main.pipe_group)
        await user.press("g", "g", "j")
        assert user.main.articles.cursor == 1
        await user.press("|")
        assert user.sees("“sleep” still runs; ctrl+c stops it")
        await user.press("ctrl+c")
        await user.until(lambda: user.main.pipe is None)
        assert user.sees("sleep was stopped")


async def test_earlier_commands_come_back_with_up_also_after_a_restart(run_app) -> None:
    async with run_app() as user:
        await pipe(user, "true")
        await pipe(user, "json: true")
        await user.press("|", "up", "up")
        assert user.main.prompt.query_one("Input").value == "true"
        await user.press("down")
        assert user.main.prompt.query_one("Input").value == "json: true"
        await user.press("escape")
        user.app.leave()
    async with run_app() as user:
        await user.press("|", "up")
        assert user.main.prompt.query_one("Input").value == "json: true"


async def test_a_command_can_have_the_terminal_to_itself(run_app, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(ReaderApp, "suspend", lambda _: contextlib.nullcontext())
    async with run_app() as user:
        await user.press("g", "g", "space")
        out = tmp_path / "out"
        await pipe(user, f"!{python(f'import sys; open({str(out)!r}, chr(119)).write(sys.stdin.read())')}")
        assert user.sees("is done") and len(out.read_text()) > 100
        await pipe(user, "! no-such-command")
        assert user.sees("there is no command")
