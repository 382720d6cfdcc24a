"""A command gets what it is handed, is stopped when it must be, and never holds anything up."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Iterator

import pytest

from tui import command_run
from tui.command_run import CommandError, run


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def endless() -> Iterator[bytes]:
    while True:
        yield b"x" * 65_536


async def test_what_is_handed_over_comes_out_with_the_errors() -> None:
    code = "import sys; print(sys.stdin.read().upper()); sys.stdout.flush(); print('oh', file=sys.stderr); sys.exit(3)"
    ended = await run(python(code), iter([b"one\n", b"two\n"]))
    assert (ended.output.split(), ended.status, ended.why) == ([b"ONE", b"TWO", b"oh"], 3, "")


async def test_a_command_that_reads_nothing_holds_nothing_up() -> None:
    ended = await run(python("print('hi')"), endless())
    assert ended.output == b"hi\n" and ended.status == 0
    ended = await run(python("import os, sys; os.close(0); print('hi')"), endless())
    assert ended.output == b"hi\n"


async def test_more_than_fits_stops_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_run, "MOST_OUTPUT", 1 << 20)
    ended = await run(python("while True: print('y' * 1000)"), iter([]))
    assert len(ended.output) == 1 << 20 and "more than 1 MB" in ended.why


async def test_a_command_that_goes_on_for_ever_is_stopped() -> None:
    ended = await run(python("import time; time.sleep(600)"), iter([]), longest=0.2)
    assert "stopped" in ended.why and ended.status < 0


async def test_who_cancels_ends_the_command_and_what_it_started(caplog: pytest.LogCaptureFixture) -> None:
    groups: list[int] = []
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"
    running = asyncio.ensure_future(run(python(code), endless(), started=groups.append))
    while not groups:
        await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    with pytest.raises(ProcessLookupError):
        while True:
            import os

            os.killpg(groups[0], 0)
            await asyncio.sleep(0)
    del running
    gc.collect()
    assert not caplog.records, "it was not waited for"


@pytest.mark.parametrize("name", ["no-such-command-here", "/etc/passwd", "/"])
async def test_what_cannot_be_started_is_told(name: str) -> None:
    with pytest.raises(CommandError, match=r"no command|could not be started"):
        await run([name], iter([b"x"]))
