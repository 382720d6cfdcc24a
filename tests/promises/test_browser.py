"""`dateline serve` opens the reader in a browser, to whoever has the key, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pty_driver import COMMAND, command, environment, seeds, wait_until

from bench.processes import alive, children

pytest.importorskip("textual_serve", reason="needs the extra serve")
aiohttp = pytest.importorskip("aiohttp", reason="needs the extra serve")
from browser import browser  # noqa: E402 - it needs them


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a folder; yields the server and the address that it prints."""
    server = subprocess.Popen(
        [COMMAND, "serve", folder, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment() | {"SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22", "TERM": "dumb"},
    )  # fmt: skip
    try:
        assert server.stdout is not None
        yield server, server.stdout.readline().strip()
    finally:
        for pid in (*children(server.pid), server.pid):
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        server.communicate()


async def test_the_reader_works_in_chromium_and_saves_when_its_tab_is_closed(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    with served(folder) as (server, address):
        async with browser(tmp_path) as page:
            await page.open(address)
            await page.wait_for("Ferry strike")
            await page.press("ctrl+z")
            await page.wait_for("no shell behind this page")
            await page.press("t")
            await page.wait_for("tag:")
            await page.press(*"japan", "Enter")
            await page.wait_for("saved")
            await page.press("a")
            await page.wait_for("save and close")
            await page.press(*"half a thought")
            await page.wait_for("half a thought")
            host = address.partition("/?")[0]
            assert [one for one in page.asked if not one.startswith((host, "data:"))] == []
            assert not [one for one in page.console if "Content Security" in one or "Refused" in one]
            readers = children(server.pid)
            assert readers
        wait_until(lambda: not any(map(alive, readers)), "the reader ended with its tab", 20)
        assert len(command("list", folder, "-q", "tag:japan has:draft").stdout.splitlines()) == 1
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


async def test_nobody_comes_in_without_the_key_or_from_another_page(tmp_path: Path) -> None:
    with served(seeds(tmp_path)) as (server, address):
        host, _, key = address.partition("/?key=")
        assert host.startswith("http://127.0.0.1:") and len(key) >= 32
        async with aiohttp.ClientSession() as stranger:
            for place in ("/", "/?key=wrong", "/ws", "/static/js/textual.js", "/page.js", "/download/1"):
                async with stranger.get(host + place) as answer:
                    assert answer.status == 403
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as owner:
            async with owner.get(address) as answer:
                page = await answer.text()
                assert answer.status == 200 and str(answer.url) == f"{host}/" and key not in page
                assert "googleapis" not in page and "default-src 'none'" in answer.headers["Content-Security-Policy"]
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await owner.ws_connect(f"{host}/ws", origin="http://example.org")
            async with owner.ws_connect(f"{host}/ws?width=80&height=24", origin=host) as socket:
                received = b""
                while b"Ferry strike" not in received:
                    received += (await socket.receive_bytes(timeout=60))
                readers = children(server.pid)
                # However the server ends, no reader is left.
                server.kill()
                wait_until(lambda: not any(map(alive, readers)), "the reader ended with its server", 20)
