"""One request over one connection: within a time, and only to where it may lead."""

from __future__ import annotations

import contextlib
import functools
import os
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from store.errors import FetchError
from store.fetching.address import host, is_private


@dataclass
class Line:
    """What one request may do, and the connections that it has."""

    may_be_private: bool
    """Whether it may lead to this machine or the user's own network."""
    was_private: bool = False
    proxied: bool = False
    """Whether a proxy of the user's takes it where it leads."""
    expired: bool = False
    """Whether its time is over: its connections were cut."""
    _sockets: list[socket.socket] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def admit(self, connected: socket.socket) -> None:
        """Look where a connection leads, before anything is said on it.

        Raises:
            FetchError: it leads into the user's own network, by the word of a stranger.
        """
        address = str(connected.getpeername()[0])
        if not self.proxied and is_private(address):
            self.was_private = True
            if not self.may_be_private:
                connected.close()
                raise FetchError(f"leads to {address}, which is in a private network; name it yourself to have it")
        # What wraps it in TLS takes the socket over: a second handle is needed to cut the connection.
        with self._lock:
            self._sockets.append(socket.socket(fileno=os.dup(connected.fileno())))
        if self.expired:
            self.cut()

    def cut(self) -> None:
        """End the request from another thread: whatever waits for bytes gets an error."""
        with self._lock:
            self.expired = True
            for one in self._sockets:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the handles."""
        with self._lock:
            for one in self._sockets:
                one.close()
            self._sockets.clear()


@contextlib.contextmanager
def line(seconds: float, *, may_be_private: bool) -> Iterator[Line]:
    """Give a request so many seconds from beginning to end, headers and a slow drip of bytes included."""
    made = Line(may_be_private)
    timer = threading.Timer(seconds, made.cut)
    timer.daemon = True
    timer.start()
    try:
        yield made
    finally:
        timer.cancel()
        made.close()


def manager(url: str, line: Line, headers: Mapping[str, str]) -> urllib3.PoolManager:
    """Return what sends one request, through the user's proxy where one is set for the address."""
    proxy = _proxy(url)
    if proxy:
        # It looks the name up itself, and knows where it may lead.
        line.proxied = True
        made: urllib3.PoolManager = urllib3.ProxyManager(proxy, headers=dict(headers), ssl_context=_trusted())
    else:
        made = urllib3.PoolManager(headers=dict(headers), ssl_context=_trusted())
    made.pool_classes_by_scheme = _pools(line)
    return made


def _pools(line: Line) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            made = super()._new_conn()
            line.admit(made)
            return made

    class Encrypted(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            made = super()._new_conn()
            line.admit(made)
            return made

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    return {"http": PlainPool, "https": EncryptedPool}


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Trust the authorities that the machine trusts, its owner's own among them."""
    return ssl.create_default_context()


def _proxy(url: str) -> str:
    scheme = url.partition(":")[0]
    found = getproxies()
    proxy = found.get(scheme) or found.get("all", "")
    if not proxy.startswith(("http://", "https://")) or proxy_bypass(host(url)):
        return ""
    return proxy
