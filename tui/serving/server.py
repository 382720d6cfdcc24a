"""The web server: textual-serve runs a reader for each tab, our door stands before all it answers.

It leans on two private names of textual-serve, which is pinned exactly.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import sys
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server

from tui.serving.door import HEADERS, Door

_SOCKET = "socket"
"""Under which a request keeps the socket that it became."""
_ENDING = 5.0
"""Seconds that readers are given to save and end."""
_CLOSED = "Dateline's door is closed: open the address that `dateline serve` has printed, with its key.\n"
_TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "DATELINE_WIRE": "whole"}
"""What the terminal in a page can do; it takes frames as Textual writes them."""
_ELSEWHERE = ("SSH_CONNECTION", "SSH_TTY", "TMUX", "STY")
"""What is true of the terminal that the server was started in, and of no page."""


def reader_command(words: Sequence[str]) -> str:
    """Return the shell command of a reader; the words are quoted."""
    return shlex.join([sys.executable, "-P", "-m", "tui", *words])


def prepare(environ: MutableMapping[str, str], source: Path) -> None:
    """Make an environment that of a page's terminal; `source` is where our packages lie if they are not installed."""
    environ.update(_TERMINAL)
    for name in _ELSEWHERE:
        environ.pop(name, None)
    if "site-packages" not in str(source) and "dist-packages" not in str(source):
        paths = [one for one in environ.get("PYTHONPATH", "").split(os.pathsep) if one.startswith("/")]
        environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([str(source), *paths]))


def run(command: str, host: str, port: int, door: Door, opened: Callable[[int], None]) -> None:
    """Serve until a signal says to end; `opened` is told the port, which the system chooses where it is 0.

    Raises:
        OSError: the address cannot be listened on.
    """
    asyncio.run(_serve(command, host, port, door, opened))


async def _serve(command: str, host: str, port: int, door: Door, opened: Callable[[int], None]) -> None:
    sockets: set[Any] = set()
    runner = web.AppRunner(await _app(command, door, sockets), access_log=None, shutdown_timeout=_ENDING)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        opened(runner.addresses[0][1])
        await ended.wait()
        # A socket that closes has its reader save and end, and the runner waits for that.
        await asyncio.gather(*(one.close() for one in list(sockets)), return_exceptions=True)
    finally:
        await runner.cleanup()


async def _app(command: str, door: Door, sockets: set[Any]) -> web.Application:
    """Make what answers; `sockets` are those of the pages that are open."""
    templates = Path(__file__).with_name("templates")
    server: Any = Server(command, title="Dateline", templates_path=str(templates))

    async def page(request: web.Request) -> web.Response:
        # As the browser knows the server, which a tunnel may give another port; nothing of it is kept.
        route = request.app.router
        return aiohttp_jinja2.render_template("app_index.html", request, {
            "application": {"name": "Dateline"},
            "app_websocket_url": f"ws://{request.host}{route['websocket'].url_for()}",
            "config": {"static": {"url": f"{door.folder}/static/"}},
            "font_size": 16,
        })  # fmt: skip

    async def quiet(app: web.Application) -> None:
        """Say nothing of its own at the start."""

    async def script(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(templates / "page.js")

    server.handle_index, server.on_startup = page, quiet
    inside: web.Application = await server._make_app()
    inside.router.add_get("/page.js", script)

    async def prepared(request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(HEADERS)
        if isinstance(response, web.WebSocketResponse):
            request[_SOCKET] = response
            sockets.add(response)

    app = web.Application(middlewares=[_watch(door, sockets)])
    app.add_subapp(door.folder, inside)
    app.on_response_prepare.append(prepared)
    return app


def _watch(door: Door, sockets: set[Any]) -> Any:
    """Return what looks at each request before anything else does."""

    async def watch(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Any:
        port = request.url.port or 80
        given = request.query.get("key", "")
        if given and door.opens(given):
            # The key leaves the address, so that no history and no screen shows it.
            entered = web.Response(status=303, headers={"Location": f"{door.folder}/"})
            entered.set_cookie(door.cookie(port), door.ticket, path=f"{door.folder}/", httponly=True, samesite="Strict")
            return entered
        ours = door.is_ours(request.headers.get("Origin", ""), request.host)
        if not ours or not door.admits(request.cookies.get(door.cookie(port), "")):
            return web.Response(status=403, text=_CLOSED)
        try:
            return await handler(request)
        finally:
            sockets.discard(request.get(_SOCKET))

    return web.middleware(watch)
