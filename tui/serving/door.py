"""Who may come in: whoever has the address with its key, from a page of ours. Pure.

A server on localhost can be reached by every user of the machine, and by every page that the user's browser shows; and
the reader runs commands for whoever steers it.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Mapping

from store.record import Record, field

LOCAL = "127.0.0.1"
"""Where it listens unless asked otherwise. Not the name localhost, which may lead to another user's server on ::1."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src 'self' ws:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""What every answer says: nothing is loaded from elsewhere, no page frames this one, nobody is told its address."""


class Door(Record):
    """The door of one server; all that is secret is new with each.

    A browser sends a cookie to every port of a host, so that another server of this machine could read one. Ours goes
    to one folder alone, whose name nobody can guess: no other server is asked for it. It holds a pass, not the key.
    """

    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    """In the address that is printed."""
    folder: str = field(default_factory=lambda: f"/{secrets.token_urlsafe(18)}")
    """Below which everything is served; of no use without the pass."""
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    """The pass that a browser gets for the key."""

    def cookie(self, port: int) -> str:
        """Return the name under which a browser keeps the pass."""
        return f"dateline-{port}"

    def opens(self, key: str) -> bool:
        """Tell whether this is the key."""
        return hmac.compare_digest(key.encode(), self.key.encode())

    def admits(self, ticket: str) -> bool:
        """Tell whether this is the pass."""
        return hmac.compare_digest(ticket.encode(), self.ticket.encode())

    @staticmethod
    def is_ours(origin: str, host: str) -> bool:
        """Tell whether a page may ask: it is one of this server, or the browser named none."""
        return not origin or origin in (f"http://{host}", f"https://{host}")


def is_local(host: str) -> bool:
    """Tell whether an address is this machine's alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def address(host: str, port: int, key: str) -> str:
    """Return the address to open in a browser."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/?key={key}"
