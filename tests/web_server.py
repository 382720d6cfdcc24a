"""A web server on this machine that serves what a test says, well or badly, and writes down what it was asked."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """Pages by path, and the requests that came: each as (path, headers)."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()

    def url(self, path: str) -> str:
        """Return the address of a page."""
        return self.address + path

    def asked(self, path: str) -> int:
        """Count the requests for a page."""
        return sum(one == path for one, _ in self.requests)

    def page(
        self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> None:
        """Serve a page; with an ETag or a Last-Modified a 304 to whoever has it."""
        data = body.encode() if isinstance(body, str) else body
        more = {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(request: BaseHTTPRequestHandler) -> None:
            known = request.headers.get("If-None-Match") or request.headers.get("If-Modified-Since")
            if known and known in (more.get("ETag"), more.get("Last-Modified")):
                request.send_response(304)
                request.end_headers()
                return
            request.send_response(status)
            if kind:
                request.send_header("Content-Type", kind)
            request.send_header("Content-Length", str(len(data)))
            for name, value in more.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(data)

        self.pages[path] = answer

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Send whoever asks for a page elsewhere."""
        self.page(path, b"", status=status, Location=to)

    def packed(self, path: str, size: int) -> None:
        """Serve a small file that unpacks to a very large one."""
        self.page(path, gzip.compress(b"<p>" + b"a" * size), Content_Encoding="gzip")

    def stream(self, path: str, pieces: Callable[[], Iterator[bytes]], head: bool = True) -> None:
        """Serve pieces without saying how many, until nobody listens or the server stops."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            if head:
                request.send_response(200)
                request.send_header("Content-Type", "text/html")
                request.end_headers()
            try:
                for piece in pieces():
                    if self.stopping.is_set():
                        return
                    request.wfile.write(piece)
                    request.wfile.flush()
            except OSError:
                return

        self.pages[path] = answer

    def drip(self, path: str, *, head: bool = True) -> None:
        """Serve a byte every few milliseconds, for ever."""

        def pieces() -> Iterator[bytes]:
            while not self.stopping.wait(0.02):
                yield b"a"

        self.stream(path, pieces, head)


@contextmanager
def serving() -> Iterator[Site]:
    """Run a server on 127.0.0.1 for as long as the test takes."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            answer = site.pages.get(self.path)
            if answer is None:
                self.send_error(404)
            else:
                answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
