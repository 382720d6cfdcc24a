"""`dateline serve` opens the reader in a browser, to whoever has the key, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pty_driver import COMMAND, command, environment, seeds, wait_until

from bench.processes import alive, children
from tests.web_server import serving

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
            with serving() as elsewhere:
                # The tab is led to another server of this machine: it is told nothing.
                elsewhere.page("/", "hello")
                await page.call("Page.navigate", url=elsewhere.url("/"))
                wait_until(lambda: elsewhere.asked("/"), "the browser asked another port", 20)
                assert not [head for _, head in elsewhere.requests if "Cookie" in head or "Referer" in head]
        wait_until(lambda: not any(map(alive, readers)), "the reader ended with its tab", 20)
        assert len(command("list", folder, "-q", "tag:japan has:draft").stdout.splitlines()) == 1
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


async def test_a_page_that_is_closed_is_forgotten_and_two_starts_share_nothing() -> None:
    """In this process: what a server keeps of its pages is seen."""
    from aiohttp.test_utils import TestClient, TestServer

    from tui.serving.door import Door
    from tui.serving.server import _app

    pages = []
    for door in (Door(), Door()):
        sockets: set[object] = set()
        jar = aiohttp.CookieJar(unsafe=True)
        async with TestClient(TestServer(await _app("cat", door, sockets)), cookie_jar=jar) as client:
            answer = await client.get(f"/?key={door.key}")
            pages.append((str(client.make_url("")), await answer.text()))
            socket = await client.ws_connect(f"{door.folder}/ws")
            assert len(sockets) == 1
            await socket.close()
            async with asyncio.timeout(20):
                while sockets:
                    await asyncio.sleep(0.01)
    for address, page in pages:
        assert f"ws://{address.partition('//')[2].strip('/')}/" in page


async def test_nobody_comes_in_without_the_key_or_from_another_page(tmp_path: Path) -> None:
    with served(seeds(tmp_path)) as (server, address):
        host, _, key = address.partition("/?key=")
        assert host.startswith("http://127.0.0.1:") and len(key) >= 32
        async with aiohttp.ClientSession() as stranger:
            for place in ("/", "/?key=wrong", "/ws", "/favicon.ico", "/static/js/textual.js", "/page.js"):
                async with stranger.get(host + place) as answer:
                    assert answer.status == 403
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as owner:
            async with owner.get(address) as answer:
                page = await answer.text()
                inside = str(answer.url).rstrip("/")
                assert answer.status == 200 and inside.startswith(f"{host}/") and len(inside) > len(host) + 20
                assert key not in page and key not in inside
                assert "googleapis" not in page and "default-src 'none'" in answer.headers["Content-Security-Policy"]
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await owner.ws_connect(f"{inside}/ws", origin="http://example.org")
            async with aiohttp.ClientSession() as stranger, stranger.get(f"{inside}/") as answer:
                assert answer.status == 403, "the folder alone lets nobody in"
            with serving() as elsewhere:
                # Another server of this machine, on another port, which a browser may be led to.
                elsewhere.page("/", "hello")
                async with owner.get(elsewhere.url("/")) as answer:
                    assert answer.status == 200
                assert not [head for _, head in elsewhere.requests if "Cookie" in head]
            async with owner.ws_connect(f"{inside}/ws?width=80&height=24", origin=host) as socket:
                received = b""
                while b"Ferry strike" not in received:
                    received += (await socket.receive_bytes(timeout=60))
                readers = children(server.pid)
                # However the server ends, no reader is left.
                server.kill()
                wait_until(lambda: not any(map(alive, readers)), "the reader ended with its server", 20)
