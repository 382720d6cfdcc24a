"""Drives a headless Chromium by its DevTools protocol, and knows what a page's terminal was sent."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bench.emulator import Emulator

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class Page:
    """The one page of a browser."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self.screen = Emulator(80, 24)
        self.received = bytearray()
        self.console: list[str] = []
        """What the page complained of."""
        self.asked: list[str] = []
        """Every address that it loaded."""
        self._reading = asyncio.create_task(self._read())

    async def call(self, method: str, **parameters: Any) -> Any:
        """Send a command and return its answer."""
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        return await asyncio.wait_for(answer, 60)

    async def open(self, address: str) -> None:
        """Go to an address."""
        for domain in ("Page", "Network", "Log", "Runtime"):
            await self.call(f"{domain}.enable")
        await self.call("Page.navigate", url=address)

    async def press(self, *keys: str) -> None:
        """Press keys: letters, `Enter` and the like, or a letter behind `ctrl+`."""
        for name in keys:
            held, _, key = name.rpartition("+")
            text = {"Enter": "\r", "Escape": "\x1b"}.get(key, key)
            code = {"Enter": 13, "Escape": 27}.get(key, ord(key[0].upper()))
            about = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 2 if held else 0}
            writes = "" if held or key == "Escape" else text
            await self.call("Input.dispatchKeyEvent", type="keyDown", text=writes, **about)
            await self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    async def evaluate(self, expression: str) -> Any:
        """Return what an expression of the page comes to."""
        return (await self.call("Runtime.evaluate", expression=expression, returnByValue=True))["result"].get("value")

    async def picture(self, file: Path) -> None:
        """Write what the page looks like."""
        file.write_bytes(base64.b64decode((await self.call("Page.captureScreenshot"))["data"]))

    def text(self) -> str:
        """Return what the terminal in the page shows."""
        return "\n".join(self.screen.display)

    async def wait_for(self, words: str, seconds: float = 60.0) -> None:
        """Wait until the terminal shows some words."""
        try:
            async with asyncio.timeout(seconds):
                while words not in self.text():
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{words!r} was not shown:\n{self.text()}\n{self.console}") from None

    async def _read(self) -> None:
        async for message in self._socket:
            body = json.loads(message.data)
            if "id" in body:
                self._answers.pop(body["id"]).set_result(body.get("result", body))
                continue
            about = body["params"]
            if body["method"] == "Network.webSocketFrameReceived" and about["response"]["opcode"] == 2:
                data = base64.b64decode(about["response"]["payloadData"])
                self.received += data
                self.screen.feed(data)
            elif body["method"] == "Network.webSocketCreated":
                size = parse_qs(urlsplit(about["url"]).query)
                self.screen = Emulator(int(size["width"][0]), int(size["height"][0]))
            elif body["method"] == "Network.requestWillBeSent":
                self.asked.append(about["request"]["url"])
            elif body["method"] == "Log.entryAdded":
                self.console.append(about["entry"]["text"])
            elif body["method"] == "Runtime.exceptionThrown":
                self.console.append(about["exceptionDetails"]["text"])


@asynccontextmanager
async def browser(folder: Path, width: int = 1000, height: int = 640) -> AsyncIterator[Page]:
    """Run a browser with a page; skips the test where there is none."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("needs Chromium")
    process = subprocess.Popen(
        [program, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
         f"--user-data-dir={folder / 'browser'}", f"--window-size={width},{height}", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        port = await _port(folder / "browser" / "DevToolsActivePort")
        async with aiohttp.ClientSession() as client:
            async with client.get(f"http://127.0.0.1:{port}/json") as answer:
                pages = [one for one in await answer.json() if one["type"] == "page"]
            async with client.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                yield Page(socket)
    finally:
        # What is installed as Chromium may be a script that starts it.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


async def _port(file: Path) -> int:
    async with asyncio.timeout(60):
        while not file.exists() or not file.read_text().strip():
            await asyncio.sleep(0.05)
    return int(file.read_text().split()[0])
